// What differs: was, becomes, difference; harm and freedom beside departures; chance.
import { app, announce, byId, changed, dated, last, make, number, shown, signed, t } from "./store.js";
import { otherPeople } from "./catalogue.js";
import { openDialog } from "./dialog.js";

// 97.5 % points of Student's t by degrees of freedom, 1 to 29.
const T95 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045];
export const ROWS = [
  ["leaving", ["returned_independent", "returned_forced", "transferred", "returned_unseen", "moved_on", "got_permit", "left_other"]],
  ["freedom", ["adults_independent", "adults_informed", "adults_free", "adults_alternative", "adults_all_three", "adults_first_choice"]],
  ["harm", ["weeks_without_stable_shelter", "child_weeks_without_stable_shelter", "weeks_held", "returned_into_high_real_danger", "children_returned"]],
  ["here", ["in_procedure", "file_open", "out_of_sight", "children_out_of_sight"]],
  ["files", ["independent", "forced", "unobserved"]],
];
// Departures with freedom and harm, above the rest.
export const GLANCE = ["returned_independent", "adults_all_three", "returned_forced", "weeks_without_stable_shelter", "out_of_sight"];

// A measure in words that stand alone.
export function tallyWord(id) {
  const word = t(`tally.${id}`);
  const whole = { adults_: "adults_independent", child_: "weeks_without_stable_shelter", children_out: "out_of_sight" };
  const of = Object.keys(whole).find((start) => id.startsWith(start));
  return word.startsWith("…") && of ? `${t(`tally.${whole[of]}`)} ${word}` : word;
}

export function meanings(ids) {
  return make("dl", { class: "words" }, ...ids.flatMap((id) => [make("dt", {}, tallyWord(id)), make("dd", {}, t(`tally_help.${id}`))]));
}

export function tallyAt(run, id, week) {
  const at = app.about.tallies.indexOf(id);
  return at < 0 || !run?.tallies ? NaN : run.tallies[at][Math.min(week, run.weeks - 1)] * app.about.scale;
}

// A tally at the end of every thirteenth week, and of the last.
function ofDraw(row) { return [...row.filter((_, week) => (week + 1) % app.about.every === 0), row.at(-1)]; }

// The last sampled week by now and its place among the samples; null before the first after the change.
function sampledWeek() {
  if (!app.world) return null;
  const week = shown(), k = Math.floor((week + 1) / app.about.every) - 1;
  if (week >= last()) return { k: -1, week };
  return (k + 1) * app.about.every - 1 < firstSample() ? null : { k, week: (k + 1) * app.about.every - 1 };
}

// The first sampled week after the change.
function firstSample() { return Math.min(Math.ceil((app.world.start + 1) / app.about.every) * app.about.every - 1, last()); }

// Freedom and harm of a world up to a week, each in words.
export function besideOf(run, week) {
  return ROWS.filter(([group]) => group !== "leaving").flatMap(([, ids]) => ids.filter((id) => GLANCE.includes(id)))
    .map((id) => [tallyWord(id), tallyAt(run, id, week)]);
}

// Mean and 95 % interval of the paired difference over draws, at the last sampled week by now.
export function interval(id) {
  const at = app.about.tallies.indexOf(id), sampled = sampledWeek();
  if (!sampled) return null;
  const own = app.world.weeks > last() ? { [app.seed]: app.world.tallies.map(ofDraw) } : {};
  const found = [];
  for (const [seed, draw] of Object.entries({ ...app.draws.world, ...own })) {
    const base = app.draws.base[seed] || (Number(seed) === app.seed ? app.base.tallies.map(ofDraw) : null);
    if (base) found.push((draw[at].at(sampled.k) - base[at].at(sampled.k)) * app.about.scale);
  }
  const n = found.length;
  if (n < 2) return null;
  const mean = found.reduce((a, b) => a + b, 0) / n;
  const variance = found.reduce((a, b) => a + (b - mean) ** 2, 0) / (n - 1);
  const half = T95[Math.min(n - 2, T95.length - 1)] * Math.sqrt(variance / n);
  return { n, mean, low: mean - half, high: mean + half, week: sampled.week };
}

export function differRows() {
  return ROWS.flatMap(([group, ids]) => ids.filter((id) => app.about.tallies.includes(id)).map((id) => {
    const was = tallyAt(app.base, id, shown()), becomes = app.world ? tallyAt(app.world, id, shown()) : app.changes.length ? NaN : was;
    return { group, id, was, becomes, difference: becomes - was, interval: interval(id) };
  }));
}

