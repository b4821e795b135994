"""Writes docs/reference/*.md from the code: the commands, the JSON API, Python, errors, the tables of the record.

python docs/reference.py
"""

from __future__ import annotations

import inspect
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

import typer

import dragoman
from dragoman import errors
from dragoman.cli.app import app as commands
from dragoman.record import Record
from dragoman.web.app import create_app
from dragoman.web.pages.api import Operation, operations, type_words
from dragoman.web.problem import _STATUS as PROBLEMS
from dragoman.web.settings import Settings

FOLDER = Path(__file__).with_name("reference")
MADE = "This page is made from the code (`make docs`), and a test holds it to that."

# Beyond what `import dragoman` offers: what how-tos and programs use, room by room.
FURTHER = {
    "dragoman.record": ("EventFilter", "Snapshots"),
    "dragoman.pipeline": ("read_many", "Text", "Outcome", "Summary"),
    "dragoman.views.subjects": ("subject", "Subject"),
    "dragoman.views.scope": ("Scope",),
    "dragoman.views.dossier": ("dossier",),
    "dragoman.views.since": ("since",),
    "dragoman.views.facets": ("facets",),
    "dragoman.views.network": ("network",),
    "dragoman.views.coverage": ("coverage",),
    "dragoman.views.search": ("search",),
    "dragoman.exchange.exporting": ("send_out",),
    "dragoman.exchange.importing": ("bring_in",),
}
# How every list narrows its events; told once instead of at each address.
CONDITIONS = (
    *("country", "actor", "recipient", "entity", "outlet", "category", "mode", "context", "quad", "status", "voice"),
    *("year", "from", "to"),
)
ROLE = re.compile(r":(?:class|meth|func|attr|data|mod|exc):`~?([^`]+)`")
FIELD = re.compile(r"^:(param|raises|return)\s*([^:]*):\s*(.*)$", re.S)


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    """A table in Markdown."""
    named = list(heads)
    return [_row(named), f"|{' --- |' * len(named)}", *map(_row, rows), ""]


def _row(cells: Iterable[object]) -> str:
    return " | ".join(("", *(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells), "")).strip()


def words(docstring: str | None) -> str:
    """A docstring as Markdown: roles and double backticks as code, parameters and errors as a list."""
    plain = ROLE.sub(r"`\1`", inspect.cleandoc(docstring or "")).replace("``", "`")
    text, *told = re.split(r"\n(?=:(?:param|raises|return))", plain)
    listed = [_told(*FIELD.match(" ".join(each.split())).groups()) for each in told if FIELD.match(each)]  # type: ignore[union-attr]
    return "\n\n".join(filter(None, (text.strip(), "\n".join(listed))))


def _told(kind: str, name: str, said: str) -> str:
    return f"- raises `{name}`: {said}" if kind == "raises" else f"- `{name}`: {said}"


# The commands


def cli() -> str:
    """Every verb with its arguments, options and examples, as `--help` tells them."""
    group: Any = typer.main.get_command(commands)
    lines = ["# The commands", "", f"What `dragoman VERB --help` says. {MADE}", "", *_sentences(group.help), ""]
    lines += table(("verb", "what it does"), ((f"[{name}](#{name})", _first(verb.help)) for name, verb in _verbs()))
    for name, verb in _verbs():
        lines += _verb(name, verb)
    return "\n".join(lines)


def _verbs() -> Iterable[tuple[str, Any]]:
    found: dict[str, Any] = vars(typer.main.get_command(commands))["commands"]
    return found.items()


def _first(text: str) -> str:
    return text.split("\n\n")[0]


