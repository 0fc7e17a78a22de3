// What the page knows and shows now, and who listens when it changes.

export const app = {
  words: {}, catalogue: null, language: "en", about: null, saved: null,
  base: null, world: null, draws: { base: {}, world: {} },
  changes: [], seed: 1, week: 0, tab: "places", group: "all", household: null, wanted: null,
  playing: false, played: false, shows: "becomes", guessing: false, picks: {}, revealed: false,
  computing: null, problems: [], unread: [],
};

const listeners = [];
let pending = null;

export function listen(render) { listeners.push(render); }

// `what` is one of: words, run, week, choice, draw. All that changed in one frame is told once.
export function changed(...what) {
  if (!pending) {
    pending = new Set();
    requestAnimationFrame(() => {
      const all = pending;
      pending = null;
      for (const render of listeners) render(all);
    });
  }
  for (const each of what) pending.add(each);
}

export function t(key, values = {}) {
  const text = app.words[key];
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

// Months and numbers as written in Britain and in the Netherlands.
function locale() { return app.language === "en" ? "en-GB" : "nl-NL"; }

export function number(value, digits = 0) {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value);
}

export function signed(value, digits = 0) {
  const rounded = Number(value.toFixed(digits));
  return (rounded > 0 ? "+" : rounded < 0 ? "−" : "") + number(Math.abs(rounded), digits);
}

export function announce(text) { document.getElementById("said").textContent = text; }

export function last() { return app.about.weeks - 1; }

// The shown week, or the last that both worlds have reached.
export function shown() {
  return Math.max(0, Math.min(app.week, (app.base?.weeks || 1) - 1, app.world ? app.world.weeks - 1 : Infinity));
}

// Whether both worlds are there for all weeks.
export function whole() {
  return Boolean(app.base?.weeks > last() && (!app.changes.length || app.world?.weeks > last()));
}

export function monday(week) {
  const first = Date.parse(`${app.about.first_monday}T00:00:00Z`);
  return new Date(first + week * 7 * 864e5);
}

export function dated(week, long = true) {
  return inWords(monday(week), long);
}

// A day that is given as 2012-01-02, in words.
export function day(iso) { return inWords(Date.parse(`${iso}T00:00:00Z`)); }

function inWords(date, long = true) {
  const style = long ? { day: "numeric", month: "short", year: "numeric" } : { month: "short", year: "numeric" };
  return new Intl.DateTimeFormat(locale(), { ...style, timeZone: "UTC" }).format(date);
}

// Elements: attributes that begin with "on" are listeners; null and false are left out.
export function make(name, attributes = {}, ...inside) {
  return filled(document.createElement(name), attributes, inside);
}

export function shape(name, attributes = {}, ...inside) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, inside);
}

function filled(element, attributes, inside) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...inside.filter((each) => each !== null && each !== undefined && each !== false));
  return element;
}

export function byId(id) { return document.getElementById(id); }
