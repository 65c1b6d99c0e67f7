"""Documents and records as a user meets them, on files of another writer."""

import copy
import datetime
import decimal
import io
import pickle
import pydoc

import pytest
from conftest import FILES, PLAN

import kaigo
from kaigo import Month, ServiceSlip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_read_without_a_finding_and_write_back(path, tmp_path):
    document = kaigo.read(path)
    assert document.findings == []
    assert len(document) > 0 and path.name.startswith(document.kind)
    for name in ("copy.CSV", "copy.json"):
        kaigo.write(document, tmp_path / name)
        assert kaigo.read(tmp_path / name, kind=document.kind).to_csv() == path.read_bytes()


def test_a_path_bytes_and_an_open_file_read_the_same():
    document = kaigo.read(PLAN)
    content = PLAN.read_bytes()
    assert kaigo.read(str(PLAN)) == document
    assert kaigo.read(content, kind="UPPLAN") == kaigo.read(bytearray(content), kind="UPPLAN") == document
    with open(PLAN, "rb") as file:
        assert kaigo.read(file, kind="UPPLAN") == document
    with pytest.raises(ValueError, match="kind"):
        kaigo.read(content)
    with pytest.raises(TypeError, match="binary"):
        kaigo.read(io.StringIO("text"), kind="UPPLAN")


def test_fields_have_the_types_of_python_under_every_name():
    slip = kaigo.read(PLAN)[0]
    assert isinstance(slip, ServiceSlip)
    assert slip.service_date == datetime.date(2026, 7, 1)
    assert slip["サービス利用日"] == slip["service_date"] == slip["serviceDate"] == slip[10] == slip.service_date
    assert slip.target_month == Month(2026, 7) and str(slip.target_month) == "2026-07"
    assert slip.target_month.last_day == datetime.date(2026, 7, 31)
    assert slip.service_start_time == datetime.time(9, 0)
    assert slip.units == 163 and slip.identifier is None
    assert slip.label("over_30_days") == "非該当" and slip.label("units") is None
    assert slip.text("target_month") == "202607"
    with pytest.raises(KeyError):
        slip["サービス"]
    with pytest.raises(KeyError):
        slip[26]


def test_unit_prices_are_decimals_and_what_is_no_value_is_none_with_its_text():
    annex = kaigo.ServiceSlipAnnex(unit_price=decimal.Decimal("11.4"), csv_version="2O2407")
    assert annex.unit_price == decimal.Decimal("11.40") and annex.text("unit_price") == "11.40"
    assert annex.csv_version is None and annex.text("csv_version") == "2O2407"
    slip = ServiceSlip(service_start_time="9999", units="0163")
    assert slip.service_start_time is None and slip.text("service_start_time") == "9999"
    assert slip.units == 163 and slip.text("units") == "0163"


def test_a_name_that_stands_twice_in_its_table_is_told_by_its_number():
    sheet = kaigo.CarePlanSheet3(service_start_time=datetime.time(9, 0))
    assert sheet["開始時間（No.8）"] == datetime.time(9, 0) and sheet["開始時間（No.11）"] is None
    with pytest.raises(KeyError):
        sheet["開始時間"]


def test_values_of_a_wrong_type_are_refused():
    for fields in (
        {"units": 1.5},
        {"units": True},
        {"service_date": datetime.datetime(2026, 7, 1)},
        {"target_month": datetime.date(2026, 7, 1)},
        {"planner_name": 5},
        {"no_such_field": 1},
    ):
        with pytest.raises(TypeError):
            ServiceSlip(**fields)
    for wrong in (datetime.time(9, 0, 1), datetime.time(9, 0, 0, 1)):
        with pytest.raises(ValueError, match="seconds"):
            ServiceSlip(service_start_time=wrong)
    with pytest.raises(ValueError, match="decimals"):
        kaigo.ServiceSlipAnnex(unit_price=decimal.Decimal("11.405"))
    with pytest.raises(TypeError, match="one of the classes"):
        kaigo.Record(units=1)


