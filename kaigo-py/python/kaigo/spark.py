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

__all__ = ["findings", "read"]


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
