"""Makes `kaigo/records.pyi` from the classes of records, which the library makes from its declarations."""

import pathlib

import kaigo
from kaigo import _kaigo

PATH = pathlib.Path(__file__).parents[1] / "python/kaigo/records.pyi"
HEAD = '''\
# Generated from the declarations in kaigo-core: KAIGO_BLESS=1 writes it anew.
import datetime
import decimal
from typing import Self

from ._kaigo import Field, Month, Record

'''


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
