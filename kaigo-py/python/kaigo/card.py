"""The Individual Number Card (マイナンバーカード): what is useful is read, and no card is ever locked by it.

Nothing here was tried on a real card: no official specification of it is public. No function reads the 12-digit
individual number. ``import kaigo`` does not load this module.

A channel is any object with ``transmit(command: bytes) -> bytes``, which sends each command APDU once, as it is, and
returns the whole answer with its status word, and may have ``power_down()``. Commands may hold a PIN: a channel neither
keeps nor logs them.

``Readers`` finds cards on readers over PC/SC: ``with Card.open(Readers().find(wait=30)) as card:``. It needs the system's
PC/SC library (``libpcsclite1`` on Debian; part of Windows and macOS), which is loaded when ``Readers`` is asked for.
"""

from typing import TYPE_CHECKING, Protocol

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


if TYPE_CHECKING:
    from ._kaigo_readers import (
        Reader as Reader,
        ReaderChannel as ReaderChannel,
        ReaderEvent as ReaderEvent,
        Readers as Readers,
        ReaderWatch as ReaderWatch,
    )
else:

    def __getattr__(name):
        """What needs PC/SC, so that this module loads where there is none."""
        if name not in ("Reader", "ReaderChannel", "ReaderEvent", "Readers", "ReaderWatch"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        try:
            from . import _kaigo_readers
        except ModuleNotFoundError:
            raise _without_readers(
                "not-built-in",
                "このパッケージにはカードリーダー（PC/SC）の機能が含まれていません。Card.open に transmit を持つオブジェクトを渡してください",
                "this package was built without card readers (PC/SC); pass an object with transmit to Card.open",
            ) from None
        except ImportError as error:
            raise _without_readers(
                "card.no-service",
                "このコンピューターに PC/SC がありません（Debian では libpcsclite1 と pcscd）",
                "this computer has no PC/SC (on Debian: libpcsclite1 and pcscd)",
            ) from error
        return getattr(_kaigo_readers, name)


def _without_readers(code: str, ja: str, en: str) -> CardError:
    return CardError(ja if _get_language() == "ja" else en, code=code)
