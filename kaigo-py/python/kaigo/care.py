"""The care domain: what sending units or an inbox hold as one document, `kaigo.documents.CareDocument`, with care plans as
needs, goals and supports, slips and actuals as lines, prevention plans and basic information; and back to units.

Its JSON (care-json) is kaigo's own form, versioned, and not standard 5.0. ``import kaigo`` does not load this module.
"""

import os
from collections.abc import Iterable
from typing import Literal

from ._kaigo import Finding, Inbox, Unit, care_of_inbox, care_of_units, care_units
from .documents import CareDocument


def read(
    source: str | os.PathLike[str] | Unit | Iterable[Unit] | Inbox, *, tolerant: bool = False
) -> tuple[CareDocument, list[Finding]]:
    """What a path (file, folder or ZIP archive), units or an inbox hold, with what the check finds and what the document
    cannot hold.

    Units are read one after another as their files say it; an inbox has what is current.
    """
    findings: list[Finding] = []
    if isinstance(source, Inbox):
        content, found = care_of_inbox(source)
    else:
        if isinstance(source, Unit):
            units = [source]
        elif isinstance(source, (str, os.PathLike)):
            units, findings = Unit.open_all(source, tolerant=tolerant)
        else:
            units = list(source)
        content, found = care_of_units(units, tolerant=tolerant)
    return CareDocument.from_json(content), findings + found


def write(
    document: CareDocument,
    *,
    follow_up_rows: Literal["as_read", "blank", "repeated"] = "as_read",
    gaiji: Literal["reject", "map", "substitute"] = "reject",
) -> tuple[list[Unit], list[Finding]]:
    """The units that carry the document, with every character that was not written as itself; ``Unit.save`` writes their
    files.

    ``sender``, ``receiver`` and ``sequence`` must stand in the document: the first unit has that sequence number, each of
    the others the second after the one before.
    """
    return care_units(document.to_json(), follow_up_rows, gaiji)
