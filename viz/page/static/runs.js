// A run: what the page knows of one world, week by week. Parts of a stream are appended.
import { app } from "./store.js";

const SERIES = ["states", "places", "tallies"];
const SEEN = ["states", "places"];
const LISTS = [...SEEN, "story"];

export class Run {
  constructor() {
    this.weeks = 0;
    this.households = new Map();
    this.version = 0;
    this.edges = new Map();
  }

  append(packed) {
    const part = unpacked(packed);
    for (const name of SERIES) {
      if (!this[name]) this[name] = part[name].map(() => []);
      part[name].forEach((row, at) => { for (const each of row) this[name][at].push(each); });
    }
    for (const [key, told] of Object.entries(part.households || {})) this.add(key, told);
    if (part.reasons) this.addReasons(part.reasons);
    if (part.flows) this.addFlows(part.flows, part.start + part.weeks);
    // the neighbourhood of a part tells all since the start of its stream
    if (part.neighbourhood) this.neighbourhood = joined(this.before, part.neighbourhood);
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

  // A cell that is empty in all samples of a part is left out of it.
  addFlows(part, weeks) {
    this.flows ||= { every: part.every, routes: part.routes, places: part.places, samples: 0, cells: new Map() };
    const flows = this.flows, before = flows.samples;
    flows.samples = Math.ceil(weeks / flows.every);
    for (const [route, place, state, counts] of part.cells) {
      const cell = `${route},${place},${state}`;
      flows.cells.set(cell, [...padded(flows.cells.get(cell) || [], before), ...counts]);
    }
    for (const [cell, row] of flows.cells) flows.cells.set(cell, padded(row, flows.samples));
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
    const sampled = (every) => Math.ceil(start / every);
    const { reasons, flows } = base;
    run.reasons = { ...reasons, values: reasons.values.map((rows) => rows.slice(0, sampled(reasons.every))) };
    run.flows = { ...flows, samples: sampled(flows.every), cells: new Map([...flows.cells].map(([cell, row]) => [cell, row.slice(0, sampled(flows.every))])) };
    run.before = cutTies(base.neighbourhood, start);
    run.neighbourhood = run.before;
    return run;
  }

  // A stored world: households that it does not name live as in the baseline, others do so at first.
  static stored(base, packed) {
    const part = unpacked(packed);
    const run = Run.forked(base, part.start);
    run.append({ ...part, households: {} });
    run.households = new Map(base.households);
    for (const [key, told] of Object.entries(part.households)) {
      const known = base.households.get(key);
      if (!known) { run.add(key, told); continue; }
      const own = { ...known };
      for (const name of LISTS) own[name] = known[name].filter(([week]) => week < told.from).concat(told[name] || []);
      run.households.set(key, own);
    }
    return run;
  }

  stateAt(key, week) { return valueAt(this.households.get(key), "states", week); }
  placeAt(key, week) { return valueAt(this.households.get(key), "places", week); }
}

function padded(row, length) { return row.concat(new Array(Math.max(length - row.length, 0)).fill(0)); }

// What ships holds changes from week to week: running sums give the values.
function unpacked(run) {
  if (!run.packed) return run;
  const sums = (row) => { let sum = 0; return row.map((each) => (sum += each)); };
  const weeks = (list) => { let week = 0; return list.map(([since, ...rest]) => [(week += since), ...rest]); };
  const households = {};
  for (const [key, life] of Object.entries(run.households)) {
    households[key] = { ...life };
    for (const name of LISTS) if (life[name]) households[key][name] = weeks(life[name]);
  }
  const rows = Object.fromEntries(SERIES.map((name) => [name, run[name].map(sums)]));
  return { ...run, ...rows, packed: false, households, flows: { ...run.flows, cells: run.flows.cells.map(([route, place, state, counts]) => [route, place, state, sums(counts)]) } };
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
    ties: near.ties.filter(([, , , from]) => from < start).map(([i, j, kind, from, to]) => [i, j, kind, from, to >= start || to < 0 ? start - 1 : to]),
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
    for (const name of SEEN) first = Math.min(first, firstDifference(one?.[name] || [], other?.[name] || [], world.weeks));
    const stories = [one?.story || [], other?.story || []];
    if (told) for (const [week] of [...unmatched(...stories), ...unmatched(...stories.reverse())]) if (week < world.weeks) first = Math.min(first, week);
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

// The lines of a story that the other story doesn't tell in the same week.
export function unmatched(lines, others) {
  const there = new Map();
  const left = (line, more) => { const told = JSON.stringify(line), n = there.get(told) || 0; there.set(told, n + more); return n; };
  for (const each of others) left(each, 1);
  return lines.filter((each) => left(each, -1) < 1);
}

export function keys() {
  if (!app.base) return [];
  if (app.base.order?.version === app.base.version) return app.base.order.keys;
  const found = [...app.base.households].filter(([, own]) => !own.near);
  found.sort(([a, one], [b, other]) => one.entered - other.entered || Number(a) - Number(b));
  app.base.order = { version: app.base.version, keys: found.map(([key]) => key) };
  return app.base.order.keys;
}
