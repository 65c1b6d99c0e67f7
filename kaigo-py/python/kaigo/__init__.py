"""Reads, checks, writes and transfers Japan's care-plan exchange (ケアプランデータ連携標準仕様 4.1)."""

from ._errors import *
from ._errors import __all__ as _errors
from ._kaigo import (
    Document,
    Field,
    Finding,
    Month,
    Record,
    __version__,
    check,
    convert,
    get_language,
    read,
    set_language,
    write,
)
from .records import *
from .records import __all__ as _records

__all__ = [
    "Document",
    "Field",
    "Finding",
    "Month",
    "Record",
    "__version__",
    "check",
    "convert",
    "get_language",
    "read",
    "set_language",
    "write",
]
__all__ += _errors
__all__ += _records
