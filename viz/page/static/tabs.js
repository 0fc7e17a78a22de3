// What stands below both worlds: places, flow, neighbourhood, and why.
import { app, byId, changed, dated, make, number, shape, shown, t } from "./store.js";
import { FORCES, FORCE_COLOURS, GATES, GONE, PLACES, PLACE_COLOURS, ROUTE_COLOURS, STATES, STATE_COLOURS } from "./looks.js";
import { Stack, niceTop, total } from "./stack.js";
import { stateIn, stateWord } from "./dots.js";
import { openDialog, showTable } from "./dialog.js";
import { besideOf } from "./differs.js";

export const TABS = ["places", "flow", "ties", "why"];
let charts = [];

export function renderTabs(what) {
  if (what.has("words") || what.has("choice") || !byId("tabs").children.length) makeTabs();
  if (what.has("words") || what.has("choice")) makePanel();
  else if (what.has("run")) makePanel(byId("panel").querySelector(".bar")); // an open list stays open
  else for (const chart of charts) chart.move();
}

function makeTabs() {
  const bar = byId("tabs");
  bar.setAttribute("aria-label", t("tabs"));
  bar.replaceChildren(...TABS.map((name) => make("button", {
    type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(app.tab === name), "aria-controls": "panel", tabindex: app.tab === name ? 0 : -1,
    onclick: () => openTab(name),
    onkeydown: (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      openTab(TABS[(TABS.indexOf(name) + step + TABS.length) % TABS.length]);
      requestAnimationFrame(() => requestAnimationFrame(() => byId(`tab-${app.tab}`).focus()));
    },
  }, t(`tab.${name}`))));
  byId("panel").setAttribute("aria-labelledby", `tab-${app.tab}`);
}

function openTab(name) {
  app.tab = name;
  changed("choice");
}

// Both worlds; the changed one is null until its first weeks are there.
export function worlds() { return [["was", app.base], ["becomes", app.world || (app.changes.length ? null : app.base)]]; }

function makePanel(bar = null) {
  const panel = byId("panel");
  charts = [];
  if (!app.base?.states) return panel.replaceChildren();
  const focused = panel.contains(document.activeElement) && document.activeElement.id;
  const [note, extra, builder] = { places: placesTab, flow: flowTab, ties: tiesTab, why: whyTab }[app.tab]();
  const boxes = worlds().map((_, at) => make("div", { class: at ? "second-world" : "first-world" }));
  const table = make("button", { type: "button", class: "plain", onclick: () => showTable(t(`tab.${app.tab}`), ...tableOf(app.tab)) }, t("table"));
  const pair = make("div", { class: "pair" }, ...boxes);
  if (bar) panel.querySelector(".pair").replaceWith(pair);
  else panel.replaceChildren(make("div", { class: "bar" }, ...(extra || []), make("span", {}, note), table), pair);
  charts = worlds().map(([name, run], at) => {
    if (run?.states) return builder(boxes[at], name, run);
    boxes[at].append(make("p", { class: "sure" }, t(app.problems.length ? "not_computed" : "computing")));
    return { move() {} };
  });
  if (focused && !bar) byId(focused)?.focus();
}

function placesTab() {
  const top = niceTop(Math.max(...worlds().flatMap(([, run]) => (run?.states ? total(run, "places") : []))) * app.about.scale);
  const legend = make("span", { class: "legend" }, ...PLACES.map((name, at) => key(t(`short_place.${name}`), PLACE_COLOURS[at])));
  return [legend, null, (box, name, run) => {
    const chart = new Stack(box, "places", PLACE_COLOURS, () => t("places_label", { world: t(name), date: dated(app.week) }));
    chart.onscrub = scrub;
    chart.draw(run, top);
    return chart;
  }];
}

let onscrub = () => {};
export function whenScrubbed(act) { onscrub = act; }
function scrub(week) { onscrub(week); }

export function key(word, colour, round = 0) {
  return make("span", {}, shape("svg", { viewBox: "0 0 12 12", "aria-hidden": "true" }, shape("rect", { x: 0.5, y: 0.5, width: 11, height: 11, rx: round, fill: colour, stroke: "#444" })), word);
}

