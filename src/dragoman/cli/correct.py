"""``dragoman correct``: what an analyst knows better, kept beside what was read."""

from __future__ import annotations

import json as json_format
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.forms import write_csv, write_json
from dragoman.cli.options import DEFAULT_RECORD, CsvOption, RecordOption, one_form
from dragoman.cli.output import out
from dragoman.cli.render import print_corrections
from dragoman.model import Correction, Json
from dragoman.record import Record
from dragoman.views.corrections import CorrectionLine, correction_lines

NAME = "correct"
EXAMPLES = """
Another category: `dragoman correct baf9679b --set category=REJECT --why "she declined the offer"`

Both sides at once: `dragoman correct baf9679b --set actors=DZA --set recipients=USA --why "the other way round"`

No event at all: `dragoman correct baf9679b --reject --why "a quotation from a novel"`

Two events that are one: `dragoman correct baf9679b --merge 51c0aa12 --why "the same visit"`

Two people under one name: `dragoman correct person:ali-hassan --entity --split a1b2 --why "the minister's namesake"`

What was changed, and taking it back: `dragoman correct --list`, `dragoman correct --undo 3 --why "I was wrong"`
"""

WHO = "DRAGOMAN_WHO"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line asks for."""

    targets: Sequence[str]
    sets: Sequence[str]
    reject: bool
    restore: bool
    split: Sequence[str]
    merge: Sequence[str]
    entity: bool
    name: str | None
    undo: int | None

    def actions(self) -> list[str]:
        """The changes that are asked for: one is meant."""
        given = {"--set": self.sets, "--reject": self.reject, "--restore": self.restore, "--split": self.split}
        given |= {"--merge": self.merge, "--undo": self.undo is not None}
        return [name for name, value in given.items() if value]

    def several(self, first: Sequence[str]) -> list[str]:
        """An option's value with what follows it: ``--split REPORT REPORT`` reads as one would write it."""
        return [*first, *self.targets[1:]]


def run(
    targets: Annotated[
        list[str] | None,
        typer.Argument(metavar="EVENT…", help="An event's id or its beginning; with --entity, an entity's id."),
    ] = None,
    *,
    sets: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="category, modes, contexts, auxiliary, date, enddate, precision, place, actors, recipients, about; "
            "lists with commas; nothing after = for none. May be given several times.",
        ),
    ] = None,
    reject: Annotated[bool, typer.Option("--reject", help="It is no event: left out of all answers.")] = False,
    restore: Annotated[bool, typer.Option("--restore", help="It is one after all.")] = False,
    split: Annotated[
        list[str] | None,
        typer.Option(metavar="REPORT…", help="These reports tell of another event; with --entity: articles' ids."),
    ] = None,
    merge: Annotated[
        list[str] | None, typer.Option(metavar="EVENT…", help="These are the same event; with --entity: entities.")
    ] = None,
    entity: Annotated[bool, typer.Option("--entity", help="Split or merge an entity, not an event.")] = False,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="With --entity --split: the other's name.")] = None,
    undo: Annotated[int | None, typer.Option(metavar="N", help="Take the correction of this number back.")] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the corrections, of EVENT or of all.")] = False,
    who: Annotated[
        str | None, typer.Option(metavar="NAME", help=f"Who says so; else ${WHO}, else git's user.name.")
    ] = None,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="Why; always needed for a change.")] = None,
    record: RecordOption = DEFAULT_RECORD,
    json: Annotated[bool, typer.Option("--json", help="Print JSON: the corrections made, or listed.")] = False,
    csv: CsvOption = False,
) -> None:
    """Correct the record: change a field, reject an event, split or merge events and entities, undo.

    What was read stays beside what is said here. Corrections survive reading the same articles again, and the last one
    of a field holds.
    """
    one_form(json=json, csv=csv)
    asked = _Asked(targets or (), sets or (), reject, restore, split or (), merge or (), entity, name, undo)
    if listing:
        made = _listed(asked, record)
    else:
        _check(asked)
        made = _change(asked, record, who=_who(who), why=_why(why))
    _print(made, json=json, csv=csv)


