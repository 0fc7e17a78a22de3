"""Modules as one script: it does the same, and what can't be put into it is refused."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from terugkeer.viz.page.script import ScriptError, one_script

MODULES = {
    "page.js": """// starts the page
import { total, twice as double } from "./sums.js";
import {
  NAMES,
  Teller,
} from "./names.js";

const local = "main";
console.log(local, double(total([1, 2])), NAMES.join("+"), new Teller().tell());
""",
    "sums.js": """const local = "sums"; // the same name as in another module
export function total(numbers) {
  return numbers.reduce((a, b) => a + b, 0);
}
export const twice = (number) => 2 * number;
export async function later() {
  return local;
}
""",
    "names.js": """import { total } from "./sums.js";
export const NAMES = ["one", "two"];
export class Teller {
  tell() {
    return `import { nothing } from a text; ${total([3, 4])}`;
  }
}
""",
    "unused.js": 'import { x } from "./nowhere.js";\n',
}


@pytest.mark.skipif(shutil.which("node") is None, reason="runs the script")
def test_the_script_does_what_the_modules_do() -> None:
    done = subprocess.run(
        ["node", "--input-type=module"],  # noqa: S607 - wherever it is
        input=one_script(MODULES),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "main 6 one+two import { nothing } from a text; 7\n"


def test_each_module_stands_once_behind_what_it_imports_and_unused_ones_are_left_out() -> None:
    script = one_script(MODULES)
    places = [script.index(f"const module_{name} = ") for name in ("sums", "names", "page")]
    assert places == sorted(places)
    assert script.count("const module_sums = ") == 1
    assert "unused" not in script
    assert "\nexport " not in script
    assert "\nimport " not in script
    assert "const { total, twice: double } = module_sums;" in script
    assert "return { total, twice, later };" in script


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('import { a } from "./page.js";\nexport const b = 1;', "page.js -> other.js -> page.js"),
        ('import { a } from "./nowhere.js";', "other.js: imports nowhere.js, which is not there"),
        ('import * as a from "./sums.js";', "import * as a"),
        ('import a from "./sums.js";', "import a from"),
        ('import "./sums.js";', 'import "./sums.js"'),
        ('import { a } from "https://cdn.example/a.js";', "https://cdn.example"),
        ('import { a } from "../a.js";', "../a.js"),
        ("import { a } from './sums.js';", "import { a } from './sums.js'"),
        ("export default 1;", "export default 1"),
        ("export let a = 1;", "export let a"),
        ("export { a };", "export { a }"),
        ('export * from "./sums.js";', "export * from"),
        ('const a = await import("./sums.js");', "import("),
        ("const a = import.meta.url;", "import.meta"),
        ('const a = "</script>";', "end the script"),
        ('const a = "</SCRIPT >";', "end the script"),
        ('const a = "<!--";', "end the script"),
    ],
)
def test_what_cannot_stand_in_one_script_is_refused(text: str, said: str) -> None:
    modules = {"page.js": 'import { b } from "./other.js";\n', "other.js": text, "sums.js": ""}
    with pytest.raises(ScriptError) as caught:
        one_script(modules)
    assert said in str(caught.value)


def test_a_module_that_imports_itself_or_a_missing_start_is_refused() -> None:
    with pytest.raises(ScriptError, match=r"page\.js -> page\.js"):
        one_script({"page.js": 'import { a } from "./page.js";'})
    with pytest.raises(ScriptError, match=r"imports page\.js, which is not there"):
        one_script({})
