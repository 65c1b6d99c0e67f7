"""Documents and rules by name, and the message of online eligibility."""

import datetime

import pytest

import kaigo
from kaigo import benefit, eligibility

CONSENT = {"scope": "life", "given": True, "at": "2026-04-01T00:00:00Z"}


def test_a_document_goes_to_xml_and_back():
    xml = eligibility.dumps("Consent", CONSENT, form="xml")
    assert b"<given>true</given>" in xml
    assert eligibility.loads("Consent", xml, form="xml") == CONSENT
    assert "Consent" in eligibility.names()
    assert eligibility.schema("Consent").startswith("<?xml") and eligibility.schema("UPPLAN")
    assert eligibility.schema("Konsent") is None


def test_what_does_not_conform_is_refused_with_its_place_and_without_its_value():
    with pytest.raises(kaigo.FormatError) as raised:
        eligibility.dumps("Consent", {**CONSENT, "given": "山田", "other": 1})
    assert raised.value.code == "document.unknown"
    assert "given is of another type" in str(raised.value) and "山田" not in str(raised.value)
    with pytest.raises(kaigo.FormatError) as raised:
        eligibility.dumps("Konsent", CONSENT)
    assert raised.value.code == "no_name"
    with pytest.raises(kaigo.FormatError) as raised:
        eligibility.loads("Consent", b"<!DOCTYPE x><x/>", form="xml")
    assert raised.value.code == "xml.doctype"
    with pytest.raises(ValueError, match="'json' or 'xml'"):
        eligibility.loads("Consent", b"{}", form="yaml")


def test_a_rule_answers_with_its_reasons():
    period = {"from": datetime.date(2026, 4, 1), "to": datetime.date(2027, 3, 31)}
    question = {"month": kaigo.Month(2026, 7), "levels": [{"level": "22", "period": period}]}
    decision = benefit.decide("monthly_ceiling", question)
    assert (decision.value, decision.is_stopped) == (19705, False)
    (reason,) = decision.reasons
    assert (reason.rule, reason.effect, reason.facts["units"]) == ("ceiling.level", "explains", 19705)
    assert "19705 units" in reason.message
    kaigo.set_language("ja")
    assert "19705単位" in reason.message
    own = {"unitCeilings": [{"from": "2026-01", "level": "22", "units": 20000}]}
    assert benefit.decide("monthly_ceiling", question, tables=own).value == 20000
    nothing = benefit.decide("monthly_ceiling", {"month": "2026-07"})
    assert (nothing.value, nothing.is_stopped) == (None, True)


def test_every_rule_asks_for_a_document_that_there_is():
    assert set(benefit.questions().values()) <= set(eligibility.names())


@pytest.mark.parametrize("encoding", ["utf-8", "shift_jis"])
def test_the_message_of_online_eligibility_is_read_and_written(encoding):
    name = "髙橋　花子"
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    body = f"<ResultList><ResultOfQualificationConfirmation><Name>{name}</Name></ResultOfQualificationConfirmation></ResultList>"
    message = f"{head}<XmlMsg><MessageHeader/><MessageBody><New/>{body}</MessageBody></XmlMsg>"
    codec = "cp932" if encoding == "shift_jis" else encoding
    document, unknown = eligibility.load_xml_msg(message.encode(codec))
    assert unknown == ["New"]
    (person,) = document["messageBody"]["resultList"]["resultOfQualificationConfirmation"]
    assert person["name"] == name
    written = eligibility.dump_xml_msg(document, encoding=encoding)
    assert name in written.decode(codec)
    assert eligibility.load_xml_msg(written)[0]["messageBody"] == document["messageBody"]