def _listed(asked: _Asked, record: Path) -> Sequence[Correction]:
    if asked.actions():
        raise typer.BadParameter(f"--list changes nothing: leave {asked.actions()[0]} out")
    with Record.open(record, read_only=True) as kept:
        return kept.corrections(asked.targets[0] if asked.targets else None)


def _check(asked: _Asked) -> None:
    actions = asked.actions()
    if len(actions) != 1:
        raise typer.BadParameter("choose one of --set, --reject, --restore, --split, --merge, --undo and --list")
    action = actions[0]
    if action == "--undo" and asked.targets:
        raise typer.BadParameter("--undo takes the number of a correction and no event")
    if action != "--undo" and not asked.targets:
        raise typer.BadParameter(f"{action} of what? Give an id", param_hint="EVENT")
    if len(asked.targets) > 1 and action not in ("--split", "--merge"):
        raise typer.BadParameter(f"{action} takes one event")
    if asked.entity and action not in ("--split", "--merge"):
        raise typer.BadParameter("--entity goes with --split or --merge")
    if asked.name is not None and not (asked.entity and action == "--split"):
        raise typer.BadParameter("--name goes with --entity --split")


def _change(asked: _Asked, record: Path, *, who: str, why: str) -> list[Correction]:
    with Record.open(record) as kept:
        if asked.undo is not None:
            return [kept.undo(asked.undo, who=who, why=why)]
        target = asked.targets[0]
        if asked.sets:
            return kept.correct_fields(target, _values(asked.sets), who=who, why=why)
        if asked.reject or asked.restore:
            return [(kept.reject if asked.reject else kept.restore)(target, who=who, why=why)]
        return [_regroup(asked, kept, target, who=who, why=why)]


def _regroup(asked: _Asked, record: Record, target: str, *, who: str, why: str) -> Correction:
    split, merge = asked.several(asked.split), [target, *asked.several(asked.merge)]
    if asked.entity and asked.split:
        return record.split_entity(target, split, name=asked.name, who=who, why=why)
    if asked.entity:
        return record.merge_entities(merge, who=who, why=why)
    if asked.split:
        return record.split_event(target, split, who=who, why=why)
    return record.merge_events(merge, who=who, why=why)


def _values(sets: Sequence[str]) -> dict[str, Json]:
    """Fields and values of ``FIELD=VALUE``; what begins like JSON is JSON."""
    values: dict[str, Json] = {}
    for each in sets:
        field, mark, value = each.partition("=")
        if not mark or not field.strip():
            raise typer.BadParameter(f"{each!r} is not FIELD=VALUE", param_hint="--set")
        if field.strip() in values:
            raise typer.BadParameter(f"{field.strip()} is given twice", param_hint="--set")
        values[field.strip()] = _value(value.strip())
    return values


def _value(text: str) -> Json:
    if text[:1] not in ("[", "{"):
        return text
    try:
        value: Json = json_format.loads(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not JSON: {error}", param_hint="--set") from None
    return value


def _who(given: str | None) -> str:
    name = given or os.environ.get(WHO, "") or _name_in_git()
    if not name.strip():
        raise typer.BadParameter(f"who says so? Give --who, or set {WHO}", param_hint="--who")
    return name.strip()


def _name_in_git() -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    asked = subprocess.run([git, "config", "user.name"], capture_output=True, text=True, check=False)
    return asked.stdout.strip()


def _why(given: str | None) -> str:
    if given is None or not given.strip():
        raise typer.BadParameter("a correction needs a reason", param_hint="--why")
    return given.strip()


def _print(made: Sequence[Correction], *, json: bool, csv: bool) -> None:
    if json:
        write_json([asdict(each) | {"made": each.made.isoformat()} for each in made])
        return
    if csv:
        write_csv(tuple(CorrectionLine.__slots__), [asdict(line) for line in correction_lines(made)])
    elif made:
        print_corrections(out(), made)
    else:
        out().print("No corrections.")
