"""What the classes of `kaigo.documents` have in common: from and to JSON and XML, checked by the library."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Self

from ._kaigo import Month, domain_json_schema, domain_schema, domain_shapes, rewrite

_SHAPES = {name: (alone, members) for name, _, alone, members in domain_shapes()}
_READ = {
    "date": datetime.date.fromisoformat,
    "month": Month.parse,
    "timestamp": datetime.datetime.fromisoformat,
}


class Part:
    """A document within another. What is in it is checked with the whole; ``repr`` shows nothing about a person."""

    __slots__ = ()

    @classmethod
    def _read(cls, members: Mapping[str, Any]) -> Self:
        values = {}
        for name, name_json, _, occurs, form, _, _ in _SHAPES[cls.__name__][1]:
            value = members.get(name_json)
            if value is None:
                continue
            inner = _class(form)
            read = inner._read if inner else _READ.get(form, lambda same: same)
            values[name] = tuple(map(read, value)) if occurs == "many" else read(value)
        return cls(**values)

    def _members(self) -> dict[str, Any]:
        members = {}
        for name, name_json, _, occurs, _, _, _ in _SHAPES[type(self).__name__][1]:
            value = getattr(self, name)
            if value is None or (occurs == "many" and not value):
                continue
            members[name_json] = [_plain(item) for item in value] if occurs == "many" else _plain(value)
        return members

    def __repr__(self) -> str:
        personal = {name for name, _, _, _, _, personal, _ in _SHAPES[type(self).__name__][1] if personal}
        shown = (
            f"{field.name}={'masked' if field.name in personal else repr(value)}"
            for field in fields(self)  # type: ignore[arg-type]
            if (value := getattr(self, field.name)) not in (None, ())
        )
        return f"{type(self).__name__}({', '.join(shown)})"


class Document(Part):
    """A document that stands alone: whoever has one has a valid one. What does not conform raises ``FormatError``, whose
    message names every fault and its place, and no value."""

    __slots__ = ()

    def __post_init__(self) -> None:
        self.to_json()

    @classmethod
    def from_dict(cls, members: Mapping[str, Any]) -> Self:
        """Reads a document from members as JSON has them; days, months and times may be those of Python."""
        return cls.from_json(encode(members))

    @classmethod
    def from_json(cls, content: bytes) -> Self:
        """Reads a document from JSON."""
        return cls._read(json.loads(rewrite(cls.__name__, content, "json", "json")))

    @classmethod
    def from_xml(cls, content: bytes) -> Self:
        """Reads a document from XML."""
        return cls._read(json.loads(rewrite(cls.__name__, content, "xml", "json")))

    def to_dict(self) -> dict[str, Any]:
        """The members that stand, under their names in JSON and as JSON has them."""
        members: dict[str, Any] = json.loads(self.to_json())
        return members

    def to_json(self) -> bytes:
        """Writes the document as JSON."""
        return rewrite(type(self).__name__, encode(self._members()), "json", "json")

    def to_xml(self) -> bytes:
        """Writes the document as XML."""
        return rewrite(type(self).__name__, encode(self._members()), "json", "xml")

    @classmethod
    def schema(cls) -> str:
        """The XSD of the documents of this class."""
        return domain_schema(cls.__name__) or ""

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """The JSON Schema (2020-12) of the documents of this class."""
        schema: dict[str, Any] = json.loads(domain_json_schema(cls.__name__) or "{}")
        return schema


def encode(document: Document | Mapping[str, Any]) -> bytes:
    """The JSON of a document, or of members as JSON has them, among which may be days, months, times and documents."""
    if isinstance(document, Document):
        return document.to_json()
    return json.dumps(document, ensure_ascii=False, default=_text).encode()


def _text(value: Any) -> Any:
    """What JSON does not have, as something that it has."""
    plain = _plain(value)
    return str(value) if plain is value else plain


def _class(form: str) -> type[Part] | None:
    if form not in _SHAPES:
        return None
    from . import documents

    found: type[Part] = getattr(documents, form)
    return found


def _plain(value: Any) -> Any:
    match value:
        case Part():
            return value._members()
        case datetime.datetime() | datetime.date():
            return value.isoformat()
        case Month():
            return str(value)
    return value
