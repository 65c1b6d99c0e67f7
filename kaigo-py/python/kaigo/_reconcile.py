"""Planned against actual visits (予実突合)."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Union

from ._kaigo import (
    Document,
    MonthlySlipRecords,
    Record,
    Unit,
    months_of_units,
    reconcile_rows,
    reconciliation_text,
    rows_of_month,
)

if TYPE_CHECKING:
    from .documents import Actuals, MonthlySlip, Reconciliation

#: What holds rows of a month: a path (of a file, a folder, a ZIP archive), a unit, a document, a record, a slip of an
#: inbox, a ``MonthlySlip`` or ``Actuals`` of `kaigo.documents`, or any number of these.
Months = Union[
    str,
    "os.PathLike[str]",
    Unit,
    Document,
    Record,
    MonthlySlipRecords,
    "MonthlySlip",
    "Actuals",
    Iterable["Months"],
]


class _Rows:
    """The rows of a source: of 第6表 planned and actual, and of 第7表."""

    def __init__(self, source: Months, *, tolerant: bool) -> None:
        self.planned: list[Record] = []
        self.annex: list[Record] = []
        self.actual: list[Record] = []
        #: Rows of 第6表 of which nothing tells whether they are planned or actual.
        self.slips: list[Record] = []
        units: list[Unit] = []
        self._add(source, units, tolerant)
        if units:
            planned, annex, actual = months_of_units(units, tolerant)
            self.planned += planned
            self.annex += annex
            self.actual += actual

    def _add(self, source: Months, units: list[Unit], tolerant: bool) -> None:
        if isinstance(source, (str, os.PathLike)):
            units += Unit.open_all(source, tolerant=tolerant)[0]
        elif isinstance(source, Unit):
            units.append(source)
        elif isinstance(source, Document):
            rows = {"UPPLAN": self.planned, "UPJSK": self.actual, "UPSIKYU": self.annex}.get(source.kind)
            if rows is None:
                raise TypeError(f"{source.kind} has no visits: UPPLAN and UPJSK have, and UPSIKYU has prices")
            rows += source[:]
        elif isinstance(source, MonthlySlipRecords):
            self.planned += source.slips
            self.annex += source.annex
        elif isinstance(source, Record):
            (self.annex if type(source).__name__ == "ServiceSlipAnnex" else self.slips).append(source)
        elif (name := type(source).__name__) in ("MonthlySlip", "Actuals") and hasattr(source, "to_json"):
            slips, annex = rows_of_month(name, source.to_json())
            (self.planned if name == "MonthlySlip" else self.actual).extend(slips)
            self.annex += annex
        elif isinstance(source, Iterable):
            for part in source:
                self._add(part, units, tolerant)
        else:
            raise TypeError(f"{type(source).__name__} holds no visits")


def _minutes(tolerance: int | datetime.timedelta) -> int:
    if isinstance(tolerance, datetime.timedelta):
        tolerance = int(tolerance.total_seconds() // 60)
    if not 0 <= tolerance <= 1440:
        raise ValueError("a tolerance is 0 to 1440 minutes")
    return tolerance


def reconcile_json(
    plan: Months, actuals: Months, *, tolerance: int | datetime.timedelta = 0, tolerant: bool = False
) -> bytes:
    """`reconcile`, as JSON."""
    planned, actual = _Rows(plan, tolerant=tolerant), _Rows(actuals, tolerant=tolerant)
    # A source that holds both, such as a folder of everything, gives to each side what is of it.
    return reconcile_rows(
        planned.planned + planned.slips,
        actual.actual + actual.slips,
        planned.annex,
        _minutes(tolerance),
    )


def reconcile(
    plan: Months, actuals: Months, *, tolerance: int | datetime.timedelta = 0, tolerant: bool = False
) -> Reconciliation:
    """Holds planned against actual visits: what was cancelled, moved, added or changed, and what it adds up to.

    Visits are matched by client, provider, service, day and times, of which start and end may each differ by the
    tolerance, in minutes. What matches two that differ is ``ambiguous`` with its candidates; nothing is guessed. Units are
    imported oldest first, so that corrections and deletions count. Amounts in yen need the prices of 第7表, which come with
    the plan. ``row`` is the place among all rows given, from 1.
    """
    from .documents import Reconciliation

    found = reconcile_json(plan, actuals, tolerance=tolerance, tolerant=tolerant)
    return Reconciliation.from_json(found)


def text(reconciliation: Reconciliation | bytes, *, lang: str | None = None, masked: bool = True) -> str:
    """A reconciliation for people, without who they are unless asked for."""
    found = reconciliation if isinstance(reconciliation, bytes) else reconciliation.to_json()
    return reconciliation_text(found, lang, masked)
