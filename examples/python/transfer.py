"""Sends a unit through a running kaigo-sandbox and fetches it at the other office: ``transfer.py URL DATA UNIT``."""

import sys
import tomllib
from pathlib import Path

import kaigo


def log_in(url: str, data: Path, office: str) -> kaigo.Session:
    folder = data / "offices" / office
    account = tomllib.loads((folder / "account.toml").read_text(encoding="utf-8"))["account"]
    credential = kaigo.Credential.from_pkcs12(folder / "client.p12", account["p12_password"])
    roots = kaigo.Certificate.from_pem(data / "ca.pem")
    return kaigo.Session(url, credential, account["user_id"], account["password"], roots=roots)


def main(url: str, data: str, path: str) -> None:
    unit = kaigo.Unit.open(path)
    assert unit.sender is not None and unit.receiver is not None
    key = kaigo.idempotency_key()  # kept with the unit, it makes repeating safe
    with log_in(url, Path(data), unit.sender.office) as session:
        print("sent", session.send(unit, key=key).sequence)
    inbox = kaigo.Inbox()
    with log_in(url, Path(data), unit.receiver.office) as session:
        # The whole list first: what is marked leaves it.
        for transfer in list(session.received(imported=False)):
            received = session.fetch(transfer).unit
            if received is not None:
                inbox.apply(received)
            session.mark_imported(transfer)
    print("clients", len(inbox.clients()))


if __name__ == "__main__":
    main(*sys.argv[1:])
