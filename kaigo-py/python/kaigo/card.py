"""The Individual Number Card (マイナンバーカード): what is useful is read, and no card is ever locked by it.

Nothing here was tried on a real card: no official specification of it is public. No function reads the 12-digit
individual number. ``import kaigo`` does not load this module.

A channel is any object with ``transmit(command: bytes) -> bytes``, which sends each command APDU once, as it is, and
returns the whole answer with its status word, and may have ``power_down()``. Commands may hold a PIN: a channel neither
keeps nor logs them. Readers over PC/SC are not built into this package: ``Readers`` says so.
"""

from typing import NoReturn, Protocol

from ._errors import CardError as CardError
from ._kaigo import (
    BasicItems as BasicItems,
    Card as Card,
    CardCertificates as CardCertificates,
    ChallengeSignature as ChallengeSignature,
    CommonData as CommonData,
    Pin as Pin,
    Recorder as Recorder,
    Replayer as Replayer,
    Token as Token,
    Tries as Tries,
    TriesLeft as TriesLeft,
    Verification as Verification,
    get_language as _get_language,
    verify_challenge as verify_challenge,
)


class CardChannel(Protocol):
    """Carries commands to a card."""

    def transmit(self, command: bytes, /) -> bytes:
        """Sends a command APDU and returns the whole answer; empty when the card was removed."""
        ...


class Readers:
    """Card readers over PC/SC: not built into this package, so that it loads where there is no PC/SC."""

    def __new__(cls) -> NoReturn:
        raise CardError(
            "このパッケージにはカードリーダー（PC/SC）の機能が含まれていません。Card.open に transmit を持つオブジェクトを渡してください"
            if _get_language() == "ja"
            else "this package was built without card readers (PC/SC); pass an object with transmit to Card.open",
            code="not-built-in",
        )
