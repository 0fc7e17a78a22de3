// Stacked areas over weeks: one drawing for states and places, on the page and in files.
import { app, shape, number, monday, last, dated, t } from "./store.js";

export const MARGIN = { left: 50, right: 8, top: 6, bottom: 17 };

export function niceTop(value) {
  const unit = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((each) => each * unit).find((each) => each >= value);
}

export function total(run, name) {
  const sums = [];
  for (let week = 0; week < run.weeks; week += 1) sums.push(run[name].reduce((sum, row) => sum + row[week], 0));
  return sums;
}

export function areasOf(run, name, colours, width, height, top) {
  const across = (week) => MARGIN.left + (week / last()) * (width - MARGIN.left - MARGIN.right);
  const up = (count) => height - MARGIN.bottom - (count * app.about.scale / top) * (height - MARGIN.top - MARGIN.bottom);
  const group = shape("g", { "stroke-width": 0.5, stroke: "#222", "stroke-linejoin": "round" });
  let below = new Array(run.weeks).fill(0);
  run[name].forEach((row, at) => {
    const above = below.map((sum, week) => sum + row[week]);
    if (run.weeks > 1) {
      const there = above.map((sum, week) => `${across(week).toFixed(1)},${up(sum).toFixed(1)}`);
      const back = below.map((sum, week) => `${across(week).toFixed(1)},${up(sum).toFixed(1)}`).reverse();
      group.append(shape("path", { d: `M${there.join("L")}L${back.join("L")}Z`, fill: colours[at], "data-series": at }));
    }
    below = above;
  });
  return group;
}

export function axes(width, height, top) {
  const group = shape("g", { "font-size": 11, "font-family": "system-ui, Arial, sans-serif" });
  const floor = height - MARGIN.bottom;
  for (const part of [0, 0.5, 1]) {
    const y = floor - part * (floor - MARGIN.top);
    group.append(shape("line", { x1: MARGIN.left, x2: width - MARGIN.right, y1: y, y2: y, stroke: "#c4c8cc", "stroke-width": 0.6 }));
    group.append(shape("text", { x: MARGIN.left - 4, y: y + 4, "text-anchor": "end" }, number(part * top)));
  }
  const years = last() > 60 ? [...new Set(Array.from({ length: last() + 1 }, (_, week) => monday(week).getUTCFullYear()))] : [];
  for (const year of years) {
    const week = (Date.UTC(year, 0, 1) - monday(0)) / 6048e5;
    if (week < -1) continue;
    const x = MARGIN.left + (Math.max(week, 0) / last()) * (width - MARGIN.left - MARGIN.right);
    group.append(shape("line", { x1: x, x2: x, y1: floor, y2: floor + 4, stroke: "#555" }));
    group.append(shape("text", { x: x + 2, y: height - 3 }, width > 420 || year % 2 ? String(year) : ""));
  }
  return group;
}

// A chart in a box: drawn anew for a run, only its cursor for a week.
export class Stack {
  constructor(box, name, colours, describe) {
    Object.assign(this, { box, name, colours, describe });
    this.svg = shape("svg", { role: "img" });
    box.append(this.svg);
    const scrub = (event) => {
      if (event.buttons !== 1 && event.type !== "pointerdown") return;
      const at = event.clientX - this.svg.getBoundingClientRect().left - MARGIN.left;
      this.onscrub?.(Math.round((at / (this.width - MARGIN.left - MARGIN.right)) * last()));
    };
    this.svg.addEventListener("pointerdown", scrub);
    this.svg.addEventListener("pointermove", scrub);
  }

  draw(run, top) {
    this.width = this.box.clientWidth || 320;
    this.height = this.box.clientHeight || 150;
    this.run = run;
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.svg.replaceChildren(axes(this.width, this.height, top));
    if (run?.states) this.svg.append(areasOf(run, this.name, this.colours, this.width, this.height, top));
    this.veil = shape("rect", { y: MARGIN.top, height: this.height - MARGIN.top - MARGIN.bottom, fill: "#fff", "fill-opacity": 0.62 });
    this.cursor = shape("line", { y1: MARGIN.top - 4, y2: this.height - MARGIN.bottom, stroke: "#222", "stroke-width": 1.5 });
    this.svg.append(this.veil, this.cursor);
    if (!run) this.svg.append(shape("text", { x: this.width - MARGIN.right - 4, y: 16, "text-anchor": "end" }, t(app.problems.length ? "not_computed" : "computing")));
    else if (run.weeks <= last()) this.svg.append(shape("text", { x: this.width - MARGIN.right - 4, y: 16, "text-anchor": "end" }, t("computed_to", { date: dated(run.weeks - 1, false) })));
    this.move();
  }

  move() {
    if (!this.veil) return;
    const x = MARGIN.left + (app.week / last()) * (this.width - MARGIN.left - MARGIN.right);
    this.veil.setAttribute("x", x);
    this.veil.setAttribute("width", Math.max(this.width - MARGIN.right - x, 0));
    this.cursor.setAttribute("x1", x);
    this.cursor.setAttribute("x2", x);
    this.svg.setAttribute("aria-label", this.describe(this.run));
  }
}
