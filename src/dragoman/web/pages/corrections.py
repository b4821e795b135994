"""What analysts corrected; and, where the server allows it, the forms that do so."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from dragoman.model import Correction, Json
from dragoman.record import Record
from dragoman.views.rows import of_ids
from dragoman.web import token
from dragoman.web.asking import Kept, Paged
from dragoman.web.changes import Change, change, fields_of, signature_of
from dragoman.web.charts import event_address
from dragoman.web.forms import Page, Row, add
from dragoman.web.refusal import refuse
from dragoman.web.render import path_part

router = APIRouter(tags=["corrections"])
forms = APIRouter(include_in_schema=False)

# A field, a reason, a list of ids: more than that is no answer to a form of one line.
LONGEST = 2000

Said = Annotated[str, Form(max_length=LONGEST)]
Signature = Annotated[str, Form(max_length=200)]


@dataclass(frozen=True, slots=True)
class ChangeList:
    """Some of the corrections, the latest first, and how many there are."""

    total: int
    offset: int
    limit: int
    rows: tuple[Change, ...]


def corrections(record: Kept, paged: Paged) -> ChangeList:
    """Every correction with who made it, when and why; also those that were undone."""
    made = [change(each) for each in reversed(record.corrections())]
    return ChangeList(len(made), paged.offset, paged.limit, tuple(made[paged.offset : paged.offset + paged.limit]))


def _rows(found: ChangeList) -> Iterable[Row]:
    return ({**asdict(each), "was": json.dumps(each.was), "now": json.dumps(each.now)} for each in found.rows)


@forms.post("/event/{id}/correct")
async def correct(request: Request, id: str, who: Said, why: Said, signature: Signature) -> RedirectResponse:
    """Change the fields of an event that are not what they were when the form was shown."""
    said = await request.form()

    def make(kept: Record) -> list[Correction]:
        now = fields_of(of_ids(kept, [kept.event(id).id])[id])
        typed = {each.name: str(said.get(each.name, each.value)).strip() for each in now}
        changes: dict[str, Json] = {each.name: typed[each.name] for each in now if typed[each.name] != each.value}
        if not changes:
            raise refuse("nothing would change: every field says so already")
        return kept.correct_fields(id, changes, who=who, why=why)

    return await run_in_threadpool(_write, request, signature, event_address(id), make)


@forms.post("/event/{id}/reject")
def reject(request: Request, id: str, who: Said, why: Said, signature: Signature) -> RedirectResponse:
    """Say that it is no event."""
    return _write(request, signature, event_address(id), lambda kept: kept.reject(id, who=who, why=why))


@forms.post("/event/{id}/restore")
def restore(request: Request, id: str, who: Said, why: Said, signature: Signature) -> RedirectResponse:
    """Say that it is an event after all."""
    return _write(request, signature, event_address(id), lambda kept: kept.restore(id, who=who, why=why))


@forms.post("/event/{id}/split")
def split(
    request: Request,
    id: str,
    who: Said,
    why: Said,
    signature: Signature,
    reports: Annotated[list[str], Form(max_length=1000)],
) -> RedirectResponse:
    """Say that some of its reports tell of another event."""
    back = event_address(id)
    return _write(request, signature, back, lambda kept: kept.split_event(id, reports, who=who, why=why))


@forms.post("/event/{id}/merge")
def merge(request: Request, id: str, others: Said, who: Said, why: Said, signature: Signature) -> RedirectResponse:
    """Say that others are the same event."""
    events = [id, *_listed(others)]
    return _write(request, signature, event_address(id), lambda kept: kept.merge_events(events, who=who, why=why))


@forms.post("/entity/{id:path}/split")
def split_entity(
    request: Request, id: str, articles: Said, who: Said, why: Said, signature: Signature, name: Said = ""
) -> RedirectResponse:
    """Say that it is another one in some articles."""
    chosen, other = _listed(articles), name.strip() or None
    back = f"/entity/{path_part(id)}"
    return _write(
        request,
        signature,
        back,
        lambda kept: kept.split_entity(id, chosen, who=who, why=why, name=other),
    )


@forms.post("/entity/{id:path}/merge")
def merge_entities(
    request: Request, id: str, others: Said, who: Said, why: Said, signature: Signature
) -> RedirectResponse:
    """Say that others are the same."""
    entities = [id, *_listed(others)]
    back = f"/entity/{path_part(id)}"
    return _write(request, signature, back, lambda kept: kept.merge_entities(entities, who=who, why=why))


@forms.post("/corrections/{number}/undo")
def undo(request: Request, number: int, who: Said, why: Said, signature: Signature) -> RedirectResponse:
    """Take a correction back."""
    return _write(request, signature, "/corrections", lambda kept: kept.undo(number, who=who, why=why))


def _listed(text: str) -> list[str]:
    return [part for part in text.replace(",", " ").split() if part]


def _write(
    request: Request, signature: str, back: str, make: Callable[[Record], Correction | list[Correction]]
) -> RedirectResponse:
    """Make one correction in the file itself, and show it.

    :raises Refused: the form is forged.
    :raises RecordError: somebody else is writing to the record, or the correction does not fit it.
    """
    token.check(request, signature)
    with request.app.state.snapshots.writing() as kept:
        make(kept)
    return RedirectResponse(back, 303)


add(
    router,
    Page(
        path="/corrections",
        data="/corrections",
        template="corrections.html",
        summary="What was corrected",
        answer=corrections,
        table=_rows,
        more=signature_of,
    ),
)
