"""What calls raise when they cannot go on. Files that cannot be opened, read or written raise the built-in classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._kaigo import Finding

__all__ = [
    "BusinessError",
    "CardError",
    "CertificateError",
    "ConformanceError",
    "DamagedTransferError",
    "EncodingError",
    "FormatError",
    "KaigoError",
    "LockedError",
    "LossError",
    "LoginRefusedError",
    "OutboxError",
    "PlatformConnectionError",
    "SessionExpiredError",
    "SystemError_",
    "TransferError",
]


class KaigoError(Exception):
    """A call cannot go on. The message is in the language of ``set_language`` and holds no personal data."""

    def __init__(
        self,
        message: str = "",
        *,
        code: str = "",
        kind: str | None = None,
        row: int | None = None,
        field_no: int | None = None,
        byte: int | None = None,
        findings: list[Finding] | None = None,
    ) -> None:
        super().__init__(message)
        #: The stable code, such as ``json.cut_off``.
        self.code = code
        #: The kind of file, such as ``UPPLAN``; ``None`` where it does not apply, as with the others.
        self.kind = kind
        #: The record, from 1.
        self.row = row
        #: The official No. of the field, from 1.
        self.field_no = field_no
        #: The offset in the file, in bytes from 0.
        self.byte = byte
        #: What was found, where the error comes of findings.
        self.findings = findings or []


class EncodingError(KaigoError, ValueError):
    """Texts hold characters that Shift_JIS does not have; ``findings`` lists them. Nothing was written.

    Correct the texts, or pass ``gaiji="map"`` or ``gaiji="substitute"``.
    """


class LossError(KaigoError, ValueError):
    """A conversion would lose something, and ``lossless`` was asked for; ``findings`` lists each loss. Nothing was written."""


class FormatError(KaigoError, ValueError):
    """Something has not the form that it must have: a JSON document, a number of an office, a ZIP archive."""


class ConformanceError(KaigoError, ValueError):
    """A check found errors, and the caller asked to be stopped by them; ``findings`` lists them."""


class CertificateError(KaigoError):
    """A certificate or key cannot be used: wrong password, damaged, expired, without its key."""


class CardError(KaigoError):
    """An Individual Number Card could not be read. The message says what to do next.

    A channel of your own raises it with the code ``card.removed``, ``card.in-use`` or ``card.no-service`` to say so.
    """

    def __init__(
        self, message: str = "", *, code: str = "card.channel", pin_kind: str | None = None, left: int | None = None
    ) -> None:
        super().__init__(message, code=code)
        #: What the PIN is for, where it is about one, such as ``text``.
        self.pin_kind = pin_kind
        #: Tries left, where they are known.
        self.left = left


class OutboxError(KaigoError):
    """An outbox cannot be used, or cannot do what was asked; the code says why, such as ``outbox.in-use``."""


class TransferError(KaigoError):
    """A call of the platform failed."""


class PlatformConnectionError(TransferError, ConnectionError):
    """The connection failed."""

    def __init__(self, message: str = "", *, code: str = "", carried_out: bool | None = None) -> None:
        super().__init__(message, code=code)
        #: ``False``: the platform certainly did not carry the call out. ``None``: that is not known; repeat a sending
        #: under the same key.
        self.carried_out = carried_out


class SystemError_(TransferError):
    """The platform answered with an HTTP status other than 200."""

    def __init__(self, message: str = "", *, code: str = "", status: int = 0) -> None:
        super().__init__(message, code=code)
        #: The HTTP status. 503: try again later.
        self.status = status


class BusinessError(TransferError):
    """The platform understood the call and did not carry it out."""

    def __init__(
        self,
        message: str = "",
        *,
        code: str = "",
        business_code: str = "",
        platform_message_ja: str = "",
        platform_message_en: str = "",
    ) -> None:
        super().__init__(message, code=code)
        #: The platform's own code.
        self.business_code = business_code
        #: What the platform wrote in Japanese. It may hold personal data.
        self.platform_message_ja = platform_message_ja
        #: What the platform wrote in English. It may hold personal data.
        self.platform_message_en = platform_message_en


class LoginRefusedError(TransferError):
    """User ID, password and certificate do not belong together. Repeated failures lock the account."""


class LockedError(TransferError):
    """The account is locked for a period. Wait before logging in."""


class SessionExpiredError(TransferError):
    """The session has ended. Log in again."""


class DamagedTransferError(TransferError):
    """What was received is not what was sent. Do not import it; fetch it again."""