export function renderDiffers(what) {
  const body = byId("differs-body");
  if (!app.base?.tallies) return;
  const rows = differRows();
  const n = rows.find((row) => row.interval)?.interval.n || 0;
  const nodes = [];
  const told = body.querySelector(".guess") && app.revealed;
  if (!["words", "choice", "run"].some((each) => what.has(each)) && body.querySelector("table") && !told) return fill(body, rows, n);
  nodes.push(make("label", { class: "sure" }, make("input", { type: "checkbox", id: "guessing", checked: app.guessing, onchange: (event) => { app.guessing = event.target.checked; app.picks = {}; app.revealed = false; changed("choice"); } }), " ", t("guess_first")));
  const covered = app.guessing && app.world && !app.revealed;
  if (app.guessing && app.world) nodes.push(guessNode(rows));
  const table = make("table", {}, make("caption", { class: "unseen" }, t("differs_caption")),
    make("thead", {}, make("tr", {}, ...["what", "was_short", "becomes_short", "difference"].map((key) => make("th", { scope: "col" }, t(key))))),
    ...[["glance", GLANCE], ...ROWS].map(([group, ids]) => make("tbody", {}, make("tr", { class: "group" }, make("th", { colspan: 4, scope: "rowgroup" }, t(`differs_group.${group}`), " ", make("button", { type: "button", id: `means-${group}`, class: "plain", "aria-label": t("meaning", { what: t(`differs_group.${group}`) }), onclick: () => openDialog(t(`differs_group.${group}`), meanings(ids)) }, "?"))),
      ...ids.filter((id) => app.about.tallies.includes(id)).map((id) => make("tr", { "data-id": id }, make("th", { scope: "row" }, t(group === "glance" && id === "adults_all_three" ? "glance_all_three" : `tally.${id}`), make("small", {})), make("td"), make("td"), make("td"))))));
  nodes.push(make("p", { class: "sure", id: "sure" }), table, make("p", { class: "sure" }, t("differs_note", { scale: app.about.scale })));
  document.body.classList.toggle("covered", Boolean(covered));
  for (const id of ["as-table", "take", "differing"]) byId(id).disabled = Boolean(covered);
  const focused = body.contains(document.activeElement) ? document.activeElement.id : null;
  body.replaceChildren(...nodes);
  if (focused) byId(focused)?.focus();
  fill(body, rows, n);
}

function fill(body, rows, n) {
  const some = rows.find((row) => row.interval)?.interval;
  byId("sure").textContent = howSure(n, some?.week);
  const there = (value, words) => (Number.isNaN(value) ? "–" : words(value));
  for (const row of rows) {
    for (const line of body.querySelectorAll(`tr[data-id="${row.id}"]`)) {
      const cells = line.querySelectorAll("td");
      cells[0].textContent = number(row.was);
      cells[1].textContent = there(row.becomes, number);
      cells[2].textContent = there(row.difference, signed);
      line.querySelector("small").textContent = row.interval ? t("interval", { mean: signed(row.interval.mean), low: signed(row.interval.low), high: signed(row.interval.high) }) : "";
    }
  }
}

function howSure(n, week) {
  if (!app.changes.length) return t("no_change_yet");
  if (!app.world) return app.problems.length ? t("not_computed") : t("not_computed_yet");
  const to = shown() < app.week ? `${t("only_to", { date: dated(shown()) })} ` : "";
  const others = otherPeople() ? ` ${t("differs_other_people")}` : "";
  const one = !sampledWeek() ? t("draws_later", { date: dated(firstSample()) }) : app.computing ? t("draws_one") : t("draws_only");
  return to + (n > 1 ? t("draws_many", { n, date: dated(week) }) : one) + others;
}

const ASKED = ["returned_independent", "adults_all_three", "weeks_without_stable_shelter"];

function guessNode(rows) {
  if (app.revealed) {
    return make("div", { class: "guess" }, ...ASKED.map((id) => {
      const row = rows.find((each) => each.id === id), found = row.interval;
      const said = { what: tallyWord(id), guess: t(`guess.${app.picks[id]}`) };
      const way = (from, to) => t(`guess.${from > 0 ? "more" : to < 0 ? "fewer" : "same"}`);
      return make("p", {}, found ? t("guess_told", { ...said, n: found.n, date: dated(found.week), found: way(found.low, found.high), low: signed(found.low), high: signed(found.high) })
        : t("guess_told_one", { ...said, by: signed(row.difference) }));
    }));
  }
  const all = () => Object.keys(app.picks).length < ASKED.length;
  const reveal = make("button", { type: "button", id: "reveal", disabled: all(), onclick: () => { app.revealed = true; announce(t("guess_shown")); changed("choice"); byId("differs-body").focus(); } }, t("guess_show"));
  return make("div", { class: "guess" }, make("p", {}, t("guess_ask")), ...ASKED.map((id) => make("fieldset", {}, make("legend", {}, tallyWord(id)), make("small", {}, t(`tally_help.${id}`), make("br")),
    ...["more", "same", "fewer"].map((each) => make("label", {}, make("input", { type: "radio", id: `guess-${id}-${each}`, name: `guess-${id}`, value: each, checked: app.picks[id] === each, onchange: () => { app.picks[id] = each; reveal.disabled = all(); } }), " ", t(`guess.${each}`), " ")))), reveal);
}
