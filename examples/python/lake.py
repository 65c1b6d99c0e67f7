"""Reads and checks a lake of planned slips on Spark: ``lake.py FOLDER``."""

import os
import sys

from pyspark.sql import SparkSession

import kaigo.spark


# The workers run the same Python, and so find kaigo.
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)


def main(folder: str) -> None:
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        slips = kaigo.spark.read(spark, folder, kind="UPPLAN")
        slips.groupBy("service_code").sum("units").orderBy("service_code").show()
        kaigo.spark.findings(spark, folder, kind="UPPLAN").groupBy("code").count().show(truncate=False)
    finally:
        spark.stop()


if __name__ == "__main__":
    main(sys.argv[1])
