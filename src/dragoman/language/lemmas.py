"""Lemma rules: how a form turns into its lemma, as a label that a network can choose.

A rule is ``case|cut|add``: take the form as it stands (``=``) or in lower case (``l``), cut that many characters
from its end, add the ending. Where the two share nothing, the rule is the lemma itself (``!|lemma``). After
UDPipe's lemma rules (Straka 2018, section 3.3), suffixes only, since English inflects at the end.
"""

from __future__ import annotations

from functools import lru_cache

MAX_CUT = 6  # longer changes are irregular words, which the whole lemma states better


def script(form: str, lemma: str) -> str:
    """The rule that turns ``form`` into ``lemma``."""
    case = "=" if form.startswith(lemma[:1]) or lemma != lemma.lower() else "l"
    base = form if case == "=" else form.lower()
    shared = 0
    while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
        shared += 1
    cut = len(base) - shared
    if cut > MAX_CUT or (shared == 0 and lemma):
        return f"!|{lemma}"
    return f"{case}|{cut}|{lemma[shared:]}"


def apply(rule: str, form: str) -> str:
    """The lemma that ``rule`` makes of ``form``; never empty."""
    if rule.startswith("!|"):
        return rule[2:]
    case, cut, add = rule.split("|", 2)
    base = form if case == "=" else form.lower()
    if int(cut) > len(base):  # learned from longer words
        return base
    return (base[: len(base) - int(cut)] + add) or base


@lru_cache(maxsize=50_000)
def lemma(form: str, rule: str, upos: str) -> str:
    """What a rule makes of a form; of a verb, which has too many rules to learn, one the inflection tables allow."""
    best = apply(rule, form)
    if upos == "NOUN" and best.endswith("e") and best not in noun_lemmas(form.lower()):
        return best[:-1] if best[:-1] in noun_lemmas(form.lower()) else best  # "clashes" is of "clash"
    if upos != "VERB":
        return best
    known = verb_lemmas(form.lower())
    return best if not known or best in known else known[0]


@lru_cache(maxsize=20_000)
def verb_lemmas(form: str) -> tuple[str, ...]:
    """The verbs a lower-case form may belong to, by LemmInflect's tables (NIH Specialist Lexicon) and rules."""
    import lemminflect

    found: tuple[str, ...] = lemminflect.getLemma(form, upos="VERB")
    return found


@lru_cache(maxsize=20_000)
def noun_lemmas(form: str) -> tuple[str, ...]:
    """The nouns a lower-case form may belong to, by the same tables."""
    import lemminflect

    found: tuple[str, ...] = lemminflect.getLemma(form, upos="NOUN")
    return found