def test_records_are_frozen_and_match_by_position():
    slip = kaigo.read(PLAN)[0]
    with pytest.raises(AttributeError, match="replace"):
        slip.units = 5
    with pytest.raises(AttributeError):
        slip.other = 5
    other = slip.replace(units=5)
    assert (other.units, slip.units) == (5, 163) and other != slip
    assert slip.replace() == slip and hash(slip.replace()) == hash(slip)
    assert copy.deepcopy(slip) is slip
    match slip:
        case ServiceSlip(_, insurer, units=units):
            assert (insurer, units) == ("376608", 163)
    assert ServiceSlip.__match_args__[1] == "insurer_number"


def test_repr_masks_people():
    slip = kaigo.read(PLAN)[0]
    shown = repr(slip)
    assert "units=163" in shown and "planner_name=<masked>" in shown
    assert slip.planner_name not in shown and slip.insured_number not in shown
    assert "1234" not in repr(ServiceSlip(units="1234 見本"))


def test_help_reads_like_the_official_table():
    text = pydoc.render_doc(kaigo.ServiceSlip, renderer=pydoc.plaintext)
    lines = iter(text.splitlines())
    for field in ServiceSlip.fields:
        assert any(f"{field.no}  {field.name}" in line and field.name_ja in line for line in lines), field
    assert "標準仕様 4.1" in text
    assert ServiceSlip.units.name_ja == "単位数" and ServiceSlip.units.required == "yes (hard to read)"
    assert ServiceSlip.over_30_days.codes == {"0": "非該当", "1": "該当"}


def test_a_document_is_a_sequence():
    document = kaigo.read(PLAN)
    assert list(document) == document[:] and document[-1] == document[len(document) - 1]
    assert document[::-7] == document[:][::-7]
    for index in (len(document), -len(document) - 1):
        with pytest.raises(IndexError):
            document[index]
    first, *_ = document
    assert first == document[0]
    # A record outlives its document.
    del document
    assert first.units == 163


def test_dicts_in_both_languages_hold_every_field_once():
    for path in FILES:
        document = kaigo.read(path)
        fields = document.record_class.fields
        for lang, names in (("en", [f.name for f in fields]), ("ja", [f.name_ja for f in fields])):
            for record, row in zip(document, document.to_dicts(lang), strict=True):
                assert list(row) == names
                assert list(row.values()) == [record[no] for no in range(1, len(fields) + 1)]


def test_documents_are_made_of_records_and_checked():
    plan = kaigo.read(PLAN)
    actuals = kaigo.Document("UPJSK", [slip.replace(units=slip.units + 1) for slip in plan])
    assert actuals.kind == "UPJSK" and actuals.errors == 0 and actuals.raise_for_errors() is actuals
    assert kaigo.read(actuals.to_csv(), kind="UPJSK") == actuals
    wrong = kaigo.Document("UPJSK", [ServiceSlip(units=12345678)])
    assert {"field.required", "field.length"} <= {finding.code for finding in wrong.findings}
    with pytest.raises(kaigo.ConformanceError) as caught:
        wrong.raise_for_errors()
    assert caught.value.code == wrong.findings[0].code and caught.value.row == 1
    assert caught.value.findings == wrong.findings
    with pytest.raises(TypeError):
        kaigo.Document("UP1KYO", plan)
    with pytest.raises(ValueError, match="UPKIHON_IMAGE"):
        kaigo.Document("NOTHING", [])


def test_documents_and_months_are_pickled():
    plan = kaigo.read(PLAN)
    assert pickle.loads(pickle.dumps(plan)) == plan
    assert pickle.loads(pickle.dumps(Month(2026, 7))) == Month(2026, 7)


def test_convert_carries_over_what_does_not_conform(tmp_path):
    row = b"202407,092015,1234567890,20260230\r\n"
    (tmp_path / "in.CSV").write_bytes(row)
    (finding,) = kaigo.convert(tmp_path / "in.CSV", tmp_path / "out.json", kind="DLT1KYO").findings
    assert finding.code == "field.date"
    kaigo.convert(tmp_path / "out.json", tmp_path / "out.CSV")
    assert (tmp_path / "out.CSV").read_bytes() == row


