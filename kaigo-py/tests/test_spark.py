"""A lake of files on Spark, partitioned over two workers."""

import datetime
import sys
import warnings

import pytest
from conftest import PLAN

import kaigo
import kaigo.spark


@pytest.fixture(scope="module")
def spark():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        with warnings.catch_warnings():
            # What Spark's own modules say while they load is not ours.
            warnings.simplefilter("ignore")
            from pyspark.sql import SparkSession

            session = (
                SparkSession.builder.master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate()
            )
        yield session
        session.stop()


@pytest.mark.filterwarnings("ignore")
def test_a_lake_is_read_and_checked(spark, tmp_path):
    content = PLAN.read_bytes()
    for number in range(6):
        name = PLAN.name.replace("20260625093835", f"202606250938{number:02}")
        (tmp_path / f"office{number % 2}").mkdir(exist_ok=True)
        (tmp_path / f"office{number % 2}" / name).write_bytes(
            content.replace(b"20260701", b"20260732", 1) if number == 3 else content
        )
    (tmp_path / "office0" / "UPSIKYU_202607_x.CSV").write_bytes(b"of another kind")
    plan = kaigo.read(PLAN)

    slips = kaigo.spark.read(spark, str(tmp_path), kind="UPPLAN")
    assert slips.rdd.getNumPartitions() >= 2
    assert slips.count() == 6 * len(plan)
    row = slips.where("source_row = 1").orderBy("source_file").first()
    assert row["service_date"] == datetime.date(2026, 7, 1) and row["service_start_time"] == "09:00:00"
    (units,) = slips.groupBy().sum("units").first()
    assert units == 6 * sum(slip.units for slip in plan)

    (finding,) = kaigo.spark.findings(spark, str(tmp_path), kind="UPPLAN").collect()
    assert (finding["code"], finding["row"], finding["field"]) == ("field.date", 1, "created_on")
    assert finding["file"].endswith("03.CSV")


@pytest.mark.filterwarnings("ignore")
def test_a_lake_is_reconciled_client_by_client(spark, tmp_path):
    lines = PLAN.read_bytes().splitlines(keepends=True)
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / PLAN.name).write_bytes(b"".join(lines))
    actuals = tmp_path / "actuals"
    actuals.mkdir()
    stem = "UPJSK_202607_1373350030_11_1371249069_43_202608031038"
    # The first was corrected: only the second counts.
    (actuals / f"{stem}29.CSV").write_bytes(b"".join(lines[5:]))
    moved = lines[0].replace(b"0900,0930", b"0910,0940")
    (actuals / f"{stem}30.CSV").write_bytes(b"".join([moved, *lines[2:]]))

    differences, findings = kaigo.spark.reconcile(spark, str(tmp_path / "plans"), str(actuals))
    rows = sorted(differences.collect(), key=lambda row: row["outcome"])
    assert [row["outcome"] for row in rows] == ["cancelled", "moved"]
    assert (rows[0]["planned_row"], rows[0]["planned_file"], rows[0]["actual_row"]) == (2, PLAN.name, None)
    assert (rows[1]["actual_file"], rows[1]["actual_row"], rows[1]["actual_start"]) == (f"{stem}30.CSV", 1, "09:10")
    assert findings.where("severity = 'error'").count() == 0
    within, _ = kaigo.spark.reconcile(spark, str(tmp_path / "plans"), str(actuals), tolerance=10)
    assert [row["outcome"] for row in within.collect()] == ["cancelled"]
