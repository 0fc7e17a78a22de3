// The page: puts the parts together and starts them.
import { app, announce, byId, changed, dated, last, listen, make, shown, t, whole } from "./store.js";
import { STATES, STATE_COLOURS, GONE } from "./looks.js";
import { Stack, niceTop, total } from "./stack.js";
import { Dots, stateWord } from "./dots.js";
import { key, renderTabs, tableOf, whenScrubbed, whyMeanings, worlds } from "./tabs.js";
import { besideOf, meanings, renderDiffers } from "./differs.js";
import { otherPeople } from "./catalogue.js";
import { renderChange, whenChanged } from "./change.js";
import { copyLink, openTake } from "./take.js";
import { nextDiffering, openStory, renderStory } from "./story.js";
import { linkText, readLink } from "./link.js";
import { begin, loadWords, progressWords, savedLink, settle } from "./load.js";
import { openDialog, showTable } from "./dialog.js";

app.source = `<!doctype html>\n${document.documentElement.outerHTML}`;
const WEEKS_A_SECOND = 14;
const views = {};
let playedAt = 0;
let written = 0;

async function start() {
  const link = readLink(location.hash || savedLink);
  await begin(link.language || (navigator.language.startsWith("nl") ? "nl" : "en"));
  restore(link);
  for (const [which, run] of [["was", () => worlds()[0][1]], ["becomes", () => worlds()[1][1]]]) {
    const areas = new Stack(document.querySelector(`#${which} .areas`), "states", STATE_COLOURS, () => areasLabel(which));
    areas.onscrub = goTo;
    const dots = new Dots(document.querySelector(`#${which} .dots`), which);
    dots.onopen = openStory;
    views[which] = { areas, dots, run };
  }
  bind();
  listen(render);
  changed("words", "run", "week", "choice");
  await settle();
}

function restore(link) {
  app.unread = link.problems;
  app.week = Math.min(link.week ?? last(), last());
  if (link.changes) app.changes = link.changes;
  if (link.seed !== undefined) app.seed = link.seed;
  if (link.tab) app.tab = link.tab;
  if (link.group) app.group = link.group;
  const groups = app.base?.reasons?.groups;
  if (groups && !groups.includes(app.group)) { app.unread.push(`g=${app.group}`); app.group = "all"; }
  app.wanted = link.household || null;
}

// Opens the household of a link, once both worlds hold its whole life.
function openWanted() {
  const key = app.wanted;
  if (!key || app.base?.seed !== app.seed || !app.base.whole || !(whole() || app.problems.length)) return;
  app.wanted = null;
  if (app.base.households.has(key)) openStory(key);
  else app.unread.push(`h=${key}`);
}

function bind() {
  byId("play").onclick = () => play(!app.playing);
  byId("back").onclick = () => goTo(app.week - 1);
  byId("forth").onclick = () => goTo(app.week + 1);
  byId("restart").onclick = () => goTo(0);
  byId("scrub").max = last();
  byId("scrub").oninput = (event) => goTo(Number(event.target.value));
  byId("differing").onclick = nextDiffering;
  byId("as-table").onclick = () => showTable(t("happens"), ...tableOf("states"));
  byId("take").onclick = openTake;
  byId("share").onclick = () => copyLink(null);
  byId("doubt").onclick = () => openDialog(t("uncalibrated"), ...t("doubt_text").split("\n").map((each) => make("p", {}, each)));
  byId("terms").onclick = openTerms;
  byId("language").onclick = async () => { await loadWords(app.language === "en" ? "nl" : "en"); if (app.household) renderStory(); };
  byId("toggle").onclick = () => { app.shows = app.shows === "becomes" ? "was" : "becomes"; changed("words"); };
  byId("open-sheet").onclick = () => { byId("change").classList.add("open"); byId("change-body").focus(); };
  byId("close-sheet").onclick = () => { byId("change").classList.remove("open"); byId("open-sheet").focus(); };
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && byId("change").classList.contains("open")) byId("close-sheet").click(); });
  whenScrubbed(goTo);
  whenChanged((changes, seed = app.saved ? 1 : app.seed) => { // a saved page holds presets of the first draw
    app.changes = changes;
    app.seed = seed;
    app.unread = [];
    app.wanted = null;
    settle();
    requestAnimationFrame(() => requestAnimationFrame(keepFocus)); // the pressed button may be gone
  });
  new ResizeObserver(() => changed("run")).observe(byId("happens"));
  addEventListener("hashchange", () => {
    if (location.hash === linkText()) return;
    const link = readLink(location.hash);
    app.changes = link.changes || [];
    app.seed = link.seed ?? 1;
    restore(link);
    if (link.language && link.language !== app.language) loadWords(link.language);
    settle();
  });
}

function keepFocus() {
  if (document.activeElement === document.body) byId("change-body").focus({ preventScroll: true });
}

