"""Reads, checks and writes the files of Japan's care-plan exchange (ケアプランデータ連携標準仕様 4.1)."""

from __future__ import annotations

import json as _json
import os as _os
from typing import Any, BinaryIO

from . import _kaigo
from ._kaigo import Finding, KaigoError, __version__

__all__ = ["Document", "Finding", "KaigoError", "__version__", "read", "write"]


class Document:
    """The records of one file, with what its check found."""

    def __init__(self, inner: _kaigo.Document) -> None:
        self._inner = inner

    @property
    def kind(self) -> str:
        """The kind of file, such as ``UPPLAN``."""
        return self._inner.kind

    @property
    def findings(self) -> list[Finding]:
        """What the check found, in the order of the file. Personal data is masked."""
        return self._inner.findings

    def __len__(self) -> int:
        return len(self._inner)

    def __repr__(self) -> str:
        return repr(self._inner)

    def to_json(self) -> bytes:
        """The document as JSON, ``5.0-provisional``."""
        return bytes(self._inner.to_json())

    def to_csv(self) -> bytes:
        """The document as Shift_JIS CSV, standard 4.1."""
        return bytes(self._inner.to_csv())

    def to_dicts(self) -> list[dict[str, Any]]:
        """The records as in the JSON form: English names in camelCase, ISO dates, blank fields left out."""
        return _json.loads(self.to_json())["records"]


def read(
    source: str | _os.PathLike[str] | bytes | BinaryIO, *, kind: str | None = None, tolerant: bool = False
) -> Document:
    """Reads a path, bytes or a binary file: Shift_JIS CSV, or JSON.

    ``kind`` (such as ``UPPLAN``) is needed where no file name tells it. With ``tolerant``, what real senders do
    against the standard is a warning rather than an error.
    """
    name = None
    if isinstance(source, bytes):
        data = source
    elif isinstance(source, (str, _os.PathLike)):
        name = _os.path.basename(_os.fspath(source))
        with open(source, "rb") as file:
            data = file.read()
    else:
        data = source.read()
    return Document(_kaigo.read(data, kind, name, tolerant))


def write(document: Document, path: str | _os.PathLike[str]) -> None:
    """Writes a document, as JSON where the path ends in ``.json`` and as CSV elsewhere; whole or not at all."""
    as_json = _os.fspath(path).lower().endswith(".json")
    _kaigo.write(path, document.to_json() if as_json else document.to_csv())
