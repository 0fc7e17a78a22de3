// A run: what the page knows of one world, week by week. Parts of a stream are appended.
import { app } from "./store.js";

const SERIES = ["states", "places", "tallies"];
const LISTS = ["states", "places", "story"];
const SEEN = ["states", "places"];

export class Run {
  constructor() {
    this.weeks = 0;
    this.households = new Map();
    this.version = 0;
    this.edges = new Map();
  }

  append(part) {
    for (const name of SERIES) {
      if (!this[name]) this[name] = part[name].map(() => []);
      part[name].forEach((row, at) => { for (const each of row) this[name][at].push(each); });
    }
    for (const [key, told] of Object.entries(part.households || {})) this.add(key, told);
    if (part.reasons) this.addReasons(part.reasons);
    if (part.flows) this.addFlows(part.flows);
    if (part.neighbourhood) this.neighbourhood = joined(this.neighbourhood, part.neighbourhood);
    this.weeks = part.start + part.weeks;
    this.version += 1;
    this.edges.clear();
  }

  add(key, told) {
    let own = this.households.get(key);
    if (!own) this.households.set(key, (own = { ...told, states: [], places: [], story: [] }));
    for (const name of LISTS) own[name] = own[name].concat(told[name] || []);
  }

  addReasons(part) {
    if (!this.reasons) this.reasons = { ...part, values: part.groups.map(() => []) };
    part.values.forEach((rows, at) => this.reasons.values[at].push(...rows));
  }

  addFlows(part) {
    if (!this.flows) this.flows = { every: part.every, routes: part.routes, places: part.places, samples: 0, cells: new Map() };
    const flows = this.flows;
    const before = flows.samples;
    for (const [route, place, state, counts] of part.cells) {
      const cell = `${route},${place},${state}`;
      const row = flows.cells.get(cell) || [];
      while (row.length < before) row.push(0);
      row.push(...counts);
      flows.cells.set(cell, row);
      flows.samples = Math.max(flows.samples, row.length);
    }
  }

  // The world as it was up to a week: what comes after is appended.
  static forked(base, start) {
    const run = new Run();
    run.start = start;
    run.weeks = start;
    for (const name of SERIES) run[name] = base[name].map((row) => row.slice(0, start));
    for (const [key, own] of base.households) {
      const cut = { ...own };
      for (const name of LISTS) cut[name] = own[name].filter(([week]) => week < start);
      if (own.entered < start) run.households.set(key, cut);
    }
    const sampled = (every) => Math.floor(start / every);
    const { reasons, flows } = base;
    run.reasons = { ...reasons, values: reasons.values.map((rows) => rows.slice(0, sampled(reasons.every))) };
    run.flows = { ...flows, samples: sampled(flows.every), cells: new Map([...flows.cells].map(([cell, row]) => [cell, row.slice(0, sampled(flows.every))])) };
    run.neighbourhood = cutTies(base.neighbourhood, start);
    return run;
  }

  // A stored world: households that it does not name live as in the baseline.
  static stored(base, part) {
    const run = Run.forked(base, part.start);
    const named = part.households || {};
    run.append(part);
    for (const [key, own] of base.households) if (!(key in named)) run.households.set(key, own);
    return run;
  }

  stateAt(key, week) { return valueAt(this.households.get(key), "states", week); }
  placeAt(key, week) { return valueAt(this.households.get(key), "places", week); }
}

function valueAt(own, name, week) {
  if (!own || own.entered > week) return -1;
  let found = -1;
  for (const [from, value] of own[name]) {
    if (from > week) break;
    found = value;
  }
  return found;
}

function joined(before, part) {
  if (!before) return part;
  return { ...before, ...part, ties: [...before.ties, ...(part.ties || [])], news: [...before.news, ...(part.news || [])] };
}

function cutTies(near, start) {
  if (!near) return near;
  return {
    ...near,
    ties: near.ties.filter(([, , , from]) => from < start).map(([i, j, kind, from, to]) => [i, j, kind, from, to >= start || to < 0 ? start : to]),
    news: near.news.filter(([week]) => week < start),
  };
}

// The first week in which two lives of a household differ; Infinity if they never do.
// `told` asks for the whole story; without it, for what others see: place, and what became of it.
export function parting(base, world, key, told = false) {
  if (!world) return Infinity;
  const known = `${key} ${told}`;
  if (world.edges.has(known)) return world.edges.get(known);
  const one = base.households.get(key), other = world.households.get(key);
  let first = Infinity;
  if (one !== other) {
    for (const name of told ? LISTS : SEEN) first = Math.min(first, firstDifference(one?.[name] || [], other?.[name] || [], world.weeks));
  }
  world.edges.set(known, first);
  return first;
}

function firstDifference(one, other, weeks) {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    if (JSON.stringify(one[at]) === JSON.stringify(other[at])) continue;
    const week = Math.min(one[at] ? one[at][0] : Infinity, other[at] ? other[at][0] : Infinity);
    return week < weeks ? week : Infinity;
  }
  return Infinity;
}

export function keys() {
  if (!app.base) return [];
  if (app.base.order?.version === app.base.version) return app.base.order.keys;
  const found = [...app.base.households].filter(([, own]) => !own.near);
  found.sort(([a, one], [b, other]) => one.entered - other.entered || Number(a) - Number(b));
  app.base.order = { version: app.base.version, keys: found.map(([key]) => key) };
  return app.base.order.keys;
}
