"""Typed columns for every data frame, in one call."""

import datetime
import decimal

import duckdb
import pandas
import polars
import pyarrow
import pytest
from conftest import FILES, OUTBOX, PLAN

import kaigo


def test_columns_are_typed_and_the_schema_has_the_official_names():
    table = pyarrow.table(kaigo.read(PLAN).to_arrow())
    schema = table.schema
    assert schema.field("service_date").type == pyarrow.date32()
    assert schema.field("target_month").type == pyarrow.date32()
    assert schema.field("service_start_time").type == pyarrow.time32("s")
    assert schema.field("units").type == pyarrow.int32()
    assert schema.field("service_code").type == pyarrow.string()
    assert schema.metadata[b"kaigo:kind"] == b"UPPLAN"
    assert schema.field("units").metadata[b"kaigo:name_ja"].decode() == "単位数"
    assert schema.field("units").metadata[b"kaigo:no"] == b"8"
    annex = pyarrow.table(kaigo.read(next(path for path in FILES if "UPSIKYU" in path.name)))
    assert annex.schema.field("unit_price").type == pyarrow.decimal128(5, 2)
    assert decimal.Decimal("11.40") in annex["unit_price"].to_pylist()
    japanese = pyarrow.table(kaigo.read(PLAN).to_arrow("ja"))
    assert japanese["単位数"] == table["units"]


def test_cells_are_what_the_attributes_say():
    for path in FILES:
        document = kaigo.read(path)
        for record, row in zip(document, pyarrow.table(document).to_pylist(), strict=True):
            for field in document.record_class.fields:
                value = record[field.no]
                if isinstance(value, kaigo.Month):
                    value = value.first_day
                assert row[field.name] == value, (path.name, field)


def test_polars_takes_and_gives_a_document():
    plan = kaigo.read(PLAN)
    frame = polars.DataFrame(plan)
    assert frame.shape == (len(plan), len(plan.record_class.fields) + 1)
    assert frame["service_date"].dtype == polars.Date and frame["units"].sum() == sum(slip.units for slip in plan)
    assert kaigo.from_arrow(frame, kind="UPPLAN") == plan
    dearer = kaigo.from_arrow(frame.with_columns(polars.col("units") + 1), kind="UPPLAN")
    assert [slip.units for slip in dearer] == [slip.units + 1 for slip in plan]


def test_pandas_takes_and_gives_a_document():
    plan = kaigo.read(PLAN)
    frame = pandas.DataFrame.from_arrow(plan)
    assert len(frame) == len(plan) and frame["units"].sum() == sum(slip.units for slip in plan)
    assert kaigo.from_arrow(frame, kind="UPPLAN").to_csv() == PLAN.read_bytes()


def test_pyarrow_takes_and_gives_a_document_and_parquet_keeps_its_kind(tmp_path):
    import pyarrow.parquet

    plan = kaigo.read(PLAN)
    pyarrow.parquet.write_table(pyarrow.table(plan), tmp_path / "plan.parquet")
    assert kaigo.from_arrow(pyarrow.parquet.read_table(tmp_path / "plan.parquet")).to_csv() == PLAN.read_bytes()


def test_duckdb_asks_a_document_by_its_name():
    plan = kaigo.read(PLAN)  # noqa: F841 - SQL names it
    (units,) = duckdb.sql("select sum(units) from plan where service_date < date '2026-07-02'").fetchall()[0]
    assert units == sum(slip.units for slip in plan if slip.service_date < datetime.date(2026, 7, 2))
    assert kaigo.from_arrow(duckdb.sql("select * from plan").to_arrow_table(), kind="UPPLAN") == plan


def test_what_no_typed_cell_says_stands_in_verbatim_until_the_cell_is_changed():
    row = b"202407,092015,1234567890,20260230\r\n"
    table = pyarrow.table(kaigo.read(row, kind="DLT1KYO"))
    assert table["care_plan_date"].to_pylist() == [None]
    assert table["verbatim"].to_pylist() == ['{"carePlanDate":{"raw":"20260230"}}']
    assert kaigo.from_arrow(table).to_csv() == row
    index = table.schema.get_field_index("care_plan_date")
    changed = table.set_column(index, "care_plan_date", pyarrow.array([datetime.date(2026, 3, 1)]))
    assert kaigo.from_arrow(changed, kind="DLT1KYO")[0].care_plan_date == datetime.date(2026, 3, 1)


