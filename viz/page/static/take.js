// Take away: figures, tables, the scenario file, a link, this page as one file.
import { app, announce, dated, last, make, number, shape, shown, t, whole } from "./store.js";
import { STATES, STATE_COLOURS } from "./looks.js";
import { areasOf, axes, MARGIN, niceTop, total } from "./stack.js";
import { openDialog, csv, saveBlob, saveText } from "./dialog.js";
import { differRows, ROWS, tallyWord } from "./differs.js";
import { changesInWords, kindOf } from "./catalogue.js";
import { worlds } from "./tabs.js";
import { linkText } from "./link.js";
import { savedPage, whyNot } from "./load.js";

export function openTake() {
  const ready = whole(), empty = !app.changes.length, needs = ["svg", "png", "differences", "weeks"];
  const item = (key, act, help = t(`take_help.${key}`)) => make("li", {}, make("button", { type: "button", id: `take-${key}`, onclick: act, disabled: (!ready && needs.includes(key)) || (empty && key === "scenario") }, t(`take_what.${key}`)), " ", help);
  const said = make("p", { role: "status" });
  openDialog(t("take"), ready ? null : make("p", {}, t("take_wait")), make("ul", {},
    item("svg", () => saveText("terugkeer.svg", figure().text, "image/svg+xml")),
    item("png", () => png().then((blob) => saveBlob("terugkeer.png", blob))),
    item("differences", () => saveText("terugkeer_differences.csv", differencesCsv(), "text/csv")),
    item("weeks", () => saveText("terugkeer_weeks.csv", weeksCsv(), "text/csv")),
    item("scenario", () => saveText("my_change.toml", scenarioText(), "application/toml"), t(empty ? "take_no_scenario" : "take_help.scenario")),
    item("link", () => copyLink(said)),
    item("page", () => { said.textContent = t("busy"); savedPage().then((blob) => { saveBlob("terugkeer.html", blob); said.textContent = t("saved"); }, (error) => { said.textContent = whyNot(error); }); }),
  ), said, make("p", {}, t("take_note")));
}

export function copyLink(said) {
  const address = location.href.split("#")[0] + linkText();
  const done = () => { if (said) said.textContent = t("link_copied"); announce(t("link_copied")); };
  const shown = () => openDialog(t("share"), make("p", {}, t("link_here")), make("input", { type: "text", readonly: true, value: address, "aria-label": t("share"), class: "search" }));
  if (navigator.clipboard?.writeText) navigator.clipboard.writeText(address).then(done, shown);
  else shown();
}

// What sets a value stands before what multiplies or adds; within each the order of the catalogue.
function inOrder(changes) {
  const place = (each) => {
    const at = app.catalogue.levers.findIndex((lever) => lever.id === each.lever);
    return at < 0 ? 0 : at + (app.catalogue.levers[at].op === "set" ? 0 : 1000);
  };
  return [...changes].sort((one, other) => place(one) - place(other) || one.from.localeCompare(other.from));
}

// The scenario that the list of changes describes, as `terugkeer compare baseline my_change.toml` reads it.
function scenarioText() {
  const tables = { package: "packages", lever: "levers", switch: "switches" };
  const value = (each) => (typeof each === "string" ? JSON.stringify(each) : String(each));
  const parts = [`name = "my_change"`, `description = ${JSON.stringify(t("scenario_made", { date: new Date().toISOString().slice(0, 10) }))}`];
  for (const [kind, table] of Object.entries(tables)) {
    const by = new Map();
    for (const each of inOrder(app.changes)) if (kindOf(each) === kind) by.set(each[kind], [...(by.get(each[kind]) || []), each]);
    if (!by.size) continue;
    parts.push("", `[${table}]`);
    for (const [name, several] of by) {
      const entries = several.map((each) => `{ ${kind === "package" ? "" : `value = ${value(each.value)}, `}from = ${each.from} }`);
      parts.push(`${name} = ${entries.length > 1 ? `[${entries.join(", ")}]` : entries[0]}`);
    }
  }
  return `${parts.join("\n")}\n`;
}

// A measure as the files name it: some counts of files have the names of states.
function columnOf(id) { return `${ROWS.find(([group]) => group === "files")[1].includes(id) ? "files_" : ""}${id}`; }

// What each row of a file rests on.
const ABOUT = ["seed", "scale", "changes", "notice"];
function aboutOf(changes = changesInWords()) { return [app.seed, app.about.scale, changes, t("uncalibrated")]; }

