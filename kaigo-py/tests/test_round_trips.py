"""Whatever stands in a file comes back byte for byte, by every way; nothing makes the library fail."""

import pyarrow
from hypothesis import given, settings
from hypothesis import strategies as st

import kaigo
from kaigo import _kaigo

KINDS = sorted(kind for record in _kaigo.record_classes.values() for kind in record.kinds)

#: Texts as senders write them, codes that Windows only reads, gaiji, bytes that are no character, and quotes.
CELLS = st.one_of(
    st.sampled_from([b"", b"202407", b"20260701", b"00000000", b"000000", b"9999", b"0930", b"007", b"-5", b"11.40", b"1"]),
    st.text(st.characters(codec="cp932", exclude_characters="\r\n\0¢£¬‖−〜")).map(lambda text: text.encode("cp932")),
    st.sampled_from([b"\xed\x40", b"\xfa\x54", b"\xf0\x40", b"\x81", b"\x85\x40", b"a\"b", b"\x83\x5c", b"\r\n,"]),
)


def row(cells):
    return b",".join(b'"' + cell.replace(b'"', b'""') + b'"' for cell in cells)


@st.composite
def files(draw):
    kind = draw(st.sampled_from(KINDS))
    width = next(len(record.fields) for record in _kaigo.record_classes.values() if kind in record.kinds)
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4))
    return kind, b"".join(row(cells) + b"\r\n" for cells in rows)


@settings(deadline=None)
@given(files())
def test_csv_arrow_json_and_pickle_give_the_same_bytes(file):
    kind, content = file
    document = kaigo.read(content, kind=kind)
    written = document.to_csv(quoting="all")
    by_arrow = kaigo.from_arrow(document.to_arrow())
    assert by_arrow.to_csv(quoting="all") == written
    by_pyarrow = kaigo.from_arrow(pyarrow.table(document.to_arrow("ja")))
    assert by_pyarrow.to_csv(quoting="all") == written
    by_scan, findings = _kaigo.read_table(content, "x", kind=kind)
    assert kaigo.from_arrow(by_scan).to_csv(quoting="all") == written
    assert [finding.code for finding in findings] == [finding.code for finding in document.findings]
    by_json = kaigo.read(document.to_json())
    assert by_json == document and by_json.to_csv(quoting="all") == written
    by_records = kaigo.Document(kind, document)
    assert by_records.to_csv(quoting="all") == written


@settings(deadline=None)
@given(st.sampled_from(KINDS), st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_an_error_of_the_library(kind, content):
    try:
        document = kaigo.read(content, kind=kind, tolerant=True)
    except kaigo.FormatError:
        return
    for record in document:
        repr(record), record.to_dict("ja"), hash(record)
    document.to_arrow(), document.findings, document.to_json()


@settings(deadline=None)
@given(st.integers(0, 999_999), st.dates(), st.times().map(lambda time: time.replace(second=0, microsecond=0)))
def test_values_of_python_come_back_as_they_were(units, date, time):
    slip = kaigo.ServiceSlip(units=units, service_date=date, service_start_time=time, target_month=kaigo.Month.of(date))
    assert (slip.units, slip.service_date, slip.service_start_time) == (units, date, time)
    (read,) = kaigo.read(kaigo.Document("UPPLAN", [slip]).to_csv(), kind="UPPLAN")
    assert read == slip and read.target_month == kaigo.Month(date.year, date.month)
