# SPDX-License-Identifier: GPL-3.0-or-later
"""What others would install, on the same windows as ours: XGBoost, scikit-learn's forest and ridge, plain averages.

Global models over the whole panel on the usual features: lags and running means that were known a horizon before,
calendar, every column of the file, the series itself. forecast(name, path, through, horizon, stride) returns rows like
those of retailai-forecast. Needs Debian's python3-pandas and, by the peer, python3-xgboost or python3-sklearn.
"""
import numpy
import pandas


def read(path, through, end):
    """The rows up to the end, with what was sold after the day forgotten."""
    table = pandas.read_csv(path, parse_dates=["date"], dtype={"site": str, "item": str})
    table = table[table.date <= end].copy()
    table["key"] = table.site + "|" + table["item"]
    table = table.sort_values(["key", "date"]).reset_index(drop=True)
    table["y"] = table.quantity.clip(lower=0)
    table.loc[table.date > through, "y"] = numpy.nan
    if "closed" in table:
        table.loc[table.closed == 1, "y"] = numpy.nan
    return table


def add_missing_rows(table, through, horizon, stride):
    """Sets without covariates have no rows after the day: they get them."""
    if (table.date > through).any():
        return table
    keys = table[["site", "item", "key"]].drop_duplicates()
    days = pandas.DataFrame({"date": [through + pandas.Timedelta(days=stride * (h + 1)) for h in range(horizon)]})
    return pandas.concat([table, keys.merge(days, how="cross")]).sort_values(["key", "date"]).reset_index(drop=True)


def features(table, values, horizon, stride):
    """Columns [rows] and the recent mean that values are compared with; all known `horizon` steps before."""
    by = values.groupby(table.key)
    late = by.shift(horizon)
    lags, windows = ([52, 51, 53], [4, 13, 26, 52]) if stride == 7 else ([364, 363, 365], [7, 28, 91, 364])
    columns = pandas.DataFrame(index=table.index)
    base = late.groupby(table.key).transform(lambda s: s.rolling(windows[1 if stride == 1 else 0], min_periods=1).mean())
    for lag in [horizon, horizon + 1, horizon + 2] + [lag for lag in lags if lag >= horizon]:
        columns[f"lag {lag}"] = by.shift(lag) - base
    for window in windows:
        columns[f"mean {window}"] = late.groupby(table.key).transform(
            lambda s: s.rolling(window, min_periods=max(1, window // 4)).mean()) - base
    day = table.date.dt
    if stride == 1:
        columns["weekday mean"] = late.groupby([table.key, day.dayofweek]).transform(
            lambda s: s.rolling(8, min_periods=1).mean()) - base
    columns["base"] = base
    for name in ("dayofweek", "day", "dayofyear", "month", "year"):
        columns[name] = getattr(day, name)
    for name in ("key", "site", "item"):
        columns[name] = table[name].astype("category").cat.codes
    for name in table.columns:
        if name not in ("site", "item", "date", "quantity", "key", "y"):
            columns[name] = table[name].astype("category").cat.codes if table[name].dtype == object else table[name]
    return columns, base


def boosted_logs(train, target, test):
    import xgboost
    model = xgboost.XGBRegressor(n_estimators=400, max_depth=8, learning_rate=.05, subsample=.7, colsample_bytree=.5,
                                 min_child_weight=10, tree_method="hist", n_jobs=2, random_state=1)
    return model.fit(train, target).predict(test)


def forest(train, target, test):
    from sklearn.ensemble import RandomForestRegressor
    chosen = numpy.random.default_rng(1).permutation(len(train))[:200000]
    model = RandomForestRegressor(60, min_samples_leaf=10, max_features=.35, n_jobs=2, random_state=1)
    return model.fit(train.iloc[chosen].fillna(-9), target.iloc[chosen]).predict(test.fillna(-9))


def ridge(train, target, test):
    from sklearn.linear_model import Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    middle = train.median()
    model = make_pipeline(StandardScaler(), Ridge(10))
    return model.fit(train.fillna(middle).fillna(0), target).predict(test.fillna(middle).fillna(0))


LEARNERS = {"xgboost": boosted_logs, "forest": forest, "ridge": ridge}
NAMES = list(LEARNERS)


def forecast(name, path, through, horizon, stride):
    """Rows {site, item, day, mean} of the horizon behind `through` (a date as text)."""
    start = pandas.Timestamp(through)
    table = read(path, start, start + pandas.Timedelta(days=horizon * stride))
    table = add_missing_rows(table, start, horizon, stride)
    values = numpy.log1p(table.y)
    columns, base = features(table, values, horizon, stride)
    known = (table.date <= start) & table.y.notna() & base.notna()
    asked = table.date > start
    margin = LEARNERS[name](columns[known], values[known] - base[known], columns[asked])
    mean = numpy.expm1(margin + base[asked]).clip(lower=0).fillna(0)
    if "closed" in table:
        mean[table.closed[asked] == 1] = 0
    rows = table.loc[asked, ["site", "item"]].assign(day=table.date[asked].dt.strftime("%Y-%m-%d"), mean=mean)
    return rows.to_dict("records")
