// What the visitor changes: presets, six levers, all levers, contested readings, and the list of changes.
import { app, byId, day, make, t } from "./store.js";
import { changeName, leverOf, otherPeople, presetIn, switchOf, valueWords } from "./catalogue.js";

let onchange = () => {};
export function whenChanged(act) { onchange = act; }
let opened = new Set();
let sought = "";

function given(kind, name) { return app.changes.find((each) => each[kind] === name); }

function set(kind, name, value) {
  const before = given(kind, name);
  const from = before?.from || app.catalogue.days.preset;
  const rest = app.changes.filter((each) => each[kind] !== name);
  if (value === null) onchange(rest);
  else onchange([...rest, kind === "package" ? { package: name, from } : { [kind]: name, value, from }]);
}

export function renderChange(what) {
  const body = byId("change-body");
  const focused = body.contains(document.activeElement) ? document.activeElement.id : null;
  if (what.has("choice") && !what.has("words") && body.children.length) {
    if (document.activeElement?.type !== "date") byId("changed").replaceWith(changedList());
    for (const lever of body.querySelectorAll("[data-lever]")) if (!beingTyped(lever)) lever.replaceWith(leverNode(leverOf(lever.dataset.lever), lever.dataset.at));
    for (const button of body.querySelectorAll("[data-preset]")) button.setAttribute("aria-pressed", String(Boolean(given("package", button.dataset.preset))));
    for (const cards of body.querySelectorAll("[data-switch]")) press(cards);
    byId("draw").replaceWith(drawNode());
  } else {
    const top = body.scrollTop;
    body.replaceChildren(changedList(), presets(), featured(), allLevers(), contested(), drawNode());
    body.scrollTop = top;
  }
  if (focused) byId(focused)?.focus({ preventScroll: true });
}

// Whether somebody types a number into a lever that doesn't hold yet.
function beingTyped(lever) {
  const active = document.activeElement;
  return active?.type === "number" && lever.contains(active) && Number(active.value) !== given("lever", lever.dataset.lever)?.value;
}

// --- the list ---

function changedList() {
  const items = app.changes.map((change, at) => make("li", {},
    make("span", {}, changeName(change), outsideNote(change), presetNote(change), otherPeople([change]) ? make("small", {}, t("who_is_there_text")) : null),
    make("button", { type: "button", "aria-label": t("undo", { what: changeName(change) }), onclick: () => onchange(app.changes.filter((_, other) => other !== at)) }, "×"),
    make("label", {}, t("from"), " ", make("input", { type: "date", id: `from-${at}`, value: change.from, min: app.catalogue.days.first, max: app.catalogue.days.last, required: true,
      onblur: (event) => { // a date is typed digit by digit: it counts when the field is left
        if (event.target.value === change.from || !event.target.isConnected) return;
        if (event.target.value && event.target.checkValidity()) onchange(app.changes.map((each, other) => (other === at ? { ...each, from: event.target.value } : each)));
        else event.target.reportValidity();
      },
      onkeydown: (event) => { if (event.key === "Enter") event.target.blur(); } }))));
  return make("div", { id: "changed", class: "block" }, make("h3", {}, t("what_you_changed")),
    items.length ? make("ul", { class: "changes" }, ...items) : make("p", {}, t("nothing_changed")),
    items.length ? make("button", { type: "button", id: "undo-all", onclick: () => onchange([]) }, t("undo_all")) : null);
}

function outsideNote(change) {
  const lever = change.lever && leverOf(change.lever);
  if (!lever || typeof change.value !== "number" || (change.value >= lever.low && change.value <= lever.high)) return null;
  return make("span", { class: "outside" }, ` ${t("outside")}`);
}

function presetNote(change) { return change.package && presetIn(change.package)?.description ? make("small", {}, presetIn(change.package).description) : null; }

// --- presets, levers, switches ---