def test_tables_that_cannot_be_records_are_refused_with_their_place():
    def code(columns, kind="UPPLAN"):
        with pytest.raises(kaigo.FormatError) as caught:
            kaigo.from_arrow(pyarrow.table(columns), kind=kind)
        return caught.value.code

    assert code({"units": [1]}, kind=None) == "table.kind"
    assert code({"no_such_field": [1]}) == "table.column"
    assert code({"service_code": [111111]}) == "table.type"
    assert code({"units": [1.5]}) == "table.value"
    assert code({"units": [2**40]}) == "table.type"
    assert code({"target_month": [datetime.date(2026, 7, 2)]}) == "table.value"
    assert code({"service_start_time": [datetime.time(9, 0, 30)]}) == "table.value"
    assert code({"service_date": [datetime.datetime(2026, 7, 1, 12)]}) == "table.value"
    assert kaigo.from_arrow(pyarrow.table({"units": [1.0, None]}), kind="UPPLAN")[1].units is None
    with pytest.raises(TypeError, match="__arrow_c_stream__"):
        kaigo.from_arrow([1])


def test_a_scan_reads_many_files_in_their_order_with_source_and_findings(tmp_path):
    rows = [b"202407,092015,1234567890,%s\r\n" % day for day in (b"20260701", b"20260230", b"20260703")]
    for number in range(50):
        name = f"DLT1KYO_1371249069_43_1373350030_11_202606250937{number:02}.CSV"
        (tmp_path / name).write_bytes(b"".join(rows))
    (tmp_path / "note.txt").write_text("no file of the exchange")
    scan = kaigo.scan(tmp_path)
    assert (scan.kind, len(scan.paths)) == ("DLT1KYO", 50)
    for _ in range(2):
        table = pyarrow.table(scan)
        assert table.num_rows == 150 and table["source_row"].to_pylist() == [1, 2, 3] * 50
        names = table["source_file"].to_pylist()
        assert names == sorted(names) and len(set(names)) == 50
        assert [(f.code, f.row) for f in scan.findings] == [("field.date", 2)] * 50
        assert [f.file for f in scan.findings] == sorted(set(names))
    assert sum(len(batch) for batch in scan) == 150
    assert duckdb.sql("select count(*) from scan").fetchall() == [(150,)]
    assert polars.DataFrame(kaigo.findings_table(scan.findings))["code"].to_list() == ["field.date"] * 50
    with pytest.raises(ValueError, match="pass kind"):
        kaigo.scan(OUTBOX)
    assert pyarrow.table(kaigo.scan(OUTBOX, kind="UPPLAN", source=False)).equals(pyarrow.table(kaigo.read(PLAN)))
    missing = kaigo.scan([tmp_path / "UPPLAN.CSV"], kind="UPPLAN")
    with pytest.raises(FileNotFoundError):
        list(missing)
    with pytest.raises(Exception, match="UPPLAN.CSV"):
        pyarrow.table(missing)


@pytest.mark.parametrize("where", [None, "middle", "quote", "month"])
def test_a_large_file_is_read_on_several_threads_as_on_one(where):
    """What is found does not depend on the number of threads."""
    line = PLAN.read_bytes().splitlines(keepends=True)[0]
    lines = [line] * (5_000_000 // len(line))
    middle = len(lines) // 2
    if where == "middle":
        lines[middle] = line.replace(b"20260701", b"20260732")
    elif where == "quote":
        lines[middle] = line.replace(b'"', b"", 1)
    elif where == "month":
        lines[middle:] = [line.replace(b",202607,", b",202608,").replace(b",202607", b",202608")] * (len(lines) - middle)
    content = b"".join(lines)
    document = kaigo.read(content, kind="UPPLAN", name="x.CSV")
    assert bool(document.findings) == bool(where)
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/x.CSV"
        with open(path, "wb") as file:
            file.write(content)
        for threads in (1, 2, 5):
            scan = kaigo.scan(path, kind="UPPLAN", threads=threads, source=False)
            assert pyarrow.table(scan).equals(pyarrow.table(document))
            assert [(f.code, f.row, f.byte) for f in scan.findings] == [
                (f.code, f.row, f.byte) for f in document.findings
            ]
