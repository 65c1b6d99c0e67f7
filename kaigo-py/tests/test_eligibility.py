"""Documents as frozen classes."""

import copy
import dataclasses
import datetime

import pytest

import kaigo
from kaigo import benefit, documents, eligibility

CARD = documents.InsuredCard(
    insured_number="0000000001",
    name="試験 花子",
    name_kana="シケン ハナコ",
    birth_date=datetime.date(1940, 5, 3),
    sex="2",
    address="東京都千代田区",
    issued_on=datetime.date(2026, 4, 1),
    reissued=False,
    insurer=documents.Insurer(number="131016", name="千代田区"),
    level="22",
    valid=documents.Period(from_=datetime.date(2026, 4, 1), to=datetime.date(2027, 3, 31)),
    service_ceilings=(documents.ServiceCeiling(service_type="11", units=3000),),
)


def test_a_document_goes_to_json_and_xml_and_back_with_days_as_days():
    assert b'"valid":{"from":"2026-04-01","to":"2027-03-31"}' in CARD.to_json()
    for read in (documents.InsuredCard.from_json(CARD.to_json()), documents.InsuredCard.from_xml(CARD.to_xml())):
        assert read == CARD and hash(read) == hash(CARD)
        assert read.birth_date == datetime.date(1940, 5, 3) and read.ceiling is None and read.facilities == ()
    assert documents.InsuredCard.from_dict(CARD.to_dict()) == CARD
    assert documents.InsuredCard.schema().startswith("<?xml")
    later = dataclasses.replace(CARD, reissued=True)
    assert later.reissued and later != CARD and copy.deepcopy(CARD) == CARD
    with pytest.raises(dataclasses.FrozenInstanceError):
        CARD.level = "25"


def test_months_and_times_are_those_of_python():
    consent = documents.Consent(scope="life", given=True, at=datetime.datetime(2026, 4, 1, 9, tzinfo=datetime.UTC))
    assert documents.Consent.from_json(b'{"scope":"life","given":true,"at":"2026-04-01T09:00:00Z"}') == consent
    question = documents.MonthlyCeilingQuestion(
        month=kaigo.Month(2026, 7), levels=(documents.LevelPeriod(level="22", period=CARD.valid),)
    )
    assert documents.MonthlyCeilingQuestion.from_xml(question.to_xml()).month == kaigo.Month(2026, 7)
    assert benefit.decide("monthly_ceiling", question).value == 19705
    assert eligibility.loads("MonthlyCeilingQuestion", question.to_json())["month"] == "2026-07"


def test_a_document_in_hand_is_valid():
    with pytest.raises(kaigo.FormatError, match="insuredNumber") as raised:
        dataclasses.replace(CARD, insured_number="千代田", sex="男")
    assert "sex" in str(raised.value) and "千代田" not in str(raised.value)
    with pytest.raises(kaigo.FormatError, match="Individual Number"):
        dataclasses.replace(CARD, address="123456789018")
    with pytest.raises(TypeError):
        documents.Consent(scope="life")
    with pytest.raises(kaigo.FormatError):
        documents.InsuredCard.from_json(b"{}")


def test_nothing_about_a_person_is_shown():
    assert repr(CARD).startswith("InsuredCard(insured_number=masked, name=masked")
    for secret in ("0000000001", "花子", "ハナコ", "1940", "千代田区千代田"):
        assert secret not in repr(CARD)
    assert "level='22'" in repr(CARD)


def test_a_mapping_may_hold_documents_and_what_json_does_not_have():
    question = {"month": kaigo.Month(2026, 7), "levels": [documents.LevelPeriod(level="22", period=CARD.valid)]}
    assert benefit.decide("monthly_ceiling", question).value == 19705
    at = datetime.datetime(2026, 4, 1, 9, tzinfo=datetime.UTC)
    assert eligibility.loads("Consent", eligibility.dumps("Consent", {"scope": "life", "given": True, "at": at}))
    with pytest.raises(kaigo.FormatError, match="month"):
        benefit.decide("monthly_ceiling", {**question, "month": object()})


def test_there_is_a_class_for_every_type():
    for name in eligibility.names():
        assert issubclass(getattr(documents, name), documents.Document)
