// One household: its story line by line in both worlds, the first difference marked.
import { app, byId, changed, dated, make, number, t } from "./store.js";
import { PLACES } from "./looks.js";
import { keys, parting, unmatched } from "./runs.js";
import { ELSEWHERE, stateIn, stateWord } from "./dots.js";
import { openDialog } from "./dialog.js";

function storyWords([week, kind, ...given]) {
  const label = (name, value) => t(`${name}.${value}`);
  const several = (values) => values.map((each) => label("scheme", each)).join(` ${t("and")} `);
  const how = {
    entered: () => [label("route", given[0])], closed: () => [label("outcome", given[0])], left: () => [label("destination", given[0])],
    moved: () => [label("place", given[0])], stage: () => [label("stage", given[0])], chose: () => [label("option", given[0]), label("force", given[1])],
    talk: () => [label("reading", given[0])], met: () => [label("organisation", given[0])], referred: () => [label("organisation", given[0])], reached: () => [label("organisation", given[0])],
    applied: () => [several(given[0])], granted: () => [several(given[0]), number(given[1] || 0), number(given[2] || 0)],
    method_begun: () => [label("method", given[0])], method_left: () => [label("method", given[0])], method_finished: () => [label("method", given[0])],
    fared: () => [label("went", given[0])], news: () => [label("belief", given[0]), label("way", given[1])],
  }[kind];
  const said = how ? how() : [];
  const name = kind === "cancelled" && given[0] ? "story.cancelled_vanished" : `story.${kind}`;
  return t(name, Object.fromEntries(said.map((each, at) => [String(at), each])));
}

function counted(what, n) { return t(n < 2 ? `${what}_${n}` : `${what}_n`, { n }); }

// Lines that repeat the one before are told once; `alone` holds those that only this story tells.
function merged(lines, alone) {
  const found = [];
  for (const line of lines) {
    const before = found.at(-1), apart = alone.has(line);
    const alike = before && before.apart === apart && JSON.stringify(before.line.slice(1)) === JSON.stringify(line.slice(1));
    if (alike) Object.assign(before, { times: before.times + 1, until: line[0] });
    else found.push({ line, apart, times: 1, until: line[0] });
  }
  return found;
}

export function openStory(key) {
  if (!app.base?.households.has(key)) return;
  app.household = key;
  renderStory();
  changed("choice");
}

export function renderStory() {
  const key = app.household;
  if (!key) return;
  const own = app.base.households.get(key), all = keys(), at = all.indexOf(key);
  const first = parting(app.base, app.world, key, true);
  const runs = [app.base, app.world || app.base], stories = runs.map((run) => run.households.get(key)?.story || []);
  const known = (lines) => new Set(lines.filter(([week]) => week < runs[1].weeks));
  const alone = [known(unmatched(stories[0], stories[1])), known(unmatched(stories[1], stories[0]))];
  const opening = Math.min(...alone.flatMap((lines) => [...lines].map(([week]) => week)));
  const lives = [["was", app.base], ["becomes", app.world || app.base]].map(([name, run], world) => {
    const place = own.places[0];
    const before = own.entered < 0 && place ? [make("li", {}, make("span", {}, t("before")), make("span", {}, t("here_before", { place: t(`place.${PLACES[place[1]]}`) })))] : [];
    if (stateIn(run, key, run.weeks - 1) === ELSEWHERE) return make("div", {}, make("h3", {}, t(name)), make("p", {}, stateWord(ELSEWHERE)));
    let marked = false;
    return make("div", {}, make("h3", {}, t(name)), make("ol", {}, ...before, ...merged(stories[world], alone[world]).map(({ line, apart, times, until }) => {
      const first = apart && line[0] === opening, mark = first && !marked;
      marked ||= first;
      const again = times > 1 ? ` (${t("times", { n: times, date: dated(until) })})` : "";
      return make("li", { class: first ? "apart first" : apart ? "apart" : null }, make("span", {}, dated(Math.max(line[0], 0))), make("span", {}, mark ? make("strong", {}, `${t("first_difference")}: `) : null, storyWords(line) + again));
    })));
  });
  const move = (step) => { const next = all[(at + step + all.length) % all.length]; openStory(next); };
  const dialog = openDialog(at < 0 ? t("household") : t("household_n", { n: at + 1 }),
    make("p", {}, t("household_about", { adults: counted("adults", own.adults), children: counted("children", own.children), kind: t(`kind.${own.kind}`), background: t(`background.${own.background}`), origin: t(`group.${own.origin_group}`) })),
    make("p", {}, t("household_invented")),
    make("p", {}, first === Infinity ? (app.world ? t("life_same") : t(app.changes.length ? "not_computed" : "no_change_yet")) : t("life_parts", { date: dated(first) })),
    make("div", { class: "row" }, make("button", { type: "button", onclick: () => move(-1) }, t("previous")), make("button", { type: "button", onclick: () => move(1) }, t("next")),
      make("button", { type: "button", onclick: nextDiffering, disabled: !app.world }, t("differing"))),
    make("div", { class: "lives" }, ...lives));
  dialog.onclose = () => { app.household = null; changed("choice"); };
}

// Opens the next household, after the one shown, whose life differs in this draw.
export function nextDiffering() {
  if (!app.world) return;
  const all = keys(), from = all.indexOf(app.household);
  for (let step = 1; step <= all.length; step += 1) {
    const key = all[(from + step + all.length) % all.length];
    if (parting(app.base, app.world, key) !== Infinity) return openStory(key);
  }
  openDialog(t("differing"), make("p", {}, t("no_life_differs")));
}
