"""The impact of a draft on a terminal: totals, per municipality, per ground, and open files."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from energiehuis.i18n import translate
from energiehuis.law_changes.draft_files import CaseRun
from energiehuis.law_changes.impact import EFFECTS, Effects, Impact
from energiehuis.law_changes.publication import publish, without_files
from energiehuis.reference_data.municipalities import get_municipality

_MOST_FILES = 30
_GROUPS = ("total", "open_files", "past_files", "demo_files")


def print_impact(
    console: Console, impact: Impact, run: CaseRun, language: str, *, is_public: bool
) -> None:
    """Print the impact; for the public small counts are hidden and no file is named."""
    shown = without_files(impact) if is_public else impact
    printer = _Printer(console, language, is_public=is_public)
    console.print(f"[bold]{impact.title}[/bold] ({impact.valid_from.isoformat()})")
    printer.say("cases", count=run.case_count, failures=len(run.failures) + len(run.without_case))
    printer.groups(shown)
    printer.areas(shown)
    printer.grounds(shown)
    if is_public:
        printer.say("hidden")
    else:
        printer.files(shown)
    if impact.imported_without_facts:
        printer.say("imported", count=impact.imported_without_facts)


class _Printer:
    def __init__(self, console: Console, language: str, *, is_public: bool) -> None:
        self.console, self.language, self.is_public = console, language, is_public

    def say(self, key: str, **params: object) -> None:
        self.console.print(self._words(key, **params), highlight=False)

    def groups(self, impact: Impact) -> None:
        cells = publish(impact).groups
        table = self._table("groups", ("files", *EFFECTS))
        for name in _GROUPS:
            effects: Effects = getattr(impact, name)
            counts = [getattr(effects, effect) for effect in ("files", *EFFECTS)]
            shown = [cells[name, effect] for effect in ("files", *EFFECTS)]
            table.add_row(self._words(name), *map(_cell, shown if self.is_public else counts))
        self.console.print(table)

    def areas(self, impact: Impact) -> None:
        cells = publish(impact).areas
        table = self._table("areas", ("files", *EFFECTS))
        for area in sorted(impact.areas, key=lambda a: get_municipality(a.nis_code).name):
            names = ("files", *EFFECTS)
            counts = [getattr(area.effects, name) for name in names]
            hidden = [cells[area.nis_code, name] for name in names]
            name = get_municipality(area.nis_code).name
            table.add_row(name, *map(_cell, hidden if self.is_public else counts))
        self.console.print(table)

    def grounds(self, impact: Impact) -> None:
        cells = publish(impact).grounds
        table = self._table("grounds", ("begins", "ends"))
        for ground in impact.grounds:
            counts = [ground.begins, ground.ends]
            hidden = [cells[ground.ground, name] for name in ("begins", "ends")]
            what = translate(f"eligibility.ground.{ground.ground}", self.language)
            table.add_row(what, *map(_cell, hidden if self.is_public else counts))
        if impact.grounds:
            self.console.print(table)

    def files(self, impact: Impact) -> None:
        self.say("look_again", count=len(impact.to_look_at))
        for file in impact.to_look_at[:_MOST_FILES]:
            before, after = (
                translate(f"law_changes.impact.outcome.{word}", self.language)
                for word in (file.before, file.after)
            )
            place = get_municipality(file.nis_code).name
            line = f"  {file.reference}  {file.applied_on.isoformat()}  {place}: {before} → {after}"
            self.console.print(line, highlight=False)
        if len(impact.to_look_at) > _MOST_FILES:
            self.say("and_more", count=len(impact.to_look_at) - _MOST_FILES)

    def _table(self, title: str, columns: tuple[str, ...]) -> Table:
        table = Table(title=self._words(title), title_justify="left", box=SIMPLE_HEAD)
        table.add_column("")
        for name in columns:
            table.add_column(self._words(name), justify="right")
        return table

    def _words(self, key: str, **params: object) -> str:
        return translate(f"law_changes.impact.{key}", self.language, **params)


def _cell(count: int | None) -> str:
    return "*" if count is None else str(count)
