// Where runs come from: the server, or this very file. Nothing here makes the page wait to play.
import { app, announce, changed, dated, t } from "./store.js";
import { Run } from "./runs.js";
import { linkText } from "./link.js";
import { kindOf, prepared } from "./catalogue.js";

const visitor = Array.from(crypto.getRandomValues(new Uint8Array(12)), (each) => each.toString(16).padStart(2, "0")).join("");
let running = null;

const text = document.getElementById("saved")?.textContent;
const held = text ? JSON.parse(text) : {};

// What a saved page showed when it was saved: a link, from its # on.
export const savedLink = held.hash || "";

export async function begin(language) {
  if (held.gzip) app.saved = await unpacked(held.gzip);
  app.language = language;
  const words = loadWords(language);
  const found = app.saved ? { about: aboutOf(app.saved.shipped), run: app.saved.shipped.baseline, draws: app.saved.shipped.draws.baseline } : await asked("runs/baseline.json");
  await words;
  app.about = found.about;
  app.shippedDraws = found.draws || {};
  if (found.run) {
    app.base = new Run();
    app.base.append(found.run);
    app.base.seed = 1;
    app.base.whole = true;
    app.draws.base = app.shippedDraws;
  }
}

function aboutOf(shipped) {
  const { baseline, presets, draws, ...about } = shipped;
  return { ...about, presets: Object.keys(presets) };
}

export async function loadWords(language) {
  const found = app.saved ? { words: app.saved.words[language], catalogue: app.saved.catalogue[language] } : await asked(`words/${language}.json`);
  app.words = found.words;
  app.catalogue = prepared(found.catalogue);
  app.language = language;
  document.documentElement.lang = language;
  changed("words");
}

async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

