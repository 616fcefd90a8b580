"""Small house rules that no linter knows, and sizes."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BANNED = {
    r"\.quantize\(": ("Round in energiehuis/money.py only.", "energiehuis/money.py"),
    r"\.commit\(\)": ("Only the unit of work commits.", "energiehuis/db/unit_of_work.py"),
    r"session\.query\(": ("Write select() and Session.scalars().", ""),
    r"np\.random\.(?!Generator|SeedSequence|PCG64|Philox|default_rng\(\w)|default_rng\(\)": (
        "Pass a seeded numpy Generator in.",
        "",
    ),
    r"\b(?:FIX" + r"ME|XX" + r"X)\b": ("Do it, or write it down where it will be found.", ""),
}
FILES = sorted(p for d in ("api", "energiehuis", "savings_model") for p in (ROOT / d).rglob("*.py"))
LIMIT_LINES = 400
# A table of figures is as long as what it tabulates.
LONG: dict[str, str] = {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_banned_text(path):
    name = str(path.relative_to(ROOT))
    found = [
        why
        for pattern, (why, home) in BANNED.items()
        if name != home and re.search(pattern, path.read_text())
    ]
    assert found == []


def test_files_are_short_enough_to_read_in_one_go():
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in FILES
        if (lines := len(path.read_text().splitlines())) > LIMIT_LINES
    }
    assert too_long.keys() - LONG.keys() == set(), too_long


def test_no_path_of_a_machine_and_no_registry_stands_in_the_project():
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    registries = "py" + r"pi\.o" + "rg|python" + r"hosted|registry\.n" + "pm"
    pattern = re.compile(rf"(?<![\w`.:/])/(?:work|root|home)/[\w.]|{registries}")
    found = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if not path.is_file() or path.suffix in {".png", ".pdf", ".woff2", ".ico", ".parquet"}:
            continue
        text = path.read_text("utf-8", errors="ignore")
        found += [f"{name}: {m.group(0)}" for m in pattern.finditer(text)]
    assert found == []


def test_every_page_that_the_code_names_is_there():
    named = re.compile(r"docs/[\w./-]+\.(?:md|yaml|csv|json)")
    missing = {
        f"{path.relative_to(ROOT)}: {page}"
        for path in FILES
        for page in named.findall(path.read_text("utf-8"))
        if not (ROOT / page).is_file()
    }
    assert missing == set()


def test_every_link_between_pages_leads_somewhere():
    link = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    dead = {
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in link.findall(page.read_text("utf-8"))
        if not (page.parent / target).exists()
    }
    assert dead == set()
