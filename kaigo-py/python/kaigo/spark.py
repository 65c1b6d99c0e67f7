"""Files of the exchange on Apache Spark: a lake of them read and checked with the same code as one.

Spark partitions, repeats and shuffles; on each worker its ``mapInArrow`` hands the bytes of files to kaigo and gets
typed columns back. Needs ``pyspark`` and ``pyarrow`` (``pip install kaigo[spark]``), and kaigo on the workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from . import _kaigo

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["findings", "read", "reconcile"]


def read(
    spark: SparkSession, paths: str | list[str], *, kind: str, tolerant: bool = False, lang: str = "en"
) -> DataFrame:
    """The records of all files of a kind below paths (of any file system that Spark reads), as typed columns.

    The columns are those of ``kaigo.scan``, with ``source_file`` and ``source_row``; times are texts ``HH:MM:SS``, for
    Spark has no type for them. Files come to a worker whole, as many at once as
    ``spark.sql.execution.arrow.maxRecordsPerBatch`` says: lower it where files are large.
    """
    schema = _for_spark(_schema(kind, lang))

    def batches(files: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow as pa

        for name, content in _contents(files):
            table, _ = _kaigo.read_table(content, name, kind=kind, tolerant=tolerant, lang=lang)  # type: ignore[arg-type]
            yield from pa.table(table).cast(_for_spark(_schema(kind, lang))).to_batches()

    return _map(_files(spark, paths, kind), batches, schema)


def findings(
    spark: SparkSession, paths: str | list[str], *, kind: str, tolerant: bool = False
) -> DataFrame:
    """What the check of all files of a kind below paths finds: one row a finding, personal data masked."""
    import pyarrow as pa

    schema = pa.table(_kaigo.findings_table([])).schema

    def batches(files: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow as pa

        for name, content in _contents(files):
            _, found = _kaigo.read_table(content, name, kind=kind, tolerant=tolerant)
            yield from pa.table(_kaigo.findings_table(found)).to_batches()

    return _map(_files(spark, paths, kind), batches, schema)


def reconcile(
    spark: SparkSession,
    plans: str | list[str],
    actuals: str | list[str],
    *,
    tolerance: int = 0,
    tolerant: bool = False,
) -> tuple[DataFrame, DataFrame]:
    """Holds the planned visits of all files below ``plans`` against the actual ones below ``actuals``.

    Two frames: what is not as planned, one row a visit, and what the checks of the files find. Spark brings the rows of a
    client and month together; of each only the latest files count, by their sequence numbers: of a plan those of a
    care-management office, of actuals those of a provider and service type. Deletions take no part. ``insured_number`` is
    in the frame, for rows are joined by it: who writes it out answers for it.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    rows = _visits(spark, plans, "UPPLAN", tolerant).unionByName(_visits(spark, actuals, "UPJSK", tolerant))

    def differences(client: pyarrow.Table) -> pyarrow.Table:
        return _differences(client, tolerance)

    frame = rows.groupBy("insurer_number", "insured_number", "target_month").applyInArrow(
        differences, from_arrow_schema(_difference_schema())
    )
    found = findings(spark, plans, kind="UPPLAN", tolerant=tolerant).unionByName(
        findings(spark, actuals, kind="UPJSK", tolerant=tolerant)
    )
    return frame, found


#: The fields of a row that take part in a reconciliation, in the CSV form.
_VISIT = {
    "insurer_number": 2,
    "insured_number": 3,
    "target_month": 5,
    "units": 8,
    "service_date": 10,
    "per_diem_days": 11,
    "service_start_time": 12,
    "service_end_time": 13,
    "service_count": 14,
    "service_code": 15,
    "tais_code": 16,
    "equipment_notification_code": 17,
    "detail_no": 19,
    "office_number": 20,
    "satellite_no": 22,
    "over_30_days": 23,
}


