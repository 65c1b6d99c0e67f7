"""What goes wrong is told by class, code and place, in both languages."""

import pytest
from conftest import OUTBOX, PLAN

import kaigo


def test_findings_have_places_and_mask_people():
    row = b"202407,092015,12345678X0,20260230\r\n"
    number, date = kaigo.read(row, kind="DLT1KYO").findings
    assert (number.code, number.severity, number.row, number.field_no, number.byte) == ("field.alnum", "error", 1, 3, 14)
    assert "12345678X0" not in repr(number) + number.message + number.message_ja + number.line("ja")
    assert "12345678X0" in number.line(show_personal_data=True)
    assert (date.code, date.kind, date.field_no, date.field) == ("field.date", "DLT1KYO", 4, "care_plan_date")


def test_messages_are_in_the_language_that_was_set():
    row = b"202407,092015,1234567890,20260230\r\n"
    (finding,) = kaigo.read(row, kind="DLT1KYO").findings
    assert finding.message == finding.message_en
    kaigo.set_language("ja")
    assert kaigo.get_language() == "ja" and finding.message == finding.message_ja != finding.message_en
    with pytest.raises(kaigo.FormatError, match="JSON"):
        kaigo.read(b'{"standard":')
    with pytest.raises(ValueError, match="lang"):
        kaigo.set_language("fr")


def test_files_that_cannot_be_opened_raise_the_built_in_errors(tmp_path):
    missing = tmp_path / "UP1KYO.CSV"
    with pytest.raises(FileNotFoundError) as caught:
        kaigo.read(missing)
    assert caught.value.filename == str(missing)
    with pytest.raises(IsADirectoryError):
        kaigo.read(tmp_path, kind="UP1KYO")
    with pytest.raises(FileNotFoundError):
        kaigo.write(kaigo.read(PLAN), tmp_path / "nowhere" / "plan.CSV")
    with pytest.raises(FileNotFoundError):
        kaigo.Unit.open(tmp_path / "nowhere")


def test_a_document_that_is_cut_off_is_a_format_error():
    with pytest.raises(kaigo.FormatError) as caught:
        kaigo.read(b'{"standard":')
    assert caught.value.code == "json.cut_off"
    assert isinstance(caught.value, kaigo.KaigoError) and isinstance(caught.value, ValueError)


def test_characters_outside_shift_jis_are_told_with_their_place_and_nothing_is_written(tmp_path):
    sheet = kaigo.CarePlanSheet2(need="𠮷田さん")
    document = kaigo.Document("UP2KYO", [kaigo.CarePlanSheet2(), sheet])
    with pytest.raises(kaigo.EncodingError) as caught:
        kaigo.write(document, tmp_path / "out.CSV")
    error = caught.value
    assert (error.code, error.kind, error.row, error.field_no) == ("unwritable", "UP2KYO", 2, 7)
    assert [finding.code for finding in error.findings] == ["text.outside_ms932"]
    assert list(tmp_path.iterdir()) == []
    kaigo.write(document, tmp_path / "out.CSV", gaiji="map")
    assert kaigo.read(tmp_path / "out.CSV", kind="UP2KYO")[1].need == "吉田さん"


def test_damaged_archives_and_certificates_have_their_classes(tmp_path):
    (tmp_path / "unit.zip").write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(kaigo.FormatError) as caught:
        kaigo.Unit.open(tmp_path / "unit.zip")
    assert caught.value.code == "zip"
    with pytest.raises(kaigo.CertificateError) as caught:
        kaigo.Credential.from_pkcs12(b"no certificate", "password")
    assert caught.value.code == "credential.damaged"
    with pytest.raises(kaigo.CertificateError) as caught:
        kaigo.Certificate.from_pem(b"no certificate")
    assert caught.value.code == "credential.no-certificate"


def test_nothing_listens_is_a_connection_error_that_carried_nothing_out(sandbox):
    _, data = sandbox
    from test_transfer import credential_of

    with pytest.raises(kaigo.PlatformConnectionError) as caught:
        kaigo.Session(
            "https://127.0.0.1:9",
            credential_of(data, "1371249069")[0],
            "KJ",
            "x",
            roots=kaigo.Certificate.from_pem(data / "ca.pem"),
            attempts=1,
        )
    assert caught.value.carried_out is False and isinstance(caught.value, ConnectionError)


def test_every_unit_of_the_examples_validates_without_a_finding():
    assert kaigo.validate(OUTBOX) == []
