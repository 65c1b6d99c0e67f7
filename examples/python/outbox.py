"""Queues a unit and sends all that is due through a running kaigo-sandbox: ``outbox.py URL DATA OUTBOX [UNIT]``.

Ended at any moment and started again without a unit it goes on where it was: nothing is lost, nothing sent twice.
"""

import sys
import tomllib
from pathlib import Path

import kaigo

SENDER = "1371249069"


def log_in(url: str, data: Path, office: str) -> kaigo.Session:
    folder = data / "offices" / office
    account = tomllib.loads((folder / "account.toml").read_text(encoding="utf-8"))["account"]
    credential = kaigo.Credential.from_pkcs12(folder / "client.p12", account["p12_password"])
    roots = kaigo.Certificate.from_pem(data / "ca.pem")
    return kaigo.Session(url, credential, account["user_id"], account["password"], roots=roots)


def main(url: str, data: str, path: str, unit: str | None = None) -> None:
    with kaigo.Outbox(path) as outbox:
        if unit is not None:
            outbox.enqueue(kaigo.Unit.open(unit))  # stored when this returns
        try:
            # Logs in when something is due, and again when the session ends on the way.
            print(outbox.send_due(lambda: log_in(url, Path(data), SENDER)))
        except kaigo.PlatformConnectionError as error:
            print("later:", error)
        for entry in outbox.entries():
            print(entry.id, entry.state, entry.receiver.office, entry.reason.message if entry.reason else "")
            if entry.state == "sent":
                outbox.forget(entry.id)


if __name__ == "__main__":
    main(*sys.argv[1:])