def test_habits_of_other_importers_are_written_when_asked_for():
    deletion = kaigo.CarePlanDeletion(csv_version=Month(2024, 7), insurer_number="092015")
    document = kaigo.Document("DLT1KYO", [deletion])
    assert document.to_csv() == b"202407,092015,,\r\n"
    assert document.to_csv(quoting="all", line_end="\n") == b'"202407","092015","",""\n'
    for wrong in ({"quoting": "some"}, {"line_end": "\r"}, {"encoding": "latin-1"}, {"gaiji": "?"}):
        with pytest.raises(ValueError):
            document.to_csv(**wrong)


def test_units_open_check_and_save(tmp_path):
    unit = kaigo.Unit.open(PLAN.parent)
    assert (unit.kind, unit.sender, unit.check()) == ("Monthly", kaigo.Party("1371249069", "43"), [])
    for target in (tmp_path / "folder", tmp_path / "archive.zip"):
        unit.save(target)
        assert kaigo.Unit.open(target) == unit
    with pytest.raises(ValueError, match="2 sending units"):
        kaigo.Unit.open(PLAN.parents[1])
    units, stray = kaigo.Unit.open_all(PLAN.parents[1])
    assert [unit.kind for unit in units] == ["CarePlan", "Monthly"] and stray == []
    incomplete = kaigo.Unit([(file.name, file.content) for file in unit.files if file.kind != "UPSIKYU"])
    assert [finding.code for finding in incomplete.check()] == ["unit.incomplete"]


def test_names_and_sequence_numbers(tmp_path):
    name = kaigo.FileName.parse(PLAN.name)
    assert str(name) == PLAN.name and (name.kind, name.month) == ("UPPLAN", Month(2026, 7))
    again = kaigo.FileName("UPPLAN", name.sender, name.receiver, name.sequence, month=name.month)
    assert again == name
    store = kaigo.SequenceStore(tmp_path / "sequence")
    assert store.next() < store.next()
    with pytest.raises(ValueError):
        kaigo.FileName("UPPLAN", name.sender, name.receiver, name.sequence)
    with pytest.raises(kaigo.FormatError) as caught:
        kaigo.Party("not a number")
    assert caught.value.code == "ident"


def test_an_inbox_knows_what_is_current_and_visits_are_compared():
    units, _ = kaigo.Unit.open_all(PLAN.parents[1])
    inbox = kaigo.Inbox()
    assert inbox.apply_all(units) == []
    assert [finding.code for finding in inbox.apply(units[0])] == ["inbox.again"]
    clients = inbox.clients()
    assert clients == sorted(clients)
    plans = [plan for client in clients if (plan := inbox.current_plan(client))]
    assert plans and all(plan.sheet2 and plan.sheet1.care_plan_date for plan in plans)
    slip = next(slip for client in clients if (slip := inbox.current_slip(client)))
    actual = [record for number, record in enumerate(slip.slips) if number != 1]
    found = kaigo.reconcile(slip, actual)
    outcomes = [visit.outcome for visit in found.clients[0].visits]
    assert sorted(set(outcomes)) == ["as_planned", "cancelled"] and outcomes.count("cancelled") == 1
    client = kaigo.Client(slip.slips[0].insurer_number, slip.slips[0].insured_number)
    assert list(inbox.slips(client, Month(2026, 7))) == ["1371249069"]
    assert inbox.actuals(client, Month(2026, 7)) == () and client.insured not in repr(client)
    with pytest.raises(TypeError, match="ServiceSlip"):
        kaigo.reconcile([kaigo.CarePlanSheet1()], [])


def test_a_document_is_taken_for_records_of_its_own_class_alone():
    plan = kaigo.read(PLAN)
    assert plan.of(kaigo.ServiceSlip) is plan
    with pytest.raises(TypeError, match="UPPLAN has records of ServiceSlip, not of CarePlanSheet1"):
        plan.of(kaigo.CarePlanSheet1)
    assert kaigo.Document[kaigo.ServiceSlip].__origin__ is kaigo.Document