function goTo(week) {
  const wanted = Math.max(0, Math.min(week, last()));
  if (!Number.isFinite(wanted) || wanted === app.week) return;
  app.week = wanted;
  changed("week");
}

function play(on) {
  app.playing = on;
  app.played ||= on;
  if (on && app.week >= last()) goTo(0);
  playedAt = 0;
  changed("week");
  if (on) requestAnimationFrame(tick);
}

function tick(now) {
  if (!app.playing) return;
  playedAt ||= now;
  const steps = Math.floor(((now - playedAt) / 1000) * WEEKS_A_SECOND);
  if (steps) {
    playedAt += (steps * 1000) / WEEKS_A_SECOND;
    goTo(app.week + steps);
  }
  if (app.week >= last()) play(false);
  else requestAnimationFrame(tick);
}

function areasLabel(which) {
  const run = views[which].run();
  if (!run?.states) return t("computing");
  const week = Math.min(shown(), run.weeks - 1);
  const counts = run.states.map((row) => row[week] * app.about.scale);
  const beside = besideOf(run, week).map(([word, count]) => `${word} ${count}`).join(", ");
  return t("areas_label", { world: t(which), date: dated(week), counts: counts.map((count, at) => `${stateWord(at)} ${count}`).join(", "), beside });
}

function render(what) {
  openWanted();
  if (what.has("words")) renderWords();
  if (what.has("words") || what.has("run")) renderWorlds();
  else if (what.has("week") || what.has("choice")) for (const { areas, dots } of Object.values(views)) { areas.move(); dots.move(); }
  renderPlayer();
  renderTabs(what);
  renderDiffers(what);
  if (what.has("words") || what.has("choice")) renderChange(what);
  notice([
    app.unread.length ? t("bad_link", { what: app.unread.join(", ") }) : "", ...app.problems,
    app.about.fresh === false && !app.base?.whole ? t("stale") : "",
  ].filter(Boolean).join(" "));
  if (app.household && what.has("run") && byId("dialog").open) renderStory();
  clearTimeout(written);
  written = setTimeout(() => history.replaceState(null, "", linkText()), 250); // browsers limit how often
}

function renderWords() {
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  byId("language").textContent = app.language === "en" ? "Nederlands" : "English";
  byId("language").lang = app.language === "en" ? "nl" : "en";
  byId("player").setAttribute("aria-label", t("player"));
  byId("scrub").setAttribute("aria-label", t("week"));
  byId("differs-body").setAttribute("aria-label", t("differs_caption"));
  byId("legend").replaceChildren(...STATES.map((name, at) => key(t(`state.${name}`), STATE_COLOURS[at], at < GONE ? 1 : 6)));
  byId("toggle").textContent = t(app.shows === "becomes" ? "show_was" : "show_becomes");
  byId("toggle").setAttribute("aria-pressed", String(app.shows === "was"));
  document.body.classList.toggle("only-becomes", app.shows === "becomes");
  document.body.classList.toggle("only-was", app.shows === "was");
  document.title = `terugkeer: ${t("title")}`;
}

function renderWorlds() {
  const runs = worlds().map(([, run]) => run).filter((run) => run?.states);
  if (!runs.length) return;
  byId("others").textContent = otherPeople() ? t("other_people") : "";
  const top = niceTop(Math.max(1, ...runs.flatMap((run) => total(run, "states"))) * app.about.scale);
  for (const { areas, dots, run } of Object.values(views)) {
    areas.draw(run(), top);
    dots.draw();
  }
}

function renderPlayer() {
  const ends = app.week >= last();
  byId("play").textContent = app.playing ? t("pause") : ends && app.played ? t("replay") : t("play");
  byId("back").textContent = t("step_back");
  byId("forth").textContent = t("step_forth");
  byId("scrub").value = app.week;
  byId("scrub").setAttribute("aria-valuetext", dated(app.week));
  byId("date").textContent = t("week_of", { date: dated(app.week) });
  byId("where").textContent = progressWords();
}

function notice(text) {
  byId("notice").hidden = !text;
  if (byId("notice").textContent !== text) byId("notice").textContent = text;
}

function openTerms() {
  const names = Object.keys(app.words).filter((key) => key.startsWith("term.")).map((key) => key.slice(5));
  openDialog(t("terms"), make("dl", { class: "words" }, ...names.flatMap((name) => [make("dt", {}, t(`term.${name}`)), make("dd", {}, t(`means.${name}`))])), make("h3", {}, t("tab.why")), whyMeanings(), make("h3", {}, t("differs")), meanings(app.about.tallies));
}

start().catch((error) => {
  byId("notice").hidden = false;
  byId("notice").textContent = `${app.words.no_start || "The page could not start"}: ${error.message}`;
  announce(byId("notice").textContent);
});