def _sentences(text: str) -> list[str]:
    """A help text, its paragraphs apart."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text.strip()).split("\n")


def _verb(name: str, verb: Any) -> Iterator[str]:
    arguments = [each for each in verb.params if each.param_type_name == "argument"]
    options = [each for each in verb.params if each.param_type_name == "option"]
    yield from (
        f"## {name}",
        "",
        f"    dragoman {name} {' '.join(map(_argument, arguments))}".rstrip() + " [OPTIONS]",
        "",
    )
    yield from (*_sentences(verb.help), "")
    if arguments:
        yield from table(("argument", "what it is"), ((f"`{each.metavar}`", each.help) for each in arguments))
    yield from table(("option", "what it does", "left out"), map(_option, options))
    yield from (f"- {line}" for line in filter(None, verb.epilog.strip().split("\n")))
    yield ""


def _argument(parameter: Any) -> str:
    shown = str(parameter.metavar)
    return shown if parameter.required else f"[{shown}]"


def _option(option: Any) -> tuple[str, str, str]:
    names = ", ".join(f"`{name}{_value(option)}`" for name in (*option.opts, *option.secondary_opts))
    left_out = "needed" if option.required else _default(option.default)
    return names, option.help + (" May be given several times." if _repeats(option) else ""), left_out


def _repeats(option: Any) -> bool:
    return bool(option.multiple) and "several times" not in option.help


def _value(option: Any) -> str:
    if option.is_flag:
        return ""
    of = option.type_descriptor.annotation
    choices = "|".join(str(each.value) for each in of) if inspect.isclass(of) and issubclass(of, Enum) else "N"
    return f" {option.metavar or choices}"


def _default(value: Any) -> str:
    shown = getattr(value, "value", value)
    return "" if shown in (None, False) else f"`{shown}`"


# The JSON API


def api() -> str:
    """Every address, from the OpenAPI document of a server that allows no corrections."""
    document = _document()
    lines = ["# The JSON API", "", f"What `/openapi.json` of `dragoman serve` says. {MADE}", ""]
    lines += [document["info"]["description"], ""]
    told = list(operations(document))
    lines += ["## Conditions", "", "Parameters that many addresses share; an event must meet every one given.", ""]
    shared = next(each for each in told if each.path == "/events.json").parameters
    lines += _parameters(each for each in shared if each["name"] in CONDITIONS)
    for tag, group in groupby(sorted(told, key=lambda each: each.tag), key=lambda each: each.tag):
        lines += [f"## {tag.capitalize()}", ""]
        for _, same in groupby(group, key=lambda each: (each.path.rpartition(".")[0], each.about)):
            lines += _address(list(same))
    return "\n".join([*lines, *_shapes(document["components"]["schemas"])])


def _document() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        Record.open(path := Path(folder) / "empty.duckdb").close()
        made = create_app(Settings(record=path))
        document: dict[str, Any] = made.openapi()
        made.state.sandbox.close()
        made.state.snapshots.close()
    return document


def _address(same: list[Operation]) -> Iterator[str]:
    first = same[0]
    yield from (f"### {', '.join(f'`{each.path}`' for each in same)}", "", f"{first.about or first.summary}", "")
    yield from ("; ".join(f"`.{each.path.rpartition('.')[2]}`: {_answer(each.answer)}" for each in same) + ".", "")
    own = [each for each in first.parameters if each["name"] not in CONDITIONS or each["in"] == "path"]
    conditions = [each for each in first.parameters if each["name"] in CONDITIONS]
    if len(conditions) < len(CONDITIONS):
        own += conditions
    else:
        yield from ("Takes the [conditions](#conditions).", "")
    if own:
        yield from _parameters(own)


def _answer(shape: str) -> str:
    return f"`{shape}`" if "/" in shape else f"[{shape}](#{shape.lower()})"


def _parameters(each: Iterable[Mapping[str, Any]]) -> list[str]:
    heads = ("parameter", "type", "left out", "what it asks")
    return table(
        heads, ((f"`{of['name']}`", type_words(of["schema"]), _left_out(of), of["description"]) for of in each)
    )


def _left_out(of: Mapping[str, Any]) -> str:
    if of.get("required"):
        return "in the path" if of["in"] == "path" else "needed"
    default = of["schema"].get("default")
    return "" if default in (None, [], "", False) else f"`{default}`"


def _shapes(shapes: Mapping[str, Any]) -> Iterator[str]:
    yield from ("## Shapes", "")
    for name, shape in shapes.items():
        yield from (f"### {name}", "")
        if shape.get("description"):
            yield from (shape["description"], "")
        if "properties" in shape:
            yield from table(
                ("field", "type"), ((f"`{of}`", _linked(kind)) for of, kind in shape["properties"].items())
            )


def _linked(kind: Mapping[str, Any]) -> str:
    return re.sub(r"\b[A-Z]\w+", lambda shape: f"[{shape[0]}](#{shape[0].lower()})", type_words(kind))


# Python


def python() -> str:
    """The public names, from their signatures and docstrings."""
    lines = ["# Python", "", f"What `import dragoman` offers, and what lies behind it. {MADE}", ""]
    lines += [words(dragoman.__doc__).split("\n\n", 1)[0], ""]
    offered = [name for name in dragoman.__all__ if not name.startswith("_")]
    offered.sort(key=lambda name: (inspect.isclass(getattr(dragoman, name)), name != "Record"))
    for name in offered:
        lines += _name(f"dragoman.{name}", getattr(dragoman, name))
    lines += ["# Further in", "", "Imported from the module that each name begins with.", ""]
    for module, names in FURTHER.items():
        for name in names:
            lines += _name(f"{module}.{name}", getattr(import_module(module), name))
    return "\n".join(lines)


def _name(full: str, what: Any) -> Iterator[str]:
    yield from (f"## {full.rpartition('.')[2]}", "")
    if inspect.isclass(what) and not is_dataclass(what):
        yield from (f"`class {full}`", "", words(what.__doc__), "")
        yield from _methods(what)
    elif isinstance(what, type) and is_dataclass(what):
        yield from (f"`class {full}`", "", words(what.__doc__), "")
        yield from table(("field", "type", "left out"), map(_field, fields(what)))
        yield from _methods(what)
    else:
        yield from _function(full, what)


def _field(of: Any) -> tuple[str, str, str]:
    if of.default_factory is not MISSING:
        return f"`{of.name}`", f"`{of.type}`", "empty"
    return f"`{of.name}`", f"`{of.type}`", "needed" if of.default is MISSING else f"`{of.default!r}`"


def _methods(of: type) -> Iterator[str]:
    """Public methods and properties, those of the class itself first."""
    seen: set[str] = set()
    for each in of.__mro__:
        for name, value in vars(each).items():
            if name.startswith("_") or name in seen or not each.__module__.startswith("dragoman"):
                continue
            seen.add(name)
            plain = value.__func__ if isinstance(value, classmethod | staticmethod) else value
            if isinstance(value, property):
                yield from (
                    f"**`.{name}`** : `{value.fget.__annotations__.get('return')}`",
                    "",
                    words(value.__doc__),
                    "",
                )
            elif inspect.isfunction(plain):
                yield from _function(f".{name}", plain)


def _function(name: str, function: Callable[..., object]) -> Iterator[str]:
    yield from ("```python", f"{name}{_signature(function)}", "```", "", words(function.__doc__), "")


def _signature(function: Callable[..., object]) -> str:
    """The signature as it is written, self and cls left out."""
    told = inspect.signature(function)
    kept = [each for each in told.parameters.values() if each.name not in ("self", "cls")]
    plain = [each.replace(annotation=_Plain(each.annotation)) for each in kept]
    return str(told.replace(parameters=plain, return_annotation=_Plain(told.return_annotation)))


class _Plain(str):
    """An annotation that is shown without the quotes of a string."""

    __slots__ = ()
    __repr__ = str.__str__


# Errors


def failing() -> str:
    """The kinds of errors with the words they go by in the record, in a program and in the pages."""
    kinds = [each for each in vars(errors).values() if inspect.isclass(each) and issubclass(each, errors.DragomanError)]
    lines = ["# Errors", "", f"What can go wrong on purpose, and how it is told. {MADE}", ""]
    lines += [*TOLD, ""]
    rows = ((f"`{each.__name__}`", f"`{each.kind}`", words(each.__doc__)) for each in kinds)
    lines += table(("class", "kind", "what happened"), rows)
    lines += [
        "A failure of kind `internal` is a fault of the program, met while one source was read; its details say where.",
        "",
    ]
    lines += ["## Exit status", "", *table(("status", "when"), STATUSES), "## In the pages and the API", ""]
    lines += ['Every error is `{"error": {"status": …, "kind": …, "reason": …}}`, or a page that says the same.', ""]
    answered = [(f"{status.value}", f"`{kind}`", f"`{of.__name__}`") for of, kind, status in PROBLEMS]
    lines += table(("status", "kind", "for"), [*answered, ("422", "`input`", "a parameter of the wrong form")])
    return "\n".join(lines)


TOLD = (
    "In Python each is a class of `dragoman.errors` with `reason`, `source` and `kind`; in a batch it becomes a row of",
    "the record's failures under its kind; on the command line a line on the standard error.",
)
STATUSES = (
    ("0", "all read, or done"),
    ("1", "some sources failed, each named with why; or what was asked for is not there"),
    ("2", "usage: an option or a value that does not exist"),
    ("130", "ended by Ctrl-C"),
)


# The tables of the record


NAMED = """
SELECT table_name AS name, comment FROM duckdb_tables()
UNION ALL SELECT view_name, comment || ' (a view)' FROM duckdb_views() WHERE NOT internal ORDER BY name
"""
COLUMNS = """
SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY column_index
"""


def tables() -> str:
    """Every table, view and column with the comment that lies in the file."""
    lines = ["# The tables of the record", "", f"The comments that every record carries, column by column. {MADE}", ""]
    with Record.open(":memory:") as record:
        named, columns = record.select(NAMED), record.select(COLUMNS)
    for each in named:
        own = [of for of in columns if of["table_name"] == each["name"]]
        lines += [f"## {each['name']}", "", f"{each['comment']}.", ""]
        rows = ((f"`{of['column_name']}`", of["data_type"], of["comment"]) for of in own)
        lines += table(("column", "type", "what it holds"), rows)
    return "\n".join(lines)


PAGES: dict[str, Callable[[], str]] = {"cli": cli, "api": api, "python": python, "errors": failing, "tables": tables}


def main() -> None:
    """Writes every page."""
    FOLDER.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / f"{name}.md").write_text(page().rstrip("\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