function presets() {
  return make("div", { class: "block" }, make("h3", {}, t("presets")), make("div", { class: "presets" }, ...app.catalogue.presets.map((preset) => make("button", {
    type: "button", id: `preset-${preset.name}`, "data-preset": preset.name, title: preset.description, "aria-pressed": String(Boolean(given("package", preset.name))),
    onclick: () => onchange(given("package", preset.name) ? [] : [{ package: preset.name, from: preset.from }]),
  }, preset.title)), ...(app.saved?.extra || []).filter((own) => own.run).map((own, at) => make("button", {
    type: "button", id: `kept-${at}`, onclick: () => onchange(own.changes, own.seed),
  }, own.changes.map(changeName).join("; ")))));
}

function featured() {
  return make("div", { class: "block" }, make("h3", {}, t("six_levers")), app.saved ? make("p", { class: "sure" }, t("needs_program")) : null, ...app.catalogue.featured.map((id) => leverNode(leverOf(id), "top")));
}

function fold(id, title, ...inside) {
  return make("details", { class: "block", id, open: opened.has(id), ontoggle: (event) => { if (event.target.open) opened.add(id); else opened.delete(id); } }, make("summary", {}, title), ...inside);
}

function allLevers() {
  const groups = () => app.catalogue.groups.map((group) => {
    const own = app.catalogue.levers.filter((lever) => lever.group === group.id && (!sought || `${lever.title} ${lever.id} ${lever.acts}`.toLowerCase().includes(sought)));
    if (!own.length) return null;
    const nodes = () => own.map((lever) => leverNode(lever, "all"));
    if (sought) return make("div", {}, make("h3", {}, group.title), ...nodes());
    return fold(`group-${group.id}`, group.title, ...nodes());
  });
  const list = make("div", { id: "levers" }, ...groups().filter(Boolean));
  return fold("all-levers", t("all_levers", { n: app.catalogue.levers.length }), make("input", {
    type: "search", id: "search", class: "search", placeholder: t("search"), "aria-label": t("search"), value: sought,
    oninput: (event) => { sought = event.target.value.trim().toLowerCase(); list.replaceChildren(...groups().filter(Boolean)); if (!list.children.length) list.append(make("p", {}, t("none_found"))); },
  }), list);
}

function leverNode(lever, at) {
  const change = given("lever", lever.id), value = change ? change.value : lever.default, id = `${at}-${lever.id}`;
  const off = lever.kind === "inert" || Boolean(app.saved);
  return make("div", { class: lever.kind === "inert" ? "lever off" : "lever", "data-lever": lever.id, "data-at": at },
    make("div", { class: "name" }, make("label", { for: id }, lever.title), make("output", { id: `${id}-now` }, lever.kind === "inert" ? "" : valueWords(lever, value))),
    lever.kind === "inert" ? make("p", { class: "sure", id }, lever.inert) : turn(lever, value, id, off),
    outside(lever, value), details(lever, id));
}

function outside(lever, value) {
  const beyond = typeof value === "number" && lever.kind === "graded" && (value < lever.low || value > lever.high);
  return beyond ? make("p", { class: "outside" }, t("outside")) : null;
}

function turn(lever, value, id, off) {
  const put = (dose) => set("lever", lever.id, JSON.stringify(dose) === JSON.stringify(lever.default) ? null : dose);
  if (lever.kind === "settings" || lever.kind === "flag") {
    const options = lever.kind === "flag" ? [{ value: true, label: t("yes") }, { value: false, label: t("no") }] : lever.settings;
    const unknown = !options.some((each) => each.value === value), recorded = lever.default === null || unknown;
    return make("select", { id, disabled: off, onchange: (event) => put(event.target.value === "" ? lever.default : JSON.parse(event.target.value)) },
      recorded ? make("option", { value: "", selected: unknown }, t("as_on_record")) : null,
      ...options.map((each) => make("option", { value: JSON.stringify(each.value), selected: each.value === value }, each.label + (each.value === lever.default ? ` (${t("today")})` : ""))));
  }
  const record = typeof lever.default !== "number";
  const stops = record ? [null, ...lever.stops] : lever.stops;
  const place = record && typeof value !== "number" ? 0 : nearest(stops, value);
  const typed = make("input", { type: "number", id: `${id}-typed`, "aria-label": t("type_value", { what: lever.title }), disabled: off, step: lever.grain || "any", min: lever.hard_low, max: lever.hard_high, value: typeof value === "number" ? value : "",
    onchange: (event) => { if (event.target.value !== "" && event.target.checkValidity()) put(Number(event.target.value)); else event.target.reportValidity(); } });
  const slider = make("input", { type: "range", id, disabled: off, min: 0, max: stops.length - 1, step: 1, value: place, "aria-valuetext": valueWords(lever, value),
    oninput: (event) => { const dose = stops[event.target.value]; byId(`${id}-now`).textContent = valueWords(lever, dose ?? lever.default); event.target.setAttribute("aria-valuetext", valueWords(lever, dose ?? lever.default)); typed.value = dose ?? ""; },
    onchange: (event) => put(stops[event.target.value] ?? lever.default) });
  const at = nearest(stops, record ? null : lever.default) / (stops.length - 1);
  const tick = make("span", { class: "tick" }, record ? t("as_on_record") : t("today_is", { value: valueWords(lever, lever.default) }));
  tick.style.setProperty("--at", at);
  const ends = make("div", { class: "mark" }, make("span", {}, record ? "" : valueWords(lever, lever.low)), make("span", {}, valueWords(lever, lever.high)));
  return make("div", {}, make("div", { class: "turn" }, make("div", { class: "track" }, slider, tick), typed), ends);
}

