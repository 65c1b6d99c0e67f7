"""What the WEB service shows and takes, against a running sandbox that a municipality and a person's commands serve."""

import datetime
import json
import os
import subprocess
import tomllib

import pytest
from conftest import CARE
from test_transfer import credential_of, log_in

import kaigo
from kaigo import documents

INSURER = "992016"
FILES = [("plan.csv", b"plan")]


def role(*arguments):
    done = subprocess.run([os.environ["KAIGO_SANDBOX"], *arguments], capture_output=True, text=True, check=True)
    return json.loads(done.stdout or "null")


@pytest.fixture
def town(own_sandbox, tmp_path):
    """A sandbox with the people of an invented town, and the insured card of one of 要介護1 to 5."""
    _, data = own_sandbox
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date()
    role("town", "--out", str(tmp_path), "--insurer", INSURER, "--seed", "7", "--on", today.isoformat())
    municipality = ["municipality", "--data", str(data), "--insurer", INSURER]
    role(*municipality, "ready", "--name", "架空町", "--on", "2026-04-01")
    role(*municipality, "feed", str(tmp_path / "feed.json"))
    # The opinions are printed one by one.
    medical = [os.environ["KAIGO_SANDBOX"], "medical", "--data", str(data), "--insurer", INSURER]
    subprocess.run([*medical, str(tmp_path / "opinions.json")], stdout=subprocess.DEVNULL, check=True)
    feed = json.loads((tmp_path / "feed.json").read_text(encoding="utf-8"))
    cards = [given["document"] for given in feed["documents"] if given["type"] == "InsuredCard"]
    return own_sandbox, next(card for card in cards if card["level"] >= "21")


def as_care_manager(sandbox, **others):
    _, data = sandbox
    account = tomllib.loads((data / "offices" / CARE / "account.toml").read_text(encoding="utf-8"))
    manager = next(staff for staff in account["staff"] if "care_manager" in staff["jobs"])
    return log_in(sandbox, CARE, user_id=manager["user_id"], password=manager["password"], **others)


def test_everything_is_seen_registered_and_filed(town):
    sandbox, card = town
    who = (INSURER, card["insuredNumber"])
    person = ["person", "--data", str(sandbox[1]), "--insurer", INSURER, "--insured", card["insuredNumber"]]
    now = datetime.datetime.now(datetime.timezone.utc)
    with as_care_manager(sandbox) as session:
        with pytest.raises(kaigo.BusinessError) as caught:
            session.insured_card(*who)
        assert caught.value.code == "platform.identity-not-confirmed"
        items = {"insurerNumber": INSURER, **{name: card[name] for name in ("insuredNumber", "nameKana", "birthDate")}}
        assert session.register_person(documents.FourItems.from_dict(items)).identity == "four_items"
        session.register_terminal("desk")
        session.confirm_visually("desk", insurer=who[0], insured=who[1], compared_by="職員A")
        assert session.insured_card(*who) == documents.InsuredCard.from_dict(card)
        assert [user.insured_number for user in session.users()] == [card["insuredNumber"]]
        for scope in ("certification", "doctors_opinion", "care_plan", "life"):
            session.record_consent(*who, {"scope": scope, "given": True, "at": now.isoformat()})
        seen = {
            "BurdenRatioCertificate": session.burden_ratio(*who),
            "Certification": session.certification(*who),
            "CertificationProgress": session.certification_progress(*who),
            "AssessmentForm": session.assessment_form(*who),
            "DoctorsOpinion": session.doctors_opinion(*who),
            "HomeModificationUse": session.home_modification_use(*who),
            "EquipmentUse": session.equipment_use(*who),
        }
        for name, document in seen.items():
            assert type(document) is getattr(documents, name) and document.insured_number == card["insuredNumber"]
            assert type(document).from_xml(document.to_xml()) == document
        for view in (session.burden_limit, session.life_feedback):
            try:
                assert view(*who).insured_number == card["insuredNumber"]
            except kaigo.BusinessError as error:
                assert error.code == "platform.no-document"

        draft = session.register_plan_for_consent(*who, FILES)
        assert draft.state == "awaiting"
        with pytest.raises(kaigo.BusinessError) as caught:
            session.register_plan_for_delivery(*who, FILES, agreed_registration=draft.id)
        assert caught.value.code == "platform.plan-not-agreed"
        role(*person, "agree", draft.id, "--comment", "お願いします")
        state = session.plan_state(*who, draft.id)
        assert (state.state, state.comment) == ("agreed", "お願いします")
        delivered = session.register_plan_for_delivery(*who, FILES, agreed_registration=draft.id)
        assert session.registered_plans(*who) == [delivered]
        assert session.registered_plan(*who, delivered.id) == (delivered, FILES)
        paper = session.register_plan_for_delivery(*who, [("other.csv", b"x")], agreed_on=datetime.date(2026, 11, 1))
        assert paper.agreed_on == datetime.date(2026, 11, 1)
        with pytest.raises(ValueError):
            session.register_plan_for_delivery(*who, FILES)

        today = now.astimezone(datetime.timezone(datetime.timedelta(hours=9))).date()
        form = {
            "variant": "care", "kind": "new", "destination": INSURER,
            "person": {name: card[name] for name in ("insuredNumber", "name", "nameKana", "birthDate", "sex")},
            "planAuthor": "1",
            "office": {"number": CARE, "name": "架空居宅", "address": "架空町", "phone": "03-0000-0000"},
            "appliesFrom": today, "notifiedOn": today, "filedBy": "office",
            "consent": {"scope": "notification", "given": True, "at": now.isoformat()},
        }  # fmt: skip
        receipt = session.file_notification(form)
        assert session.file_notification(form) == receipt
        with pytest.raises(kaigo.BusinessError) as caught:
            session.file_notification({**form, "kind": "change"})
        assert caught.value.code == "platform.filing-stopped"
        with pytest.raises(kaigo.FormatError) as caught:
            session.file_notification({**form, "variant": "nonsense"})
        assert "variant" in str(caught.value) and "nonsense" not in str(caught.value)
    filed = role("municipality", "--data", str(sandbox[1]), "--insurer", INSURER, "notifications")
    assert [entry["receipt"] for entry in filed["notifications"]] == [receipt.to_dict()]
    log = role(*person, "log")["entries"]
    assert ("insuredcard", "B4004") in [(entry["call"], entry["outcome"]) for entry in log]


def test_what_a_profile_lacks_names_the_browser(sandbox):
    with as_care_manager(sandbox, profile="api-1.0") as session:
        with pytest.raises(kaigo.TransferError) as caught:
            session.registered_plans(INSURER, "9000000000")
        assert caught.value.code == "transfer.not-offered" and "browser" in str(caught.value)
        assert session.users() == []
        with pytest.raises(ValueError):
            session.insured_card("nonsense", "9000000000")
    credential, account = credential_of(sandbox[1], CARE)
    with pytest.raises(ValueError):
        kaigo.Session(sandbox[0], credential, account["user_id"], account["password"], roots=[], profile="nonsense")


def test_the_offices_own_account_has_no_job(town):
    sandbox, card = town
    kaigo.set_language("ja")
    with log_in(sandbox, CARE) as session, pytest.raises(kaigo.BusinessError) as caught:
        session.certification(INSURER, card["insuredNumber"])
    assert caught.value.code == "platform.no-right" and "職種" in str(caught.value)
