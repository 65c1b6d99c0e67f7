"""All calls against a running sandbox, over real TLS with each office's certificate."""

import datetime
import tomllib

import pytest
from conftest import CARE, HELP, PLAN

import kaigo


def credential_of(data, office):
    folder = data / "offices" / office
    account = tomllib.loads((folder / "account.toml").read_text(encoding="utf-8"))["account"]
    return kaigo.Credential.from_pkcs12(folder / "client.p12", account["p12_password"]), account


def log_in(sandbox, office, **others):
    url, data = sandbox
    credential, account = credential_of(data, office)
    arguments = {"user_id": account["user_id"], "password": account["password"], **others}
    return kaigo.Session(url, credential, roots=kaigo.Certificate.from_pem(data / "ca.pem"), **arguments)


def test_a_unit_travels_and_is_imported_once(own_sandbox):
    unit = kaigo.Unit.open(PLAN.parent)
    with log_in(own_sandbox, CARE) as care:
        assert care.office == CARE
        key = kaigo.idempotency_key()
        transfer = care.send(unit, key=key)
        assert care.send(unit, key=key) == transfer
        assert transfer in list(care.sent())
        assert transfer.accepted_at.tzinfo is not None and transfer.imported_at is None
        assert transfer.file_names == [file.name for file in unit.files]
    with pytest.raises(kaigo.SessionExpiredError):
        care.send(unit)
    with log_in(own_sandbox, HELP) as help_office:
        assert [waiting.id for waiting in help_office.received(imported=False)] == [transfer.id]
        received = help_office.fetch(transfer)
        assert received.unit == unit and received.files == [(file.name, file.content) for file in unit.files]
        assert help_office.mark_imported(transfer.id).imported_at is not None
        assert list(help_office.received(imported=False)) == []
        assert [done.id for done in help_office.received(imported=True)] == [transfer.id]
        assert help_office.received() is not None
        help_office.logout()
    assert "logged out" in repr(help_office)


def test_a_business_error_tells_its_code(sandbox):
    with log_in(sandbox, HELP) as session:
        with pytest.raises(kaigo.BusinessError) as caught:
            session.fetch("nothing")
        error = caught.value
        assert (error.code, error.business_code) == ("transfer.no-transfer", "B2003")
        assert error.platform_message_ja and isinstance(error, kaigo.TransferError)
        with pytest.raises(kaigo.TransferError) as caught:
            session.send(kaigo.Unit([(file.name, file.content) for file in kaigo.Unit.open(PLAN.parent).files[:1]]))
        assert caught.value.code == "transfer.package"


def test_wrong_passwords_are_refused_and_lock_the_account(own_sandbox):
    codes = []
    for _ in range(10):
        with pytest.raises(kaigo.TransferError) as caught:
            log_in(own_sandbox, HELP, password="wrong")
        codes.append(type(caught.value))
        if codes[-1] is kaigo.LockedError:
            break
    assert codes[0] is kaigo.LoginRefusedError and codes[-1] is kaigo.LockedError
    assert "wrong" not in str(caught.value)


def test_a_platform_of_another_authority_is_not_trusted(sandbox):
    url, data = sandbox
    credential, account = credential_of(data, CARE)
    with pytest.raises(kaigo.TransferError) as caught:
        kaigo.Session(url, credential, account["user_id"], account["password"], roots=[])
    assert caught.value.code == "transfer.config"
    with pytest.raises(kaigo.TransferError) as caught:
        kaigo.Session(url, credential, account["user_id"], account["password"], roots=[credential.certificate])
    assert caught.value.code in ("transfer.tls-refused", "transfer.config")


def test_certificates_tell_whom_they_name_and_when_they_end(sandbox):
    _, data = sandbox
    credential, _ = credential_of(data, CARE)
    certificate = credential.certificate
    assert certificate.common_name == CARE and credential.chain[0] == certificate
    assert certificate.not_before < datetime.datetime.now(datetime.UTC) < certificate.not_after
    assert certificate.days_left(certificate.not_after) == 0
    assert kaigo.Certificate.from_der(certificate.der) == certificate
    credential.ensure_valid()
    with pytest.raises(kaigo.CertificateError) as caught:
        credential.ensure_valid(certificate.not_after + datetime.timedelta(days=1))
    assert caught.value.code == "credential.expired"
    with pytest.raises(kaigo.CertificateError) as caught:
        kaigo.Credential.from_pkcs12(data / "offices" / CARE / "client.p12", "wrong")
    assert caught.value.code == "credential.wrong-password"