function nearest(stops, value) {
  if (value === null) return 0;
  let best = 0;
  stops.forEach((each, at) => { if (each !== null && (stops[best] === null || Math.abs(each - value) < Math.abs(stops[best] - value))) best = at; });
  return best;
}

function details(lever, id) {
  const rows = [["acts", lever.acts], ["does", lever.kind === "graded" ? lever.does : ""], ["range", lever.range_says], ["only_if", lever.under], ["course", (lever.course || []).map(([since, dose]) => `${day(since)}: ${dose === null ? t("several_values") : valueWords(lever, dose)}`).join("; ")], ["beside", (lever.beside || []).map((other) => leverOf(other)?.title).join("; ")], ["law", `${lever.law_words}. ${lever.legal_note || ""}`], ["who_is_there", lever.changes_who_is_there ? t("who_is_there_text") : ""], ["source", lever.sources]];
  return make("details", { id: `${id}-more`, open: opened.has(`${id}-more`), ontoggle: (event) => { if (event.target.open) opened.add(`${id}-more`); else opened.delete(`${id}-more`); } },
    make("summary", {}, lever.grade ? t("grade", { letter: lever.grade, word: lever.grade_words }) : t("more")),
    ...rows.filter(([, text]) => text).map(([key, text]) => make("p", {}, make("strong", {}, `${t(`lever.${key}`)} `), text)));
}

function contested() {
  return fold("contested", t("contested", { n: app.catalogue.switches.length }), make("p", { class: "sure" }, t("contested_note")), ...app.catalogue.switches.map((own) => {
    const cards = make("div", { class: "cards", role: "group", "aria-label": own.title, "data-switch": own.name }, ...own.cards.map((card) => make("button", {
      type: "button", class: "card", "data-value": JSON.stringify(card.value), disabled: Boolean(app.saved),
      onclick: () => set("switch", own.name, card.value === own.default ? null : card.value),
    }, make("span", {}, card.label, card.value === own.default ? ` (${t("today")})` : ""), make("small", {}, card.claim))));
    press(cards);
    return make("div", { class: "lever" }, make("h3", {}, own.title), cards);
  }));
}

function press(cards) {
  const own = switchOf(cards.dataset.switch), value = given("switch", own.name)?.value ?? own.default;
  for (const card of cards.children) card.setAttribute("aria-pressed", String(JSON.parse(card.dataset.value) === value));
}

// --- the draw of chance ---

function drawNode() {
  if (app.saved) return make("p", { id: "draw", class: "sure" }, t("draw_fixed", { seed: app.seed }));
  return make("div", { id: "draw", class: "block" }, make("h3", {}, t("draw")), make("p", { class: "sure" }, t("draw_note")), make("button", { type: "button", id: "another", onclick: () => onchange(app.changes, (app.seed % app.about.seeds.length) + 1) }, t("another_draw", { seed: app.seed })));
}
