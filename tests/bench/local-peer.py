#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""local-peer.py hw: statsmodels' Holt-Winters over series read from standard input, for bench-local.c.

Status 77: not installed.
"""
import sys
import time
import warnings

try:
    from statsmodels.tsa.holtwinters import ExponentialSmoothing
except ImportError:
    sys.exit(77)


def say(line):
    period, horizon, *values = line.split()
    model = ExponentialSmoothing([float(value) for value in values], trend="add", seasonal="mul",
                                 seasonal_periods=int(period), initialization_method="estimated")
    return model.fit().forecast(int(horizon))


def main():
    warnings.simplefilter("ignore")
    lines = sys.stdin.read().splitlines()
    say(lines[0])
    started = time.monotonic()
    means = [say(line) for line in lines]
    print((time.monotonic() - started) / len(lines))
    for mean in means:
        print(*(f"{value:.10g}" for value in mean))


main()
