"""Reads a file with Python's csv module in cp932: prints the number of rows and the seconds of the best of 5."""

import csv
import sys
import time


def read(path):
    with open(path, encoding="cp932", newline="") as file:
        return sum(1 for _ in csv.reader(file))


best = None
for _ in range(5):
    start = time.perf_counter()
    rows = read(sys.argv[1])
    seconds = time.perf_counter() - start
    best = seconds if best is None else min(best, seconds)
print(rows, best)
