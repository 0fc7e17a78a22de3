// The same sampled households in fixed places in both worlds; a ring where the life differs.
import { app, shape, shown, t } from "./store.js";
import { STATES, STATE_COLOURS, GONE } from "./looks.js";
import { keys, parting } from "./runs.js";

export const ELSEWHERE = -2; // in a world into which other people come

export function stateWord(state) { return state === ELSEWHERE ? t("state.elsewhere") : state < 0 ? t("state.not_there") : t(`state.${STATES[state]}`); }

export function stateIn(run, key, week) {
  if (!run) return -1;
  return !run.households.has(key) && app.base.households.get(key)?.entered <= week ? ELSEWHERE : run.stateAt(key, week);
}

export class Dots {
  constructor(box, which) {
    Object.assign(this, { box, which, chosen: 0 });
    this.svg = shape("svg", { role: "listbox", tabindex: 0 });
    box.append(this.svg);
    this.svg.addEventListener("click", (event) => {
      const at = event.target.dataset?.at;
      if (at !== undefined) this.onopen?.(keys()[at]);
    });
    this.svg.addEventListener("keydown", (event) => this.onKey(event));
    this.svg.addEventListener("focus", () => this.mark(this.chosen));
  }

  draw() {
    const width = this.box.clientWidth || 320, height = this.box.clientHeight || 84, all = keys();
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("aria-label", t("dots_label", { world: t(this.which) }));
    this.rows = Math.max(Math.round(Math.sqrt((all.length * height) / width)), 1);
    const across = width / Math.max(Math.ceil(all.length / this.rows), 1), down = height / this.rows;
    const pitch = (this.pitch = Math.min(across, down)), size = pitch * 0.74;
    this.rects = all.map((key, at) => shape("rect", {
      id: `${this.which}-${at}`, role: "option", "aria-selected": "false", "aria-label": t("household_n", { n: at + 1 }), "data-at": at,
      x: Math.floor(at / this.rows) * across + (across - size) / 2, y: (at % this.rows) * down + (down - size) / 2, width: size, height: size,
    }));
    this.known = new Array(all.length).fill(null);
    this.svg.replaceChildren(...this.rects);
    this.move();
  }

  get run() { return this.which === "was" ? app.base : app.world || (app.changes.length ? null : app.base); }

  move() {
    if (!this.rects) return;
    const week = shown(), size = this.pitch * 0.74;
    keys().forEach((key, at) => {
      const state = stateIn(this.run, key, week);
      const absent = state === ELSEWHERE, ringed = !absent && app.world && parting(app.base, app.world, key) <= week;
      const code = state + (ringed ? 100 : 0);
      if (this.known[at] === code) return;
      this.known[at] = code;
      const rect = this.rects[at];
      rect.setAttribute("fill", state < 0 ? "#fff" : STATE_COLOURS[state]);
      rect.setAttribute("rx", state < GONE ? size * 0.12 : size / 2);
      rect.setAttribute("stroke", ringed ? "#000" : absent ? "#767676" : state < 0 ? "#d5d9dd" : "#444");
      rect.setAttribute("stroke-width", ringed ? Math.max(this.pitch * 0.2, 1.4) : 0.5);
      rect.setAttribute("stroke-dasharray", absent ? "1.5 1.5" : "none");
    });
  }

  mark(at) {
    if (!this.rects?.length) return;
    this.rects[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = Math.max(0, Math.min(at, this.rects.length - 1));
    const rect = this.rects[this.chosen], key = keys()[this.chosen];
    const ringed = app.world && parting(app.base, app.world, key) <= shown();
    rect.setAttribute("aria-selected", "true");
    rect.setAttribute("aria-label", `${t("household_n", { n: this.chosen + 1 })}: ${stateWord(stateIn(this.run, key, shown()))}${ringed ? `, ${t("life_differs")}` : ""}`);
    this.svg.setAttribute("aria-activedescendant", rect.id);
    this.frame ||= shape("rect", { fill: "none", stroke: "#1f6feb", "stroke-width": 2, "pointer-events": "none", "aria-hidden": "true" });
    for (const name of ["x", "y"]) this.frame.setAttribute(name, Number(rect.getAttribute(name)) - 2);
    for (const name of ["width", "height"]) this.frame.setAttribute(name, Number(rect.getAttribute(name)) + 4);
    this.svg.append(this.frame);
  }

  onKey(event) {
    const step = { ArrowRight: this.rows, ArrowLeft: -this.rows, ArrowDown: 1, ArrowUp: -1, Home: -1e6, End: 1e6 }[event.key];
    if (step) this.mark(this.chosen + step);
    else if (event.key === "Enter" || event.key === " ") this.onopen?.(keys()[this.chosen]);
    else return;
    event.preventDefault();
  }
}
