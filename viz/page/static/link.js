// A link holds all that is shown, behind the #: changes, draw, week, tab, group, household, language.
import { app } from "./store.js";
import { kindOf } from "./catalogue.js";
import { TABS } from "./tabs.js";

export function linkText() {
  const words = new URLSearchParams();
  if (app.changes.length) words.set("c", app.changes.map(changeText).join(";"));
  if (app.seed !== 1) words.set("s", app.seed);
  words.set("w", app.week);
  words.set("t", app.tab);
  if (app.group !== "all") words.set("g", app.group);
  if (app.household || app.wanted) words.set("h", app.household || app.wanted);
  words.set("l", app.language);
  return `#${words}`;
}

function changeText(change) {
  const kind = kindOf(change);
  return `${kind}:${change[kind]}${kind === "package" ? "" : `=${JSON.stringify(change.value)}`}@${change.from}`;
}

export function readLink(hash) {
  const words = new URLSearchParams(hash.replace(/^#/, ""));
  const found = { problems: [] };
  const whole = (name, least, most) => {
    if (!words.has(name)) return undefined;
    const value = Number(words.get(name));
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    found.problems.push(`${name}=${words.get(name)}`);
    return undefined;
  };
  found.week = whole("w", 0, 10000);
  found.seed = whole("s", 0, 1e6);
  if (words.has("t")) { if (TABS.includes(words.get("t"))) found.tab = words.get("t"); else found.problems.push(`t=${words.get("t")}`); }
  if (words.has("g")) found.group = words.get("g");
  if (words.has("h")) { if (/^\d{1,16}$/.test(words.get("h"))) found.household = words.get("h"); else found.problems.push(`h=${words.get("h")}`); }
  if (words.has("l")) { if (["en", "nl"].includes(words.get("l"))) found.language = words.get("l"); else found.problems.push(`l=${words.get("l")}`); }
  if (words.has("c")) {
    found.changes = [];
    for (const each of words.get("c").split(";")) {
      const parts = /^(package|lever|switch):([a-z0-9_-]{1,80})(?:=(.{1,80}))?@(\d{4}-\d{2}-\d{2})$/.exec(each);
      try {
        if (!parts || (parts[1] === "package") === (parts[3] !== undefined)) throw new SyntaxError(each);
        found.changes.push(parts[1] === "package" ? { package: parts[2], from: parts[4] } : { [parts[1]]: parts[2], value: JSON.parse(parts[3]), from: parts[4] });
      } catch {
        found.problems.push(each || "c=");
      }
    }
  }
  return found;
}
