"""Answers that are an error on purpose."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import HTTPException


class Refused(HTTPException):
    """A request that is answered with an error on purpose; ``kind`` is the word for programs."""

    def __init__(self, status: HTTPStatus, kind: str, reason: str) -> None:
        super().__init__(status.value, reason)
        self.kind = kind


def refuse(reason: str) -> Refused:
    """The refusal of what a user typed."""
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "input", reason)


def missing(reason: str) -> Refused:
    """The answer where nothing is."""
    return Refused(HTTPStatus.NOT_FOUND, "not-found", reason)