// A chart that is drawn anew each time the cursor moves.
class Sketch {
  constructor(box, label, fill) {
    Object.assign(this, { box, label, fill });
    this.svg = shape("svg", { role: "img" });
    box.append(this.svg);
    this.move();
  }

  move() {
    const width = this.box.clientWidth || 320, height = this.box.clientHeight || 160;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("aria-label", this.label());
    this.svg.replaceChildren();
    this.fill(this.svg, width, height);
  }
}

function text(x, y, words, more = {}) { return shape("text", { x, y, ...more }, words); }

// --- flow ---

// The week of the sample that stands for the shown week: the last one made by then; the first is of week 0.
function sampled(every) { return shown() - (shown() % every); }
function flowWeek() { return sampled(app.base.flows.every); }
function whyWeek() { return sampled(app.base.reasons.every); }

function flowAt(run) {
  const at = flowWeek() / run.flows.every;
  const found = [];
  for (const [cell, counts] of run.flows.cells) {
    const [route, place, state] = cell.split(",").map(Number);
    if (counts[at]) found.push([route, place, state, counts[at] * app.about.scale]);
  }
  return found;
}

function flowTab() {
  return [t("flow_note"), null, (box, name, run) => new Sketch(box, () => t("flow_label", { world: t(name), date: dated(flowWeek()) }), (svg, width, height) => drawFlow(svg, run, width, height))];
}

function drawFlow(svg, run, width, height) {
  const cells = flowAt(run);
  const all = cells.reduce((sum, cell) => sum + cell[3], 0);
  if (!all) return svg.append(text(8, 20, t("flow_none")));
  const columns = [
    [0, run.flows.routes.map((name) => [t(`route.${name}`), ROUTE_COLOURS[name]])],
    [1, run.flows.places.map((name) => [t(`short_place.${name}`), PLACE_COLOURS[PLACES.indexOf(name)]])],
    [2, STATES.map((name, state) => [stateWord(state), STATE_COLOURS[state]])],
  ];
  const gap = 3, room = height - 14, thick = 9, spots = [2, width * 0.45, width - 58];
  const nodes = columns.map(([index, looks], column) => {
    const sums = looks.map((_, code) => cells.reduce((sum, cell) => sum + (cell[index] === code ? cell[3] : 0), 0));
    const used = sums.filter((sum) => sum > 0).length;
    const unit = (room - gap * (used - 1)) / all;
    let y = 12;
    return looks.map(([word, colour], code) => {
      const node = { word, colour, y, size: sums[code] * unit, unit, x: spots[column], taken: 0, given: 0, sum: sums[code] };
      if (sums[code]) y += node.size + gap;
      return node;
    });
  });
  for (const [left, right] of [[0, 1], [1, 2]]) {
    const pairs = new Map();
    for (const cell of cells) pairs.set(`${cell[left]},${cell[right]}`, (pairs.get(`${cell[left]},${cell[right]}`) || 0) + cell[3]);
    for (const [pair, sum] of [...pairs].sort(([a], [b]) => Number(a.split(",")[0]) - Number(b.split(",")[0]) || Number(a.split(",")[1]) - Number(b.split(",")[1]))) {
      const [from, to] = pair.split(",").map(Number), a = nodes[left][from], b = nodes[right][to];
      const y1 = a.y + a.given, y2 = b.y + b.taken, high1 = sum * a.unit, high2 = sum * b.unit, x1 = a.x + thick, x2 = b.x, mid = (x1 + x2) / 2;
      a.given += high1;
      b.taken += high2;
      svg.append(shape("path", { d: `M${x1},${y1}C${mid},${y1} ${mid},${y2} ${x2},${y2}V${y2 + high2}C${mid},${y2 + high2} ${mid},${y1 + high1} ${x1},${y1 + high1}Z`, fill: a.colour, "fill-opacity": 0.35 }));
    }
  }
  nodes.forEach((column, at) => {
    let free = 0;
    for (const node of column) {
      if (!node.sum) continue;
      svg.append(shape("rect", { x: node.x, y: node.y, width: thick, height: Math.max(node.size, 0.5), fill: node.colour, stroke: "#444", "stroke-width": 0.4 }));
      const y = Math.max(node.y + node.size / 2 + 3, free);
      if (node.size > 5 && y < height) {
        svg.append(text(node.x + thick + 3, y, at === 2 ? number(node.sum) : node.word, { class: "tiny", stroke: "#fff", "stroke-width": 3, "paint-order": "stroke" }));
        free = y + 10;
      }
    }
  });
  ["came", "lived_last"].forEach((name, at) => svg.append(text(spots[at], 9, t(`flow.${name}`), { class: "tiny", "font-weight": 600 })));
  svg.append(text(width - 1, 9, dated(flowWeek()), { class: "tiny", "font-weight": 600, "text-anchor": "end" }));
}

