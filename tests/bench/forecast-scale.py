#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The forecaster on as many series as the whole M5: forecast-scale.py [--build DIR] [--data DIR] [--series 30490].

Repeats the rows of m5_sales_two_departments under other names, each copy moved by weeks of its own, and forecasts 28 days
with default options. Prints the seconds on the clock and of CPU, and the most memory in use."""
import argparse
import os
import resource
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NAMES = 6  # id, item_id, dept_id, cat_id, store_id, state_id


def rows_of(data, wanted):
    """The header, then `wanted` rows."""
    packed = os.path.join(data, "m5_sales_two_departments.csv.zst")
    lines = subprocess.run(["zstd", "-dc", packed], check=True, capture_output=True, text=True).stdout.splitlines()
    yield lines[0]
    for n in range(wanted):
        copy, at = divmod(n, len(lines) - 1)
        fields = lines[1 + at].split(",")
        names, sales = fields[:NAMES], fields[NAMES:]
        if copy > 0:
            moved = 7 * (13 * copy % 40)
            sales = sales[moved:] + sales[:moved]
            names[:3] = [f"{name}_{copy}" for name in names[:3]]
        yield ",".join(names + sales)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(ROOT, "_build"))
    parser.add_argument("--data", default=os.path.join(ROOT, "..", "shared", "data"))
    parser.add_argument("--series", type=int, default=30490)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sales, forecast = os.path.join(folder, "sales.csv"), os.path.join(folder, "forecast.csv")
        with open(sales, "w", encoding="utf-8") as file:
            file.writelines(row + "\n" for row in rows_of(options.data, options.series))
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        subprocess.run([os.path.join(options.build, "src/forecast/retailai-forecast"), "-q", "--format", "m5", "--input",
                        sales, "--horizon", "28", "--output", forecast], check=True)
        wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{options.series} series: {wall:.0f} s wall, {cpu:.0f} s CPU, {after.ru_maxrss / 1e6:.2f} GB")


main()
