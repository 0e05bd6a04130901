"""How a command's help is laid out: as a person would write it, without the types that Python has for its arguments."""

from __future__ import annotations

from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperOption

__all__ = ["PlainCommand"]


class PlainCommand(TyperCommand):
    """A command whose help names its arguments as its examples do: `MAPPING FILES...`, and in brackets what may go."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What follows the command's name in the line of usage."""
        arguments = [argument for argument in self.params if isinstance(argument, TyperArgument)]
        written = [_name(argument) if argument.required else f"[{_name(argument)}]" for argument in arguments]
        options = [option for option in self.params if isinstance(option, TyperOption)]
        written += [f"{option.opts[0]} {option.metavar}" for option in options if option.required]
        # Click writes no usage at all where nothing follows the name.
        is_open = not written or not all(option.required for option in options)
        return [*written, *(["[OPTIONS]"] if is_open else [])]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The arguments and options, each with its sentence."""
        arguments = [(_name(one), one.help or "") for one in self.params if isinstance(one, TyperArgument)]
        options = [one.get_help_record(ctx) for one in self.get_params(ctx) if not isinstance(one, TyperArgument)]
        for title, records in (("Arguments", arguments), ("Options", [record for record in options if record])):
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


def _name(argument: TyperArgument) -> str:
    name = argument.metavar or argument.name.upper()
    return name if argument.nargs == 1 else f"{name}..."
