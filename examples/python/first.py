"""Reads a file, tells what does not conform, and adds up what is planned a day: ``first.py FILE``."""

import datetime
import sys
from collections import Counter

import kaigo


def main(path: str) -> None:
    document = kaigo.read(path)
    for finding in document.findings:
        print(finding, file=sys.stderr)
    units: Counter[datetime.date] = Counter()
    slip: kaigo.ServiceSlip
    for slip in document:
        if slip.service_date is not None:
            units[slip.service_date] += slip.units or 0
    for day, planned in sorted(units.items()):
        print(f"{day}  {planned:6} units")


if __name__ == "__main__":
    main(sys.argv[1])
