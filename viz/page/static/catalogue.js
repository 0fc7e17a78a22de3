// The catalogue of what can be changed, and changes in words.
import { app, day, number, t } from "./store.js";

// The catalogue, with each lever's group, words of its codes, and null for "as on record".
export function prepared(catalogue) {
  const { groups, units, documents, laws, grades, operations } = catalogue;
  const named = (sources) => (sources || []).map(([ref, locator]) => `${documents[ref]} (${ref} ${locator})`).join("; ");
  const levers = groups.flatMap((group) => group.levers.map((lever) => ({
    // where the record itself changes later, even the dose of today is a change
    ...lever, group: group.id, default: lever.course?.some(([day]) => day > catalogue.days.preset) ? null : lever.default ?? null, unit_words: units[lever.unit] || "", law_words: laws[lever.law], grade_words: grades[lever.grade], does: operations[lever.op],
    settings: lever.settings?.map(({ id, label }) => ({ value: id, label })), sources: named(lever.sources),
  })));
  const switches = catalogue.switches.map((own) => ({ ...own, default: own.today, cards: own.cards.map(({ id, label, who, sources }) => ({ value: id, label, claim: [who, named(sources)].filter(Boolean).join(" · ") })) }));
  return { ...catalogue, levers, switches };
}

export function leverOf(id) { return app.catalogue.levers.find((each) => each.id === id); }
export function switchOf(name) { return app.catalogue.switches.find((each) => each.name === name); }
export function presetIn(name) { return app.catalogue.presets.find((each) => each.name === name); }

export function kindOf(change) { return ["package", "lever", "switch"].find((kind) => kind in change); }

export function changeName(change) {
  const kind = kindOf(change);
  if (kind === "package") return presetIn(change.package)?.title || change.package;
  if (kind === "switch") {
    const own = switchOf(change.switch);
    return `${own?.title || change.switch}: ${own?.cards.find((each) => each.value === change.value)?.label || change.value}`;
  }
  const lever = leverOf(change.lever);
  return `${lever?.title || change.lever}: ${lever ? valueWords(lever, change.value) : change.value}`;
}

export function valueWords(lever, value) {
  if (value === null || value === undefined) return t("as_on_record");
  if (lever.kind === "settings") return lever.settings.find((each) => each.value === value)?.label || String(value);
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (lever.unit === "ratio") return `× ${number(value, Number.isInteger(value) ? 0 : 2)}`;
  if (lever.unit === "share") return `${number(100 * value, 0)} %`;
  return `${number(value, Number.isInteger(value) ? 0 : 2)} ${lever.unit_words || ""}`.trim();
}

// Whether a change decides who enters: then the worlds hold other people.
export function otherPeople(changes = app.changes) { return changes.some((each) => each.lever && leverOf(each.lever)?.changes_who_is_there); }

// All changes in one line, each with its day.
export function changesInWords() { return app.changes.map((each) => `${changeName(each)} (${day(each.from)})`).join("; "); }
