"""Waits for an Individual Number Card (マイナンバーカード) on a reader, and tells what it says without a PIN.

Usage: python read_card.py [SECONDS]
"""

import sys

import kaigo
from kaigo.card import Card, Readers


def main() -> int:
    wait = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    try:
        with Card.open(Readers().find(wait=wait)) as card:
            common, tries, certificate = card.common(), card.tries_left(), card.user_certificate()
    except kaigo.CardError as error:
        print(f"{error} ({error.code})", file=sys.stderr)
        return 1
    print(f"card until {common.expires}, of municipality {common.municipality}")
    print(f"tries left: text {tries.text.left}, user authentication {tries.user_authentication.left}")
    print(f"certificate until {certificate.not_after:%Y-%m-%d}; {certificate.renewal().message() or 'nothing to do'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
