#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Group "forecast": accuracy and time of retailai-forecast on rolling windows of real data.

    forecast-accuracy.py [--quick] [--program FILE] [--data DIR] [--sets LIST] [--back LIST] [--model NAME] [--long DIR]
                         [--peers [LIST]] [--places] [--sums]

DIR holds the long CSV files NAME.csv (made by the data folder's to-long.py when they are not there). For each set and
each distance back (in horizons before the last day known; 1 is the last window with known sales) the program forecasts
with what was known then, and is scored on what came. With --peers, those of forecast_peers.py are run on the same windows and scored beside ours; the
"peers" below are the best of many that others scored on the withheld window. With --places, 39 quantiles are asked for and
intervals are also judged by where sales fell in their distribution: of counts that are mostly zero no interval with whole
ends holds just 80 %, so a count's place is spread over its own probability (the randomised probability integral
transform: Czado, Gneiting & Held, Biometrics 65(4), 2009). With --sums, the
intervals of what all steps sell together are judged, too. Prints {"figures": [...]}.
"""
import argparse
import collections
import datetime
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
GRID = 40  # quantile levels k / GRID of --places
LEVELS = ["q0.025", "q0.05", "q0.1", "q0.25", "q0.5", "q0.75", "q0.9", "q0.95", "q0.975"]

# horizon, days a step, last day known, best peers on the withheld window {measure: (value, smaller is better)}
Set = collections.namedtuple("Set", "horizon stride through seconds peers")
SETS = {
    "m5": Set(28, 1, "2016-04-24", 30, {"wrmsse_items": .845, "wrmsse_departments": .692, "wrmsse_mean": .769,
                                        "wspl": .2526}),
    "m5-levels": Set(28, 1, "2016-03-27", 20, {"rmsse": .463, "wape_total": .025, "wape_store_department": .085}),
    "rossmann": Set(42, 1, "2015-06-19", 60, {"rmspe": .1170, "wape_store_day": .084, "wape_company_day": .041}),
    "store-item": Set(90, 1, "2017-10-02", 20, {"wape_28": .103, "wape_90": .106, "smape": .1223}),
    "walmart": Set(8, 7, "2012-08-31", 30, {"wmae": 1265, "wape": .082}),
    "freshretail": Set(7, 1, "2024-06-18", 240, {"wape": .310, "abs_bias": .114, "wape_store_day": .139}),
}


def wape(pairs):
    pairs = list(pairs)
    total = sum(abs(a) for a, _ in pairs)
    return sum(abs(a - f) for a, f in pairs) / total if total else math.nan


def summed(rows, key):
    totals = collections.defaultdict(lambda: [0.0, 0.0])
    for row in rows:
        total = totals[key(row)]
        total[0] += row["actual"]
        total[1] += row["mean"]
    return [tuple(total) for total in totals.values()]


def history(path, through):
    """Per series the quantities up to the day, and the revenue of its last 28 days."""
    sales = collections.defaultdict(list)
    revenue = collections.Counter()
    start = str(datetime.date.fromisoformat(through) - datetime.timedelta(27))
    with open(path) as lines:
        priced = "price" in next(lines).split(",")
        for line in lines:
            site, item, day, quantity, *rest = line.rstrip("\n").split(",")
            if day <= through and quantity:
                sales[site, item].append(float(quantity))
                if day >= start:
                    revenue[site, item] += float(quantity) * float(rest[0] or 0) if priced else float(quantity)
    return sales, revenue


def scale(values):
    first = next((i for i, v in enumerate(values) if v), 0)
    values = values[first:]
    return sum((b - a) ** 2 for a, b in zip(values, values[1:])) / max(1, len(values) - 1)


def scale_absolute(values):
    first = next((i for i, v in enumerate(values) if v), 0)
    values = values[first:]
    return sum(abs(b - a) for a, b in zip(values, values[1:])) / max(1, len(values) - 1)


def rmsse(pairs, values):
    denominator = scale(values)
    return math.sqrt(sum((a - f) ** 2 for a, f in pairs) / len(pairs) / denominator) if denominator else 0.0


def by_series(rows):
    series = collections.defaultdict(list)
    for row in rows:
        series[row["site"], row["item"]].append(row)
    return series


def score_m5(rows, path, through):
    sales, revenue = history(path, through)
    total = sum(revenue.values())
    series = by_series(rows)
    items = wspl = 0.0
    inside = collections.Counter()
    for key, own in series.items():
        weight = revenue[key] / total
        items += weight * rmsse([(r["actual"], r["mean"]) for r in own], sales[key])
        absolute = scale_absolute(sales[key])
        loss = sum((level * max(r["actual"] - r[q], 0) + (1 - level) * max(r[q] - r["actual"], 0))
                   for r in own for q, level in ((q, float(q[1:])) for q in LEVELS))
        wspl += weight * loss / len(own) / len(LEVELS) / absolute if absolute else 0
        for r in own:
            inside[80] += r["q0.1"] <= r["actual"] <= r["q0.9"]
            inside[95] += r["q0.025"] <= r["actual"] <= r["q0.975"]
    departments = 0.0
    for site in {key[0] for key in series}:
        days = collections.defaultdict(float)
        members = [key for key in sales if key[0] == site]
        for key in members:
            for back, value in enumerate(reversed(sales[key])):
                days[-back] += value
        own = [row for row in rows if row["site"] == site]
        weight = sum(revenue[key] for key in members) / total
        departments += weight * rmsse(summed(own, lambda r: r["day"]), [days[k] for k in sorted(days)])
    bias = sum(r["mean"] - r["actual"] for r in rows) / sum(r["actual"] for r in rows)
    return {"wrmsse_items": items, "wrmsse_departments": departments, "wrmsse_mean": (items + departments) / 2,
            "wspl": wspl, "coverage_80": inside[80] / len(rows), "coverage_95": inside[95] / len(rows), "bias": bias}


def coverage(rows):
    inside = lambda a, b: sum(r[a] <= r["actual"] <= r[b] for r in rows) / len(rows)
    return {"coverage_80": inside("q0.1", "q0.9"), "coverage_95": inside("q0.025", "q0.975")}


def placed(rows):
    """The shares of sales whose place is between 0.1 and 0.9, and between 0.025 and 0.975."""
    names = [f"q{k / GRID:g}" for k in range(1, GRID)]
    inside = [0.0, 0.0]
    for row in rows:
        low = sum(row[name] < row["actual"] for name in names) / GRID
        high = (sum(row[name] <= row["actual"] for name in names) + 1) / GRID
        for k, tail in enumerate((.1, .025)):
            inside[k] += max(0, min(high, 1 - tail) - max(low, tail)) / (high - low)
    return {"placed_80": inside[0] / len(rows), "placed_95": inside[1] / len(rows)}


def summed_inside(path, known):
    """The shares of series whose sales of all steps together the intervals of a --sums file hold."""
    sold, last = collections.Counter(), {}
    with open(path) as lines:
        names = next(lines).rstrip("\n").split(",")
        for line in lines:
            row = dict(zip(names, line.rstrip("\n").split(",")))
            key = row["site"], row["item"]
            sold[key] += known.get((*key, row["date"]), (math.nan,))[0]
            last[key] = row
    whole = [key for key in last if not math.isnan(sold[key])]
    inside = lambda a, b: sum(float(last[k][a]) <= sold[k] <= float(last[k][b]) for k in whole) / len(whole)
    return {"sum_80": inside("q0.1", "q0.9"), "sum_95": inside("q0.025", "q0.975")}


def score_levels(rows, path, through):
    sales, _ = history(path, through)
    series = by_series(rows)
    figures = {"rmsse": sum(rmsse([(r["actual"], r["mean"]) for r in own], sales[key])
                            for key, own in series.items()) / len(series)}
    pairs = lambda test: wape((r["actual"], r["mean"]) for r in rows if test(r["item"]))
    figures["wape_total"] = pairs(lambda item: item == "total=TOTAL")
    figures["wape_store_department"] = pairs(lambda item: "store_id" in item and "dept_id" in item)
    return figures | coverage(rows)


def score_rossmann(rows, path, through):
    sold = [r for r in rows if r["actual"] > 0]
    return {"rmspe": math.sqrt(sum((1 - r["mean"] / r["actual"]) ** 2 for r in sold) / len(sold)),
            "wape_store_day": wape((r["actual"], r["mean"]) for r in rows),
            "wape_company_day": wape(summed(rows, lambda r: r["day"]))} | coverage(sold)


def score_store_item(rows, path, through):
    end = str(datetime.date.fromisoformat(through) + datetime.timedelta(28))
    smape = [0 if r["actual"] == r["mean"] == 0 else 2 * abs(r["actual"] - r["mean"]) / (r["actual"] + r["mean"])
             for r in rows]
    return {"wape_28": wape((r["actual"], r["mean"]) for r in rows if r["day"] <= end),
            "wape_90": wape((r["actual"], r["mean"]) for r in rows), "smape": sum(smape) / len(smape)} | coverage(rows)


def score_walmart(rows, path, through):
    weigh = lambda r: 5 if r["first"] == "1" else 1
    return {"wmae": sum(weigh(r) * abs(r["actual"] - r["mean"]) for r in rows) / sum(map(weigh, rows)),
            "wape": wape((r["actual"], r["mean"]) for r in rows)} | coverage(rows)


def score_freshretail(rows, path, through):
    rows = [r for r in rows if r["first"] in ("0", "0.0")]
    bias = sum(r["mean"] - r["actual"] for r in rows) / sum(r["actual"] for r in rows)
    return {"wape": wape((r["actual"], r["mean"]) for r in rows), "abs_bias": abs(bias), "bias": bias,
            "wape_store_day": wape(summed(rows, lambda r: (r["site"], r["day"])))} | coverage(rows)


SCORES = {"m5": score_m5, "m5-levels": score_levels, "rossmann": score_rossmann, "store-item": score_store_item,
          "walmart": score_walmart, "freshretail": score_freshretail}


def actuals(path, first, last):
    found = {}
    with open(path) as lines:
        next(lines)
        for line in lines:
            site, item, day, quantity, *rest = line.rstrip("\n").split(",", 5)
            if first <= day <= last and quantity:
                found[site, item, day] = (float(quantity), rest[0] if rest else "")
    return found


def forecast(program, path, through, horizon, output, model, threads, places, sums):
    command = [program, "--input", path, "--output", output, "--through", through, "--horizon", str(horizon), "--model",
               model, "--quiet"]
    if places:
        command += ["--quantiles", ",".join(f"{k / GRID:g}" for k in range(1, GRID))]
    if sums:
        command += ["--sums", sums]
    if threads:
        command += ["--threads", str(threads)]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def read_forecast(output, known):
    rows = []
    with open(output) as lines:
        names = next(lines).rstrip("\n").split(",")
        for line in lines:
            fields = line.rstrip("\n").split(",")
            actual = known.get((fields[0], fields[1], fields[2]))
            if actual is None:
                continue
            row = {"site": fields[0], "item": fields[1], "day": fields[2], "actual": actual[0], "first": actual[1]}
            for name, field in zip(names[3:], fields[3:]):
                row[name] = field if name == "model" else float(field)
            rows.append(row)
    return rows


def window(name, back, options):
    chosen = SETS[name]
    path = os.path.join(options.long, name + ".csv")
    day = datetime.date.fromisoformat(chosen.through)
    through = str(day - datetime.timedelta(chosen.horizon * chosen.stride * back))
    last = str(day - datetime.timedelta(chosen.horizon * chosen.stride * (back - 1)))
    with tempfile.NamedTemporaryFile(suffix=".csv") as output, tempfile.NamedTemporaryFile(suffix=".csv") as sums:
        wall, cpu = forecast(options.program, path, through, chosen.horizon, output.name, options.model, options.threads,
                             options.places, sums.name if options.sums else None)
        first = str(datetime.date.fromisoformat(through) + datetime.timedelta(1))
        known = actuals(path, first, last)
        rows = read_forecast(output.name, known)
        more = summed_inside(sums.name, known) if options.sums else {}
    figures = SCORES[name](rows, path, through)
    return figures | (placed(rows) if options.places else {}) | more | {"wall": wall, "cpu": cpu}


def peer_window(name, back, peer, options):
    """The same scores of a peer, from the same file and the same day."""
    import forecast_peers
    chosen = SETS[name]
    path = os.path.join(options.long, name + ".csv")
    day = datetime.date.fromisoformat(chosen.through)
    through = str(day - datetime.timedelta(chosen.horizon * chosen.stride * back))
    last = str(day - datetime.timedelta(chosen.horizon * chosen.stride * (back - 1)))
    known = actuals(path, str(datetime.date.fromisoformat(through) + datetime.timedelta(1)), last)
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
    rows = []
    for row in forecast_peers.forecast(peer, path, through, chosen.horizon, chosen.stride):
        actual = known.get((row["site"], row["item"], row["day"]))
        if actual is not None:
            rows.append(row | {"actual": actual[0], "first": actual[1]} | {level: row["mean"] for level in LEVELS})
    after = resource.getrusage(resource.RUSAGE_SELF)
    figures = {k: v for k, v in SCORES[name](rows, path, through).items() if k != "wspl" and "coverage" not in k}
    return figures | {"wall": time.monotonic() - start,
                      "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


def run_peers(name, backs, options):
    """Prints what each peer reaches and returns the means {measure: {peer: value}}."""
    means = collections.defaultdict(dict)
    for peer in options.peers.split(","):
        try:
            runs = [peer_window(name, back, peer, options) for back in backs]
        except ImportError as error:
            print(f"  {peer}: skipped ({error})", file=sys.stderr)
            continue
        for measure in runs[0]:
            means[measure][peer] = sum(run[measure] for run in runs) / len(runs)
        print(f"  {peer:8}: " + " ".join(f"{k} {v[peer]:.4g}" for k, v in means.items()), flush=True, file=sys.stderr)
    return means


def make_long(name, options):
    path = os.path.join(options.long, name + ".csv")
    if not os.path.exists(path):
        os.makedirs(options.long, exist_ok=True)
        subprocess.run([sys.executable, os.path.join(options.data, "to-long.py"), name, options.data, path], check=True,
                       stdout=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one window of the small sets")
    parser.add_argument("--program", default=os.path.join(ROOT, "_build/src/forecast/retailai-forecast"))
    parser.add_argument("--data", default=os.environ.get("RETAILAI_DATA", os.path.join(ROOT, "../shared/data")))
    parser.add_argument("--long", default=os.path.join(tempfile.gettempdir(), "retailai-bench"))
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--back", default="1,2,3")
    parser.add_argument("--model", default="auto")
    parser.add_argument("--peers", nargs="?", const="xgboost,forest,ridge", default="")
    parser.add_argument("--places", action="store_true")
    parser.add_argument("--sums", action="store_true")
    parser.add_argument("--threads", type=int, default=0)
    options = parser.parse_args()
    if not os.path.exists(os.path.join(options.data, "to-long.py")):
        print(f"forecast: no data in {options.data}; set RETAILAI_DATA", file=sys.stderr)
        print(json.dumps({"figures": []}))
        return
    names = ["m5-levels", "walmart"] if options.quick else options.sets.split(",")
    backs = [1] if options.quick else [int(b) for b in options.back.split(",")]
    figures = []
    for name in names:
        make_long(name, options)
        runs = [window(name, back, options) for back in backs]
        print(name, flush=True, file=sys.stderr)
        for back, run in zip(backs, runs):
            print(f"  back {back}: " + " ".join(f"{k} {v:.4g}" for k, v in run.items()), flush=True, file=sys.stderr)
        for measure in runs[0]:
            value = sum(run[measure] for run in runs) / len(runs)
            peer = SETS[name].peers.get(measure) if measure != "wall" else SETS[name].seconds
            figures.append({"group": "forecast", "name": f"{name} {measure}", "value": round(value, 5),
                            "unit": "s" if measure in ("wall", "cpu") else "", "floor": None, "peer": peer,
                            "target": peer, "ok": value <= peer if peer is not None else True})
        print("  mean  : " + " ".join(
            f"{f['name'].split()[1]} {f['value']:.4g}" + (f" ({f['peer']:g})" if f["peer"] else "")
            for f in figures if f["name"].split()[0] == name), flush=True, file=sys.stderr)
        if options.peers:
            for measure, values in run_peers(name, backs, options).items():
                for peer, value in values.items():
                    own = sum(run[measure] for run in runs) / len(runs)
                    figures.append({"group": "forecast", "name": f"{name} {measure}, same windows, against {peer}",
                                    "value": round(own, 5), "unit": "", "floor": None, "peer": round(value, 5),
                                    "target": round(value, 5), "ok": own <= value})
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
