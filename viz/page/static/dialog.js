// The one dialog of the page, and tables in it.
import { byId, dated, make, number, shown, t } from "./store.js";
import { changesInWords } from "./catalogue.js";

export function openDialog(title, ...inside) {
  const dialog = byId("dialog");
  byId("dialog-h").textContent = title;
  byId("dialog-body").replaceChildren(...inside.filter((each) => each !== null && each !== false));
  byId("dialog-body").scrollTop = 0;
  if (!dialog.open) dialog.showModal();
  return dialog;
}

function tableNode(head, rows, caption) {
  return make("table", {}, caption ? make("caption", { class: "unseen" }, caption) : null,
    make("thead", {}, make("tr", {}, ...head.map((each) => make("th", { scope: "col" }, each)))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((each, at) => make(at ? "td" : "th", at ? {} : { scope: "row" }, cellText(each)))))));
}

// The week, the changes and the warning that belong to every table.
function tableAbout(week) {
  const changes = changesInWords();
  return `${t("week_of", { date: dated(week) })}. ${changes ? t("figure_changes", { changes }) : t("no_change_yet")} ${t("uncalibrated")}.`;
}

function cellText(value) { return typeof value !== "number" ? value : number(value, Number.isInteger(value) ? 0 : 2); }

export function showTable(title, head, rows, week = shown()) {
  const about = tableAbout(week);
  openDialog(title, make("p", {}, about), make("div", { class: "row" }, make("button", { type: "button", onclick: () => saveText(`${title}.csv`, csv(head, [...rows, [about]]), "text/csv") }, t("csv"))), tableNode(head, rows, title));
}

export function csv(head, rows) {
  const cell = (value) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
  return [head, ...rows].map((row) => row.map(cell).join(",")).join("\n") + "\n";
}

export function saveText(name, text, type) { saveBlob(name, new Blob([text], { type: `${type};charset=utf-8` })); }

export function saveBlob(name, blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name.replace(/[^\w.-]+/g, "_") });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