async function asked(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

function presetOf(changes) {
  const [only] = changes;
  const stored = app.saved ? Object.keys(app.saved.shipped.presets) : app.about.presets || [];
  return changes.length === 1 && only.package && stored.includes(only.package) && only.from === app.catalogue.presets.find((each) => each.name === only.package)?.from ? only.package : null;
}

// The same changes have the same key, whatever their order in the list.
function keyOf(changes) {
  return JSON.stringify(changes.map((each) => [kindOf(each), each[kindOf(each)], each.value ?? null, each.from]).map((each) => JSON.stringify(each)).sort());
}

// Brings world and draws in line with the changes; what ran before is cancelled. A request that was
// cancelled can reach the server after the one that took its place, and stops it: that one is asked again.
export async function settle(again = 3) {
  running?.abort();
  const mine = (running = new AbortController());
  app.problems = [];
  app.world = null;
  app.draws = { base: { ...app.shippedDraws }, world: {} };
  app.picks = {};
  app.revealed = false;
  app.computing = null;
  changed("run", "choice");
  try {
    if (!app.base || app.base.seed !== app.seed || !app.base.whole) await baseOf(app.seed, mine.signal);
    if (!app.changes.length) return;
    const preset = app.seed === 1 ? presetOf(app.changes) : null;
    if (preset) await stored(preset, mine.signal);
    else if (app.saved) kept();
    else await streamed(app.changes, mine.signal);
    announce(t("world_there"));
  } catch (error) {
    if (mine.signal.aborted) return;
    if (error.kind === "replaced" && again > 0) return settle(again - 1);
    app.problems = [whyNot(error)];
    announce(app.problems.join(" "));
  } finally {
    if (!mine.signal.aborted) {
      app.computing = null;
      changed("run");
    }
  }
}

async function baseOf(seed, signal) {
  if (app.base?.seed === seed && app.base.weeks === app.about.weeks) {
    app.base.whole = true;
    return;
  }
  if (seed === 1 && app.firstBase) {
    app.base = app.firstBase;
    return;
  }
  if (app.base?.seed === 1 && app.base.whole) app.firstBase = app.base;
  const base = new Run();
  base.seed = seed;
  const own = app.saved?.extra?.find((each) => each.seed === seed && each.base);
  if (own) {
    base.append(own.base);
    base.whole = true;
    app.base = base;
    return;
  }
  if (app.saved) throw Object.assign(new Error(), { said: t("needs_program") });
  await lines("run", { changes: [], seed, draws: false }, signal, (line) => {
    if (!line.chunk) return;
    base.append(line.chunk);
    app.base = base;
    heard(base);
  });
  base.whole = true;
}

async function stored(name, signal) {
  const found = app.saved ? { run: app.saved.shipped.presets[name], draws: app.saved.shipped.draws[name] } : await asked(`runs/${name}.json`);
  if (signal.aborted) return;
  app.world = Run.stored(app.base, found.run);
  app.draws = { base: app.shippedDraws, world: found.draws };
}

function kept() {
  const found = (app.saved.extra || []).find((each) => each.seed === app.seed && keyOf(each.changes) === keyOf(app.changes));
  if (!found) throw Object.assign(new Error(), { said: t("needs_program") });
  app.world = Run.forked(app.base, found.run.start);
  app.world.append(found.run);
  app.draws.world = found.draws || {};
}

async function streamed(changes, signal) {
  app.computing = { queue: 0 };
  await lines("run", { changes, seed: app.seed, draws: true }, signal, (line) => {
    if (line.chunk) {
      app.world ||= Run.forked(app.base, line.chunk.start);
      app.world.append(line.chunk);
      heard(app.world);
    }
    if (line.queue !== undefined) app.computing = { queue: line.queue };
    if (line.whole) app.computing = { draws: Object.keys(app.draws.world).length };
    if (line.draw) {
      app.draws.world = { ...app.draws.world, [line.draw.seed]: line.draw.tallies };
      app.computing = { draws: Object.keys(app.draws.world).length };
    }
    if (line.base) app.draws.base = { ...app.draws.base, [line.base.seed]: line.base.tallies };
    changed(line.chunk ? "run" : "draw");
  });
}

function heard(run) {
  app.computing = { to: run.weeks };
  changed("run");
}

async function lines(address, body, signal, act) {
  const answer = await fetch(address, { method: "POST", signal, headers: { "Content-Type": "application/json", "X-Visitor": visitor }, body: JSON.stringify(body) });
  if (!answer.ok) {
    const said = await answer.json().catch(() => ({}));
    throw Object.assign(new Error(String(answer.status)), said, { refused: answer.status === 400 });
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "", ended = false;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    rest += value;
    const whole = rest.split("\n");
    rest = whole.pop();
    for (const each of whole) {
      if (!each) continue;
      const line = JSON.parse(each);
      if (line.error) throw Object.assign(new Error(), line, { problems: line.error, refused: line.kind === "input" });
      ended ||= line.done;
      act(line);
    }
  }
  if (!ended) throw new Error(t("cut_off"));
}

export function progressWords() {
  const now = app.computing;
  if (!now) return "";
  if (now.queue) return t("waiting", { n: now.queue });
  if (now.to) return t("computed_to", { date: dated(now.to - 1, false) });
  if (now.draws !== undefined) return now.draws ? t(now.draws === 1 ? "draw_coming" : "draws_coming", { n: now.draws }) : "";
  return t("computing");
}

// Why something could not be had, in words.
export function whyNot(error) {
  const { said, problems, refused, kind, week } = error;
  if (said) return said;
  if (!problems) return t("no_answer", { why: error.message });
  if (refused) return t("refused", { what: problems.join(" ") });
  const key = `failure.${kind === "failed" && week < 0 ? "spin_up" : kind}`;
  return key in app.words ? t(key, { date: dated(week ?? 0) }) : t("run_failed", { what: problems.join(" ") });
}

export async function savedPage() {
  if (app.saved) return new Blob([app.source.replace(/"hash":\s*"[^"]*"/, () => `"hash": ${JSON.stringify(linkText())}`)], { type: "text/html" });
  const answer = await fetch("saved", { method: "POST", headers: { "Content-Type": "application/json", "X-Visitor": visitor }, body: JSON.stringify({ changes: app.changes, seed: app.seed, hash: linkText() }) });
  if (!answer.ok) throw Object.assign(new Error(String(answer.status)), await answer.json().catch(() => ({})), { refused: answer.status === 400 });
  return answer.blob();
}