def _visits(spark: SparkSession, paths: str | list[str], kind: str, tolerant: bool) -> DataFrame:
    """The rows of files as texts, with their file and place."""
    import pyarrow as pa

    names = [*_VISIT, "kind", "source_file", "sender", "sequence"]
    schema = pa.schema([*((name, pa.string()) for name in names), ("source_row", pa.int64())])

    def batches(files: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow as pa

        for name, content in _contents(files):
            document = _kaigo.read(content, name=name, kind=kind, tolerant=tolerant)
            *_, sender, _, _, _, sequence = name.rsplit(".", 1)[0].split("_")
            columns = [[row.text(no) for row in document] for no in _VISIT.values()]
            columns += [[same] * len(document) for same in (kind, name, sender, sequence)]
            columns.append(list(range(1, len(document) + 1)))
            yield pa.record_batch(columns, schema=schema)

    return _map(_files(spark, paths, kind), batches, schema)


def _difference_schema() -> pyarrow.Schema:
    import pyarrow as pa

    sides = [
        (f"{side}_{name}", pa.string() if name != "row" else pa.int64())
        for side in ("planned", "actual")
        for name in ("file", "row", "service_date", "start", "end", "service_code")
    ]
    return pa.schema(
        [
            *((name, pa.string()) for name in ("insurer_number", "insured_number", "target_month", "outcome")),
            ("office_number", pa.string()),
            *sides,
            ("planned_units", pa.int64()),
            ("actual_units", pa.int64()),
        ]
    )


def _differences(client: pyarrow.Table, tolerance: int) -> pyarrow.Table:
    """What is not as planned of one client and month: a pure function of its rows, whatever their order."""
    import json

    import pyarrow as pa

    from .records import ServiceSlip

    rows = sorted(client.to_pylist(), key=lambda row: (row["source_file"], row["source_row"]))
    latest: dict[tuple[str, ...], str] = {}

    def group(row: dict[str, Any]) -> tuple[str, ...]:
        of_actuals = (row["office_number"], row["service_code"][:2]) if row["kind"] == "UPJSK" else ()
        return (row["kind"], row["sender"], *of_actuals)

    for row in rows:
        latest[group(row)] = max(latest.get(group(row), ""), row["sequence"])
    rows = [row for row in rows if row["sequence"] == latest[group(row)]]
    sides = {kind: [row for row in rows if row["kind"] == kind] for kind in ("UPPLAN", "UPJSK")}
    records = {
        kind: _kaigo.Document(kind, [ServiceSlip(**{name: row[name] for name in _VISIT if row[name]}) for row in of])[:]
        for kind, of in sides.items()
    }
    found = json.loads(_kaigo.reconcile_rows(records["UPPLAN"], records["UPJSK"], [], tolerance))
    out = []
    for of_client in found.get("clients", ()):
        for visit in of_client.get("visits", ()):
            if visit["outcome"] == "as_planned":
                continue
            line = {
                "insurer_number": of_client["insurerNumber"],
                "insured_number": of_client["insuredNumber"],
                "target_month": of_client["targetMonth"],
                "outcome": visit["outcome"],
            }
            for side, kind in (("planned", "UPPLAN"), ("actual", "UPJSK")):
                if (row := visit.get(side)) is not None:
                    source = sides[kind][row["row"] - 1]
                    line |= {
                        "office_number": row["officeNumber"],
                        f"{side}_file": source["source_file"],
                        f"{side}_row": source["source_row"],
                        f"{side}_service_date": row["serviceDate"],
                        f"{side}_start": row["serviceStartTime"],
                        f"{side}_end": row["serviceEndTime"],
                        f"{side}_service_code": row["serviceCode"],
                        f"{side}_units": row["units"],
                    }
            out.append(line)
    return pa.Table.from_pylist(out, schema=_difference_schema())


def _files(spark: SparkSession, paths: str | list[str], kind: str) -> DataFrame:
    """Paths and contents; Spark deals the files out."""
    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    # Of a folder, the files whose names tell the kind; `UPKIHON_*` is not `UPKIHON_SUB1_*`.
    files = reader.load(paths).select("path", "content")
    return files.filter(files.path.rlike(rf"(?i)(^|/){kind}_([0-9A-Z]{{10}}|[0-9]{{6}})_[^/]*$"))


def _map(files: DataFrame, batches: Callable[..., Any], schema: pyarrow.Schema) -> DataFrame:
    from pyspark.sql.pandas.types import from_arrow_schema

    return files.mapInArrow(batches, from_arrow_schema(schema))


def _contents(files: Iterable[pyarrow.RecordBatch]) -> Iterator[tuple[str, bytes]]:
    from urllib.parse import unquote

    for batch in files:
        for path, content in zip(batch.column("path"), batch.column("content"), strict=True):
            yield unquote(path.as_py().rsplit("/", 1)[-1]), content.as_py()


def _schema(kind: str, lang: str) -> pyarrow.Schema:
    import pyarrow as pa

    table, _ = _kaigo.read_table(b"", "", kind=kind, lang=lang)  # type: ignore[arg-type]
    return pa.table(table).schema


def _for_spark(schema: pyarrow.Schema) -> pyarrow.Schema:
    import pyarrow as pa

    fields = [pa.field(f.name, pa.string() if pa.types.is_time(f.type) else f.type, f.nullable) for f in schema]
    return pa.schema(fields)