function differencesCsv() {
  const head = ["measure", "words", "to", "was", "becomes", "difference", "draws", "mean_difference", "low_95", "high_95", "interval_to", ...ABOUT];
  const rows = differRows().map((row) => [columnOf(row.id), tallyWord(row.id), isoOf(shown()), row.was, row.becomes, row.difference, row.interval?.n ?? 1, ...(row.interval ? [row.interval.mean, row.interval.low, row.interval.high].map((each) => each.toFixed(1)) : ["", "", ""]), row.interval ? isoOf(row.interval.week) : "", ...aboutOf()]);
  return csv(head, rows);
}

function isoOf(week) { return new Date(Date.parse(`${app.about.first_monday}T00:00:00Z`) + week * 6048e5).toISOString().slice(0, 10); }

function weeksCsv() {
  const ids = app.about.tallies;
  const head = ["world", "week_of", ...STATES.map((name) => `state_${name}`), ...ids.map(columnOf), ...ABOUT];
  const rows = worlds().flatMap(([name, run]) => Array.from({ length: run.weeks }, (_, week) => [
    name, isoOf(week), ...run.states.map((row) => row[week] * app.about.scale), ...ids.map((_id, at) => run.tallies[at][week] * app.about.scale), ...aboutOf(name === "was" ? "" : changesInWords()),
  ]));
  return csv(head, rows);
}

// Words in lines of at most so many letters.
function wrapped(text, most = 160) {
  const lines = [];
  for (const word of text.split(" ")) {
    if (lines.length && `${lines.at(-1)} ${word}`.length <= most) lines.push(`${lines.pop()} ${word}`);
    else lines.push(word);
  }
  return lines;
}

function figure() {
  const width = 1000, high = 300, half = width / 2, top = niceTop(Math.max(...worlds().flatMap(([, run]) => total(run, "states"))) * app.about.scale);
  const words = (x, y, text, more = {}) => shape("text", { x, y, "font-size": 12, "font-family": "system-ui, Arial, sans-serif", fill: "#222", ...more }, text);
  const paper = shape("rect", { width, fill: "#fff" }), svg = shape("svg", { xmlns: "http://www.w3.org/2000/svg", width }, paper);
  svg.append(words(12, 22, t("figure_title"), { "font-size": 16, "font-weight": 600 }));
  worlds().forEach(([name, run], at) => {
    const panel = shape("g", { transform: `translate(${at * half}, 44)` }, words(MARGIN.left, 4, t(name), { "font-weight": 600 }));
    const chart = shape("g", { transform: "translate(0, 10)" }, axes(half, high, top), areasOf(run, "states", STATE_COLOURS, half, high, top));
    svg.append(panel);
    panel.append(chart);
    const x = MARGIN.left + (shown() / last()) * (half - MARGIN.left - MARGIN.right);
    chart.append(shape("line", { x1: x, x2: x, y1: MARGIN.top, y2: high - MARGIN.bottom, stroke: "#222", "stroke-width": 1.5 }));
  });
  STATES.forEach((name, at) => {
    const x = 14 + (at % 3) * 330, y = 376 + Math.floor(at / 3) * 20;
    svg.append(shape("rect", { x, y: y - 10, width: 12, height: 12, fill: STATE_COLOURS[at], stroke: "#444" }), words(x + 18, y, t(`state.${name}`)));
  });
  const found = differRows();
  const counts = (...ids) => ids.map((id) => found.find((row) => row.id === id)).map((row) => `${tallyWord(row.id)} ${number(row.was)} → ${number(row.becomes)}`).join(" · ");
  const lines = [
    t("figure_beside", { date: dated(shown()) }), counts("returned_independent", "adults_all_three"), counts("weeks_without_stable_shelter", "weeks_held", "out_of_sight"),
    app.changes.length ? t("figure_changes", { changes: changesInWords() }) : t("no_change_yet"),
    `${t("uncalibrated")}. ${t("figure_draw", { seed: app.seed, scale: app.about.scale })}`, t("figure_hash", { evidence: app.about.evidence.slice(0, 12), sources: app.about.sources.slice(0, 12) }),
  ];
  const told = lines.flatMap((line) => wrapped(line)), height = 440 + told.length * 20;
  told.forEach((line, at) => svg.append(words(12, 438 + at * 20, line, { "font-size": 11 })));
  paper.setAttribute("height", height);
  svg.setAttribute("height", height);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  return { width, height, text: `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}` };
}

function png() {
  return new Promise((resolve, reject) => {
    const image = new Image(), { width, height, text } = figure();
    image.onload = () => {
      const canvas = make("canvas", { width: 2 * width, height: 2 * height });
      canvas.getContext("2d").drawImage(image, 0, 0, 2 * width, 2 * height);
      canvas.toBlob(resolve, "image/png");
      URL.revokeObjectURL(image.src);
    };
    image.onerror = reject;
    image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  });
}
