"""Command groups that import a command only when it is called, so that `--help` is fast."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click

from energiehuis.config import SettingsError
from energiehuis.errors import DomainError, InvalidInput


@dataclass(frozen=True, slots=True)
class LazyCommand:
    """Where a command stands, and what the list of commands says of it."""

    name: str
    module: str
    attribute: str
    summary: str

    @property
    def exists(self) -> bool:
        """Say whether its module is part of this installation."""
        return find_spec(self.module) is not None

    def load(self) -> click.Command:
        """Import the command."""
        found = getattr(import_module(self.module), self.attribute)
        if not isinstance(found, click.Command):
            raise TypeError(f"{self.module}.{self.attribute} is no command")
        return found


class LazyGroup(click.Group):
    """A group of lazy commands; what the domain refuses ends in a sentence, not in a trace."""

    def __init__(self, *args: Any, lazy: Sequence[LazyCommand] = (), **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self._lazy = {command.name: command for command in lazy if command.exists}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List all commands that exist, by name."""
        return sorted([*super().list_commands(ctx), *self._lazy])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give a command, importing it now if need be."""
        lazy = self._lazy.get(cmd_name)
        return lazy.load() if lazy else super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing one of them."""
        rows = [(name, self._summary(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        """Run the command, and say in words what was refused."""
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            raise click.ClickException(str(error)) from error
        except DomainError as error:
            raise click.ClickException(sentences_of(error)) from error

    def _summary(self, ctx: click.Context, name: str) -> str:
        if name in self._lazy:
            return self._lazy[name].summary
        command = super().get_command(ctx, name)
        return command.get_short_help_str(80) if command else ""


def sentences_of(error: DomainError) -> str:
    """Say what the domain refuses, one line for each wrong field."""
    from energiehuis.i18n import translate  # noqa: PLC0415  reads all catalogues

    if not isinstance(error, InvalidInput):
        return translate(error.code, "en", **error.params)
    return "\n".join(f"{e.field}: {translate(e.code, 'en', **e.params)}" for e in error.errors)
