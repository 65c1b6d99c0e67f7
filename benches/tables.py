"""Reads an UPPLAN file of 64 MB in cp932 into Arrow, and row by row, with kaigo and with what people use today.

Two questions, each in one run with all candidates taking turns, the fastest reading of each counting:

* To the same typed columns (days, months, whole numbers, texts of codes with their zeros): kaigo, which also checks every
  field and row, beside pyarrow, pandas, polars and the standard library.
* As it comes: pyarrow and pandas with types guessed, so that codes become numbers and lose their zeros or no longer fit;
  kaigo as before.
* Rows: `for row in kaigo.read(…)`, three attributes looked at, beside `csv.reader` and three of its strings.

Usage: `tools/bench-python [ROUNDS]`. The process fails when a result is wrong, never when it is slow.
"""

import csv
import datetime
import io
import sys
import time

import pandas
import polars
import pyarrow
import pyarrow.compute
import pyarrow.csv

import kaigo

PATH = sys.argv[1]
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
# A batch reads file after file, and an allocator keeps for the next one what it got back from the last: so may everybody.
IN_TURN = 3
FIELDS = kaigo.ServiceSlip.fields
NAMES = [field.name for field in FIELDS]
OF = {ty: [field.name for field in FIELDS if field.type == ty] for ty in ("Date", "Month", "Integer")}


def by_kaigo():
    return pyarrow.table(kaigo.scan(PATH, kind="UPPLAN", source=False))


def by_kaigo_document():
    return pyarrow.table(kaigo.read(PATH, kind="UPPLAN"))


def by_pyarrow():
    types = {name: pyarrow.string() for name in NAMES}
    types |= {name: pyarrow.timestamp("s") for name in OF["Date"]} | {name: pyarrow.int32() for name in OF["Integer"]}
    table = pyarrow.csv.read_csv(
        PATH,
        read_options=pyarrow.csv.ReadOptions(encoding="cp932", column_names=NAMES),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=types, timestamp_parsers=["%Y%m%d"], strings_can_be_null=True, null_values=[""]
        ),
    )
    for name in OF["Date"] + OF["Month"]:
        column = table[name] if name in OF["Date"] else pyarrow.compute.strptime(table[name], "%Y%m", "s")
        days = column.cast(pyarrow.date32())
        table = table.set_column(table.schema.get_field_index(name), name, days)
    return table


def by_pyarrow_guessing():
    return pyarrow.csv.read_csv(
        PATH,
        read_options=pyarrow.csv.ReadOptions(encoding="cp932", column_names=NAMES),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
    )


def by_pandas():
    frame = pandas.read_csv(PATH, encoding="cp932", header=None, names=NAMES, dtype=str, keep_default_na=False)
    for name in OF["Date"]:
        frame[name] = pandas.to_datetime(frame[name], format="%Y%m%d")
    for name in OF["Month"]:
        frame[name] = pandas.to_datetime(frame[name], format="%Y%m")
    for name in OF["Integer"]:
        frame[name] = pandas.to_numeric(frame[name]).astype("Int32")
    return pyarrow.Table.from_pandas(frame)


def by_pandas_guessing():
    return pandas.read_csv(PATH, encoding="cp932", header=None, names=NAMES)


def by_polars():
    with open(PATH, "rb") as file:
        text = file.read().decode("cp932").encode()
    frame = polars.read_csv(text, has_header=False, new_columns=NAMES, infer_schema=False)
    return frame.with_columns(
        *(polars.col(name).str.to_date("%Y%m%d") for name in OF["Date"]),
        *((polars.col(name) + "01").str.to_date("%Y%m%d") for name in OF["Month"]),
        *(polars.col(name).cast(polars.Int32) for name in OF["Integer"]),
    ).to_arrow()


def by_stdlib():
    with open(PATH, encoding="cp932", newline="") as file:
        columns = dict(zip(NAMES, zip(*csv.reader(file), strict=True), strict=True))

    def day(text):
        return datetime.date(int(text[:4]), int(text[4:6]), int(text[6:] or 1)) if text else None

    for name in OF["Date"] + OF["Month"]:
        columns[name] = [day(text) for text in columns[name]]
    for name in OF["Integer"]:
        columns[name] = [int(text) if text else None for text in columns[name]]
    return pyarrow.table(columns)


def rows_by_kaigo():
    units = 0
    for slip in kaigo.read(PATH, kind="UPPLAN"):
        units += slip.units
        slip.service_date, slip.service_code
    return units


def rows_by_stdlib():
    units = 0
    with open(PATH, encoding="cp932", newline="") as file:
        for row in csv.reader(file):
            units += int(row[7])
            row[9], row[14]
    return units


def measure(title, candidates, check):
    best = dict.fromkeys(candidates, float("inf"))
    for _ in range(ROUNDS):
        for name, work in candidates.items():
            result = None
            for _ in range(IN_TURN):
                del result
                start = time.perf_counter()
                result = work()
                best[name] = min(best[name], time.perf_counter() - start)
            check(name, result)
            del result
    first = next(iter(best.values()))
    print(f"\n{title}, fastest of {ROUNDS * IN_TURN}\n{'':34}{'ms':>8}{'kaigo is x faster':>20}")
    for name, seconds in best.items():
        print(f"{name:34}{seconds * 1000:8.0f}{seconds / first:20.1f}", flush=True)


expected = by_kaigo()
UNITS = sum(expected["units"].to_pylist())


def same(name, table):
    assert len(table) == expected.num_rows, name
    units = table["units"].sum() if isinstance(table, pandas.DataFrame) else sum(table["units"].to_pylist())
    assert units == UNITS, name


def same_units(name, units):
    assert units == UNITS, name


with open(PATH, "rb") as file:
    size = file.seek(0, io.SEEK_END)
print(f"UPPLAN, {size / 1e6:.0f} MB, {expected.num_rows} rows; {ROUNDS} rounds")
measure(
    "To the same typed columns in Arrow",
    {
        "kaigo.scan, every field checked": by_kaigo,
        "kaigo.read, then to_arrow": by_kaigo_document,
        "pyarrow csv, cp932, typed": by_pyarrow,
        "pandas, cp932, typed": by_pandas,
        "polars, transcoded, typed": by_polars,
        "csv, typed": by_stdlib,
    },
    same,
)
measure(
    "As it comes (guessed types; pandas stays in pandas)",
    {
        "kaigo.scan, every field checked": by_kaigo,
        "pyarrow csv, cp932, guessing": by_pyarrow_guessing,
        "pandas, cp932, guessing": by_pandas_guessing,
    },
    same,
)
measure(
    "Row by row, three values a row",
    {"kaigo.read, every field checked": rows_by_kaigo, "csv.reader": rows_by_stdlib},
    same_units,
)
