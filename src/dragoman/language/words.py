"""The tokens of a Doc as plain lists: to ask spaCy for the same token again and again costs more than to read it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.attrs import IDX, IS_SPACE, ORTH, SENT_START
from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Words:
    """Lists of one entry a token, white space tokens too.

    ``text`` is the Doc's; ``starts`` holds the place of each token's first character in it; ``begins`` says where a
    sentence begins that was set on the Doc before, and is None where none was. A sentence that begins at white space
    begins at the word after it too.
    """

    text: str
    texts: list[str]
    starts: list[int]
    space: list[bool]
    begins: list[bool] | None

    @classmethod
    def of(cls, doc: Doc) -> Words:
        """The words of a Doc."""
        table = doc.to_array([ORTH, IDX, IS_SPACE, SENT_START]).reshape(-1, 4)
        orths, starts = table[:, 0].tolist(), table[:, 1].tolist()
        strings = doc.vocab.strings
        known = {orth: strings[orth] for orth in set(orths)}
        space = table[:, 2].astype(bool).tolist()
        preset = _begins((table[:, 3] == 1).tolist(), space) if doc.has_annotation("SENT_START") else None
        return cls(doc.text, [known[orth] for orth in orths], starts, space, preset)

    def between(self, start: int, end: int) -> str:
        """The text of the tokens ``start`` to ``end``, exclusive: a spaCy span's."""
        return self.text[self.starts[start] : self.starts[end - 1] + len(self.texts[end - 1])]

    def apart(self, i: int) -> bool:
        """Whether there is white space before token ``i``."""
        return i > 0 and (self.space[i - 1] or self.starts[i] > self.starts[i - 1] + len(self.texts[i - 1]))


def _begins(begins: list[bool], space: list[bool]) -> list[bool]:
    for i in range(1, len(begins)):
        begins[i] = begins[i] or (space[i - 1] and begins[i - 1])
    return begins
