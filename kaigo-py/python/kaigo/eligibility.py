"""What the WEB service shows of a person and takes for one: documents by the names of their types, as ``dict``s of what
JSON has. `kaigo.documents` has a class for each.

Names are provisional. Reading checks the whole document: what does not conform raises ``FormatError``, whose message
names every fault and its place and no value. A text that holds an Individual Number (マイナンバー) is refused.
``import kaigo`` does not load this module.
"""

import json
from typing import Any, Literal, Mapping

from ._document import Document, encode
from ._kaigo import domain_names, domain_schema, read_xml_msg, rewrite, write_xml_msg


def names() -> list[str]:
    """The names of the types of documents: ``InsuredCard``, ``AssessmentForm`` …"""
    return domain_names()


def schema(name: str) -> str | None:
    """The XSD of the documents of that name, or of a kind of file; ``None`` where there is none."""
    return domain_schema(name)


def loads(name: str, content: bytes, *, form: Literal["json", "xml"] = "json") -> dict[str, Any]:
    """Reads a document of the type of that name from JSON or XML."""
    document: dict[str, Any] = json.loads(rewrite(name, content, form, "json"))
    return document


def dumps(
    name: str, document: Document | Mapping[str, Any], *, form: Literal["json", "xml"] = "json"
) -> bytes:
    """Checks a document of the type of that name, and writes it as JSON or XML."""
    return rewrite(name, encode(document), "json", form)


def load_xml_msg(content: bytes) -> tuple[dict[str, Any], list[str]]:
    """Reads the message of online eligibility (``XmlMsg``, in UTF-8 or Shift_JIS as it says) as a document
    ``OnlineEligibility``; with it come the names of elements that were not read."""
    message, unknown = read_xml_msg(content)
    document: dict[str, Any] = json.loads(message)
    return document, unknown


def dump_xml_msg(
    document: Document | Mapping[str, Any], *, encoding: Literal["utf-8", "shift_jis"] = "utf-8"
) -> bytes:
    """Writes the message of online eligibility from a document ``OnlineEligibility``."""
    return write_xml_msg(encode(document), encoding)