// --- neighbourhood ---

function tiesTab() {
  return [t("ties_note"), null, (box, name, run) => new Sketch(box, () => t("ties_label", { world: t(name), date: dated(app.week) }), (svg, width, height) => drawTies(svg, run, width, height))];
}

const RECENT = 8; // weeks in which news stays marked

function drawTies(svg, run, width, height) {
  const near = app.base.neighbourhood, own = run.neighbourhood;
  if (!near?.positions?.length || !own) return svg.append(text(8, 20, t("ties_none")));
  const x = (at) => 8 + (near.positions[at][0] / 1000) * (width - 16), y = (at) => 8 + (near.positions[at][1] / 1000) * (height - 16);
  const news = new Map();
  const now = shown();
  for (const [week, about] of own.news) if (week <= now && week > now - RECENT) news.set(about, week);
  for (const [i, j, , from, to] of own.ties) {
    if (from > now || (to >= 0 && to < now)) continue;
    const carries = news.has(i) || news.has(j);
    svg.append(shape("line", { x1: x(i), y1: y(i), x2: x(j), y2: y(j), stroke: carries ? "#000" : "#b9bfc5", "stroke-width": carries ? 1.6 : 0.6 }));
  }
  near.households.forEach((number_, at) => {
    const state = run.stateAt(String(number_), now);
    if (state < 0) return;
    if (news.has(at)) svg.append(shape("circle", { cx: x(at), cy: y(at), r: 7.5, fill: "none", stroke: "#000", "stroke-dasharray": "2 2" }));
    const half = state < GONE ? 3 : 4.5;
    svg.append(shape("rect", { x: x(at) - half, y: y(at) - half, width: 2 * half, height: 2 * half, rx: state < GONE ? 0.5 : half, fill: STATE_COLOURS[state], stroke: "#333", "stroke-width": 0.6, "fill-opacity": state < GONE ? 0.6 : 1 }));
  });
}

// --- why ---

function reasonsAt(run, group) {
  const { reasons } = run;
  const rows = reasons.values[reasons.groups.indexOf(group)] || [];
  return rows[whyWeek() / reasons.every];
}

export function whyMeanings() {
  const line = (word, help) => [make("dt", {}, word), make("dd", {}, help)];
  return make("dl", { class: "words" }, ...FORCES.flatMap((each) => line(t(`force.${each}`), t(`force_help.${each}`))), ...GATES.flatMap((each) => line(t(`gate.${each}`), t(`gate_help.${each}`))));
}

function whyTab() {
  const choose = make("select", { id: "group", "aria-label": t("group_word"), onchange: (event) => { app.group = event.target.value; changed("choice"); } },
    ...app.base.reasons.groups.map((name) => make("option", { value: name, selected: name === app.group }, t(`group.${name}`))));
  const means = make("button", { type: "button", id: "means-why", class: "plain", "aria-label": t("meaning", { what: t("tab.why") }), onclick: () => openDialog(t("tab.why"), whyMeanings()) }, "?");
  return [t("why_note"), [choose, means], (box, name, run) => new Sketch(box, () => t("why_label", { world: t(name), group: t(`group.${app.group}`), date: dated(whyWeek()) }), (svg, width, height) => drawWhy(svg, run, width, height))];
}

