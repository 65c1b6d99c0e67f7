"""Makes `kaigo/records.pyi` and `kaigo/documents.py` from the declarations of the library."""

import pathlib

import kaigo
from kaigo import _kaigo

PACKAGE = pathlib.Path(__file__).parents[1] / "python/kaigo"
PATH = PACKAGE / "records.pyi"
DOCUMENTS = PACKAGE / "documents.py"
HEAD = '''\
# Generated from the declarations in kaigo-core: KAIGO_BLESS=1 writes it anew.
import datetime
import decimal
from typing import Self

from ._kaigo import Field, Month, Record

'''

DOCUMENTS_HEAD = '''\
# Generated from the declarations in kaigo-core: KAIGO_BLESS=1 writes it anew.
"""Documents of eligibility, benefit and care, one frozen class each, as `kaigo_core::eligibility`, `kaigo_core::benefit` and
`kaigo_core::care` declare them. Names, and codes in words, are provisional. ``import kaigo`` does not load this module.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ._document import Document, Part
from ._kaigo import Month

'''
TYPES = {
    "text": "str",
    "number": "int",
    "boolean": "bool",
    "date": "datetime.date",
    "month": "Month",
    "timestamp": "datetime.datetime",
}


def documents() -> str:
    shapes = _kaigo.domain_shapes()
    names = "".join(f'    "{name}",\n' for name in sorted(name for name, *_ in shapes))
    lines = [DOCUMENTS_HEAD, f"__all__ = [\n{names}]\n"]
    for name, name_ja, alone, members in shapes:
        lines.append("\n\n@dataclass(frozen=True, slots=True, kw_only=True, repr=False)\n")
        lines.append(f'class {name}({"Document" if alone else "Part"}):\n    """{name_ja}."""\n\n')
        for member, _, member_ja, occurs, form, _, codes in members:
            kind = TYPES.get(form, form)
            of = {"one": kind, "opt": f"{kind} | None = None", "many": f"tuple[{kind}, ...] = ()"}[occurs]
            listed = ": " + ", ".join(f"{code} {label}" for code, label in codes) if codes else ""
            lines.append(f'    {member}: {of}\n    """{member_ja}{listed}."""\n')
    return "".join(lines)


def text() -> str:
    lines = [HEAD]
    names = ", ".join(f'"{name}"' for name in sorted(_kaigo.record_classes))
    lines.append(f"__all__ = [{names}]\n\n")
    for name, record in _kaigo.record_classes.items():
        lines.append(f"class {name}(Record):\n")
        description = record.__doc__.split("\n\nKind of file")[0].replace("\n", "\n    ").replace("\n    \n", "\n\n")
        source = next(line for line in record.__doc__.splitlines() if line.startswith("Kind of file"))
        lines.append(f'    """{description}\n\n    {source}\n    """\n\n')
        lines.append("    __match_args__ = (%s,)\n" % ", ".join(f'"{field.name}"' for field in record.fields))
        lines.append("    def __new__(\n        cls,\n        *,\n")
        for field in record.fields:
            also = "" if field.python_type == "str" else " | str"
            lines.append(f"        {field.name}: {field.python_type}{also} | None = None,\n")
        lines.append("    ) -> Self: ...\n")
        for field in record.fields:
            lines.append(f'    {field.name}: Field[{field.python_type}]\n    """{field.description}"""\n')
        lines.append("\n")
    return "".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
    print(PATH, kaigo.__version__)
