"""The rules of benefit: each answers with its reasons.

A question is a document of the type that ``questions`` names, of its class in `kaigo.documents` or a ``dict``.
``import kaigo`` does not load this module.
"""

import json
from dataclasses import dataclass
from typing import Any, Literal, Mapping

from ._document import Document, encode
from ._kaigo import benefit_questions, decide as _decide, get_language
from .documents import AnnexDifference, AnnexRow, AnnexTerms, MonthlySlip


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that took part in a decision, with what counted in it."""

    #: The stable name of the rule, such as ``home.three_steps``.
    rule: str
    #: What the rule does to what was asked for.
    effect: Literal["explains", "warns", "stops"]
    #: The days and amounts that counted, by name.
    facts: dict[str, Any]
    message_ja: str
    message_en: str

    @property
    def message(self) -> str:
        """The message in the language of ``set_language``."""
        return self.message_ja if get_language() == "ja" else self.message_en


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer, and the reasons for it in the order in which they counted."""

    #: The answer; ``None`` where it cannot be told.
    value: Any
    reasons: tuple[Reason, ...]

    @property
    def is_stopped(self) -> bool:
        """Whether a reason stops what was asked for."""
        return any(reason.effect == "stops" for reason in self.reasons)


def questions() -> dict[str, str]:
    """The names of the rules, each with the type of the document that it asks for."""
    return dict(benefit_questions())


def decide(
    rule: str, question: Document | Mapping[str, Any], *, tables: Document | Mapping[str, Any] | None = None
) -> Decision:
    """Asks the rule of that name. ``tables``: amounts of the caller's, a document ``Tables``."""
    own = None if tables is None else encode(tables)
    decision = json.loads(_decide(rule, encode(question), own))
    return Decision(decision["value"], tuple(Reason(**reason) for reason in decision["reasons"]))


def annex(
    slip: MonthlySlip | Mapping[str, Any],
    terms: AnnexTerms | Mapping[str, Any],
    *,
    tables: Document | Mapping[str, Any] | None = None,
) -> Decision:
    """Computes 第7表 from the lines of a slip. The value is a ``tuple`` of ``AnnexRow``, in the order of the form; what cannot
    be told for want of a price, a share or a ceiling stays ``None``, and a reason that ``warns`` says so."""
    found = decide("annex", {"slip": slip, "terms": terms}, tables=tables)
    return Decision(tuple(map(AnnexRow._read, found.value)), found.reasons)


def check_annex(
    slip: MonthlySlip | Mapping[str, Any],
    terms: AnnexTerms | Mapping[str, Any] | None = None,
    *,
    tables: Document | Mapping[str, Any] | None = None,
) -> tuple[AnnexDifference, ...]:
    """Where the annex of a slip is not what its lines make of it, each difference explained. Without terms: under those
    that the annex itself tells."""
    question = {"slip": slip} if terms is None else {"slip": slip, "terms": terms}
    return tuple(map(AnnexDifference._read, decide("check_annex", question, tables=tables).value))