function drawWhy(svg, run, width, height) {
  const row = reasonsAt(run, app.group);
  if (!row || !row[0] || row[1] === null) return svg.append(text(8, 20, t("why_none")));
  const left = Math.min(178, width * 0.53), line = Math.min((height - 18) / 8.4, 19), small = line < 14 || left < 170 ? { class: "small" } : {}, most = 4, unit = (width - left - 40) / most;
  FORCES.forEach((name, at) => {
    const y = 12 + at * line, value = row[1 + at];
    svg.append(text(0, y + line * 0.62, t(`force.${name}`), small), shape("rect", { x: left, y: y + 2, width: Math.max(Math.min(Math.abs(value), most) * unit, 0.5), height: line - 5, fill: FORCE_COLOURS[at], stroke: "#444", "stroke-width": 0.5 }));
    svg.append(text(left + Math.min(Math.abs(value), most) * unit + 4, y + line * 0.62, (at < 2 ? "+" : "−") + number(Math.abs(value), 2), small));
  });
  svg.append(shape("line", { x1: 0, x2: width, y1: 14 + 4 * line, y2: 14 + 4 * line, stroke: "#c4c8cc" }));
  GATES.forEach((name, at) => {
    const y = 18 + (4 + at) * line, value = row[5 + at];
    svg.append(text(0, y + line * 0.62, t(`gate.${name}`), small), shape("rect", { x: left, y: y + 2, width: most * unit, height: line - 5, fill: "#fff", stroke: "#888", "stroke-width": 0.5 }), shape("rect", { x: left, y: y + 2, width: Math.max(value, 0) * most * unit, height: line - 5, fill: "#8aa4bd" }));
    svg.append(text(left + most * unit + 4, y + line * 0.62, `${number(100 * value)} %`, small));
  });
  svg.append(text(0, 9, t("why_adults", { n: number(row[0] * app.about.scale), date: dated(whyWeek()) }), { class: "tiny" }));
}

// --- tables behind the charts ---

// Freedom and harm, which stand beside every number of returns.
function beside(pair, week) {
  const [was, becomes] = pair.map(([, run]) => (run ? besideOf(run, week) : null));
  return was.map(([word, count], at) => [word, count, becomes ? becomes[at][1] : "–"]);
}

export function tableOf(name) {
  const pair = worlds(), week = shown(), scale = app.about.scale;
  const both = [t("was"), t("becomes")];
  if (name === "places" || name === "states") {
    const words = name === "places" ? PLACES.map((each) => t(`place.${each}`)) : STATES.map((each) => t(`state.${each}`));
    return [[t(`${name}_column`), ...both], words.map((word, at) => [word, ...pair.map(([, run]) => (run ? run[name][at][week] * scale : "–"))]).concat(name === "states" ? beside(pair, week) : [])];
  }
  if (name === "flow") {
    const cells = pair.map(([, run]) => new Map((run ? flowAt(run) : []).map(([route, place, state, count]) => [`${route},${place},${state}`, count])));
    const names = [...new Set(cells.flatMap((each) => [...each.keys()]))].sort();
    return [[t("flow.came"), t("flow.lived_last"), t("states_column"), ...both], names.map((each) => {
      const [route, place, state] = each.split(",").map(Number);
      return [t(`route.${app.base.flows.routes[route]}`), t(`place.${app.base.flows.places[place]}`), stateWord(state), ...cells.map((cell) => cell.get(each) || 0)];
    }).concat(beside(pair, flowWeek()).map(([word, ...counts]) => [word, "", "", ...counts])), flowWeek()];
  }
  if (name === "ties") {
    const near = app.base.neighbourhood;
    return [[t("household"), ...both, t("ties_now")], (near?.households || []).map((key, at) => [
      String(at + 1), ...pair.map(([, run]) => (run ? stateWord(stateIn(run, String(key), week)) : "–")),
      pair.map(([, run]) => (run ? run.neighbourhood.ties : []).filter(([i, j, , from, to]) => (i === at || j === at) && from <= week && (to < 0 || to >= week)).length).join(" / "),
    ])];
  }
  return [[t("group_word"), t("reason"), ...both], app.base.reasons.groups.flatMap((group) => ["adults", ...FORCES, ...GATES].map((each, at) => [
    t(`group.${group}`), at === 0 ? t("adults") : at < 5 ? t(`force.${each}`) : t(`gate.${each}`),
    ...pair.map(([, run]) => { const row = run && reasonsAt(run, group); return !row || row[at] === null ? "–" : at === 0 ? row[0] * scale : row[at]; }),
  ])), whyWeek()];
}
