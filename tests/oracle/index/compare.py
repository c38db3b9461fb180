"""Holds the index engine against independent implementations, on data made at random.

Every check writes a small report project into a temporary folder, asks the `rankpress` binary for
its numbers as JSON, and computes the same numbers with numpy, scipy, pandas, scikit-learn,
factor_analyzer, jenkspy, pymcdm or SALib. Nothing is shared with the project but the formulas in
docs/methodology.md.

    python -m venv venv && venv/bin/pip install -r tests/oracle/index/requirements.txt
    cargo build && venv/bin/python tests/oracle/index/compare.py target/debug/rankpress

Ends with 1 if a number differs by more than the tolerance of its check.
"""

import json
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats
from scipy.cluster.hierarchy import fcluster, linkage

TIGHT = 1e-9
CHECKS = []


def check(function):
    CHECKS.append(function)
    return function


class Project:
    """A report project whose indicators are columns c1, c2, … of a matrix."""

    def __init__(self, binary, values, method, framework=None, directions=None):
        self.binary = Path(binary).resolve()
        self.folder = Path(tempfile.mkdtemp(prefix="rankpress-oracle-"))
        values = np.asarray(values, dtype=float)
        self.codes = [f"{990001 + i}" for i in range(len(values))]
        (self.folder / "report-templates").mkdir()
        self.write("cities.csv", self.cities())
        self.write("data.csv", self.table(values))
        self.write("report.yaml", self.report())
        if framework is None:
            framework = flat(values.shape[1], directions)
        self.write("methodology.yaml", f"schema-version: 1\n{method}\nframework:\n{framework}\n")

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def cities(self):
        head = "code,name_zh,short_zh,name_en,province_zh,province_en,region_zh,region_en," \
               "agglomeration_zh,agglomeration_en,admin_rank,admin_rank_zh,admin_rank_en,lon,lat"
        rows = [f"{code},城{i}市,城{i},City{i},省,Province,{'东西'[i % 2]}部,{'EW'[i % 2]},,,"
                f"prefecture,地级市,Prefecture,110.0,30.0" for i, code in enumerate(self.codes)]
        return "\n".join([head, *rows]) + "\n"

    def table(self, values):
        head = ["unit", "year", *(f"c{j + 1}" for j in range(values.shape[1]))]
        rows = [",".join([code, "2022", *("" if np.isnan(x) else repr(float(x)) for x in row)])
                for code, row in zip(self.codes, values)]
        return "\n".join([",".join(head), *rows]) + "\n"

    @staticmethod
    def report():
        return (
            "schema-version: 1\n"
            "report:\n  id: oracle\n  title: { zh: 甲, en: A }\n  edition: 2022\n"
            "  date: 2024-06-30\n  publisher: { zh: 甲, en: A }\n  licence: { zh: 甲, en: A }\n"
            "languages: [en]\noutputs: [en]\nmethodology: methodology.yaml\n"
            "cities: { gazetteer: cities.csv, where: \"code >= '0'\" }\n"
            "data: [{ file: data.csv, layout: wide, status: illustrative, source: made-up }]\n"
            "sources: sources.csv\nsections: []\n"
        )

    def ask(self, *arguments):
        self.write("sources.csv", "key,title_zh,title_en,detail,licence,kind\n"
                                  "made-up,甲,A,,MIT,illustrative\n")
        done = subprocess.run([self.binary, *arguments, "report.yaml", "--json", "-q"],
                              cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return json.loads(done.stdout)

    def scores(self):
        """Scores by node, in the order of the units."""
        nodes = self.ask("rank", "--all")["nodes"]
        return {node["code"]: self.column(node["ranking"], "score") for node in nodes}

    def column(self, entries, key):
        own = {entry["unit"]: entry.get(key) for entry in entries}
        return np.array([np.nan if own[code] is None else own[code] for code in self.codes], float)

    def sensitivity(self):
        return self.ask("sensitivity")


def flat(count, directions=None, weights=None, extra=None):
    lines = []
    for j in range(count):
        direction = "" if directions is None else f", direction: {directions[j]}"
        weight = "" if weights is None else f", weight: {weights[j]}"
        more = "" if extra is None else f", {extra}"
        lines.append(f"  - {{ code: c{j + 1}{direction}{weight}{more} }}")
    return "\n".join(lines)


QUIET = "robustness: { replicates: 1, weights: { noise: 0 }, sobol: { samples: 0 } }\n"
OPEN = "missing: { unit-threshold: 0, indicator-threshold: 0 }\n"


def positive(rng, n, m):
    """Skewed positive data with one common factor."""
    common = rng.normal(size=(n, 1))
    return np.exp(0.5 * common + 0.7 * rng.normal(size=(n, m)) + rng.normal(size=m))


def holed(rng, values, share=0.1):
    values = values.copy()
    values[rng.random(values.shape) < share] = np.nan
    values[0] = np.nan_to_num(values[0], nan=1.0)
    return values


def close(name, found, wanted, tolerance=TIGHT):
    found, wanted = np.asarray(found, float), np.asarray(wanted, float)
    if found.shape != wanted.shape:
        raise AssertionError(f"{name}: shapes {found.shape} and {wanted.shape}")
    if not np.array_equal(np.isnan(found), np.isnan(wanted)):
        raise AssertionError(f"{name}: missing in different places")
    scale = np.maximum(1.0, np.nanmax(np.abs(wanted)) if wanted.size else 1.0)
    worst = np.nanmax(np.abs(found - wanted)) / scale if wanted.size else 0.0
    if not worst <= tolerance:
        raise AssertionError(f"{name}: differs by {worst:.3g}\n found  {found}\n wanted {wanted}")


def minmax(x):
    return (x - np.nanmin(x, axis=0)) / (np.nanmax(x, axis=0) - np.nanmin(x, axis=0))


# Normalisation


@check
def normalisation(binary, rng):
    values = holed(rng, positive(rng, 23, 1))
    values[3] = values[4]
    x = values[:, 0]
    n = np.sum(~np.isnan(x))
    lo, hi, mean, sd = np.nanmin(x), np.nanmax(x), np.nanmean(x), np.nanstd(x, ddof=1)
    mid = float(np.nanmedian(x))
    ranks = {tie: pd.Series(x).rank(method=word).to_numpy() for tie, word in
             {"lowest": "min", "highest": "max", "average": "average", "dense": "dense"}.items()}
    cases = {
        "{ method: min-max, range: [1, 100] }": 1 + 99 * (x - lo) / (hi - lo),
        "{ method: z-score, scale: [50, 10] }": 50 + 10 * (x - mean) / sd,
        "{ method: distance-to-maximum, range: [0, 1] }": 1 - (hi - x) / (hi - lo),
        "{ method: fraction-of-maximum, range: [0, 1] }": x / hi,
        "efficacy-coefficient": 60 + 40 * (x - lo) / (hi - lo),
        f"{{ method: goalposts, low: {lo}, high: {mid}, range: [0, 100] }}":
            np.clip((x - lo) / (mid - lo), 0, 1) * 100,
        f"{{ method: goalposts, low: {lo}, high: {mid}, spacing: log, clamp: none, range: [0, 1] }}":
            np.log(x / lo) / np.log(mid / lo),
        f"{{ method: distance-to-target, target: {mid}, range: [0, 1] }}": (x - lo) / (mid - lo),
        f"{{ method: distance-to-target, target: {mid}, clamp: high, range: [0, 1] }}":
            np.minimum((x - lo) / (mid - lo), 1),
    }
    for tie, r in ranks.items():
        cases[f"{{ method: rank, ties: {tie} }}"] = r
        cases[f"{{ method: borda, ties: {tie} }}"] = r - 1
        cases[f"{{ method: percentile-rank, ties: {tie}, range: [0, 1] }}"] = (r - 1) / (n - 1)
    for method, wanted in cases.items():
        project = Project(binary, values, f"{OPEN}normalisation: {method}")
        close(method, project.scores()["c1"], wanted)
    distance = np.abs(x - mid)
    outside = np.maximum(np.maximum(mid - x, x - 1.5 * mid), 0)
    most = max(mid - lo, hi - 1.5 * mid)
    for method, wanted in {
        f"{{ method: target-type, target: {mid}, range: [0, 1] }}": 1 - distance / np.nanmax(distance),
        f"{{ method: interval-type, interval: [{mid}, {1.5 * mid}], range: [0, 1] }}":
            1 - outside / most,
    }.items():
        project = Project(binary, values, f"{OPEN}normalisation: {method}")
        close(method, project.scores()["c1"], wanted)


@check
def normalisation_of_costs(binary, rng):
    values = holed(rng, positive(rng, 17, 1))
    x = values[:, 0]
    lo, hi, mean, sd = np.nanmin(x), np.nanmax(x), np.nanmean(x), np.nanstd(x, ddof=1)
    mid = float(np.nanmedian(x))
    r = pd.Series(-x).rank(method="min").to_numpy()
    cases = {
        "{ method: min-max, range: [0, 1] }": (hi - x) / (hi - lo),
        "{ method: z-score, scale: [0, 1] }": -(x - mean) / sd,
        "{ method: rank }": r,
        f"{{ method: goalposts, low: {lo}, high: {mid}, range: [0, 1] }}":
            1 - np.clip((x - lo) / (mid - lo), 0, 1),
        f"{{ method: distance-to-target, target: {mid}, range: [0, 1] }}": (hi - x) / (hi - mid),
        "none": -x,
    }
    for method, wanted in cases.items():
        project = Project(binary, values, f"{OPEN}normalisation: {method}", directions=["negative"])
        close(f"negative {method}", project.scores()["c1"], wanted)


@check
def normalisation_by_another_year_or_unit(binary, rng):
    now, then = positive(rng, 21, 2), positive(rng, 21, 2)
    then[4, 1] = np.nan
    method = f"{OPEN}year: 2022\nnormalisation: {{ method: base-period, base-year: 2018 }}"
    project = Project(binary, now, method)
    rows = [f"{code},{year},{row[0]!r},{'' if np.isnan(row[1]) else repr(float(row[1]))}"
            for year, table in ((2022, now), (2018, then))
            for code, row in zip(project.codes, table.tolist())]
    project.write("data.csv", "\n".join(["unit,year,c1,c2", *rows]) + "\n")
    found = project.scores()
    for j in range(2):
        close("base period", found[f"c{j + 1}"], 100 * now[:, j] / then[:, j])
    close("base period, index", found["index"], np.nanmean(100 * now / then, axis=1))

    x = now[:, 0]
    lo, hi, at = x.min(), x.max(), 7
    for directions, low, sign in (("positive", lo, 1), ("negative", hi, -1)):
        for clamp, bound in (("none", np.inf), ("high", 10.0)):
            method = (f"{OPEN}normalisation: {{ method: distance-to-reference, reference: '{990001 + at}', "
                      f"range: [0, 10], clamp: {clamp} }}")
            wanted = np.minimum(10 * (x - low) / (x[at] - low), bound)
            found = Project(binary, x[:, None], method, directions=[directions]).scores()["c1"]
            close(f"distance to reference, {directions}, {clamp}", found, wanted)

    # Records dated up to the base year, against all of them.
    stock = rng.integers(1, 6, size=(12, 2))
    project = Project(binary, positive(rng, 12, 1),
                      f"{OPEN}normalisation: {{ method: base-period, base-year: 2018 }}",
                      "  - { code: made, value: { count: { of: records } } }")
    rows = [f"{code},{year},x" for code, own in zip(project.codes, stock)
            for year, count in zip((2018, 2021), own) for _ in range(count)]
    project.write("records.csv", "\n".join(["unit,year,name", *rows]) + "\n")
    project.write("report.yaml", project.report().replace(
        "source: made-up }]",
        "source: made-up }, { file: records.csv, kind: records, status: illustrative, source: made-up }]"))
    close("base period of counts", project.scores()["made"],
          100 * stock.sum(axis=1) / stock[:, 0])


# Treatment and shape


def winsorised(x, skew=2.0, kurt=3.5, most=5):
    """The rule of COINr, written anew with pandas."""
    s = lambda v: pd.Series(v).skew()
    k = lambda v: pd.Series(v).kurt()
    passes = lambda v: abs(s(v)) < skew or k(v) < kurt
    if passes(x):
        return x
    y = x.copy()
    while np.sum(y != x) < most:
        if s(y) >= 0:
            top = y.max()
            y[y == top] = y[y < top].max()
        else:
            bottom = y.min()
            y[y == bottom] = y[y > bottom].min()
        if passes(y):
            return y
    spread = x.max() - x.min()
    if s(x) < 0:
        return -np.log(x.max() + 0.01 * spread - x)
    return np.log(x - x.min() + 0.01 * spread)


@check
def treatment(binary, rng):
    seen = set()
    for k in range(12):
        x = np.exp((3 if k > 6 else 1) * rng.normal(size=60)) * np.where(rng.random(60) < 0.03 * k, 40, 1)
        if k < 2:
            x = rng.normal(size=60)
        if k % 3 == 2:
            x = -x
        values = x[:, None]
        project = Project(binary, values, f"{OPEN}normalisation: none\ntreatment: winsorise-log\n{QUIET}")
        wanted = winsorised(x)
        close("winsorise-log", project.scores()["c1"], wanted)
        step = project.sensitivity()["method"]["indicators"][0]["treatment"]
        seen.add(json.dumps(step["applied"]))
        before, after = pd.Series(x), pd.Series(wanted)
        close("skew, kurtosis", [step["before"]["skew"], step["before"]["kurtosis"],
                                 step["after"]["skew"], step["after"]["kurtosis"]],
              [before.skew(), before.kurt(), after.skew(), after.kurt()], 1e-8)
        close("scipy's skew", [step["before"]["skew"], step["before"]["kurtosis"]],
              [stats.skew(x, bias=False), stats.kurtosis(x, bias=False)], 1e-8)
    assert len(seen) >= 3, seen
    x = np.exp(rng.normal(size=30))
    for lam in (0.0, 0.5, -1.0):
        project = Project(binary, x[:, None],
                          f"{OPEN}normalisation: none\ntreatment: {{ method: box-cox, lambda: {lam} }}")
        close(f"box-cox {lam}", project.scores()["c1"], stats.boxcox(x - x.min() + 1, lmbda=lam))
    project = Project(binary, x[:, None], f"{OPEN}normalisation: none\n"
                      "treatment: { method: percentile-clamp, lower: 0.1, upper: 0.85 }")
    close("percentile-clamp", project.scores()["c1"],
          np.clip(x, np.quantile(x, 0.1), np.quantile(x, 0.85)))


@check
def imputation(binary, rng):
    values = holed(rng, positive(rng, 24, 3), 0.2)
    table = pd.DataFrame(values)
    region = np.arange(24) % 2
    for rule, wanted in {
        "mean": table.fillna(table.mean()),
        "median": table.fillna(table.median()),
        "{ method: group-mean, group: region }": table.fillna(table.groupby(region).transform("mean")),
        "{ method: group-median, group: region }":
            table.fillna(table.groupby(region).transform("median")),
    }.items():
        found = Project(binary, values, "missing: { unit-threshold: 0, indicator-threshold: 0, "
                        f"imputation: {rule} }}\nnormalisation: none").scores()
        for j in range(3):
            close(f"imputation by {rule}", found[f"c{j + 1}"], wanted[j])


# Weights


def weights_of(project):
    step = project.sensitivity()["method"]["parents"][0]["weighting"]
    return np.array([child["weight"] for child in step["children"]]), step


def weighing(binary, values, rule, directions=None, scale="{ method: min-max, range: [0, 1] }"):
    return weights_of(Project(binary, values, f"{OPEN}{QUIET}normalisation: {scale}\nweighting: {rule}",
                              directions=directions))


@check
def objective_weights(binary, rng):
    values = holed(rng, positive(rng, 31, 5), 0.05)
    complete = values[~np.isnan(values).any(axis=1)]
    z = minmax(values)
    z = z[~np.isnan(z).any(axis=1)]
    z = minmax(z)

    def entropy(v):
        p = v / v.sum(axis=0)
        e = stats.entropy(p, axis=0) / np.log(len(v))
        return (1 - e) / (1 - e).sum()

    deviation = z.std(axis=0, ddof=1)
    critic = deviation * (1 - np.corrcoef(z.T)).sum(axis=0)
    cv = deviation / z.mean(axis=0)
    close("entropy", weighing(binary, values, "entropy")[0], entropy(z))
    close("entropy, shifted", weighing(binary, values, "{ method: entropy, shift: 0.01 }")[0],
          entropy(z + 0.01))
    close("entropy, raw", weighing(binary, values, "{ method: entropy, data: raw }")[0],
          entropy(complete))
    close("critic", weighing(binary, values, "critic")[0], critic / critic.sum())
    close("cv", weighing(binary, values, "cv")[0], cv / cv.sum())
    raw = complete.std(axis=0, ddof=1) / complete.mean(axis=0)
    close("cv, raw", weighing(binary, values, "{ method: cv, data: raw }")[0], raw / raw.sum())
    close("standard deviation", weighing(binary, values, "standard-deviation")[0],
          deviation / deviation.sum())
    product = entropy(z) * critic
    close("combined", weighing(binary, values, "{ method: combined, of: [entropy, critic] }")[0],
          product / product.sum())
    import pymcdm.weights as foreign
    close("pymcdm entropy", weighing(binary, complete, "{ method: entropy, data: raw }")[0],
          foreign.entropy_weights(complete))
    close("pymcdm critic", weighing(binary, complete, "critic")[0], foreign.critic_weights(complete))


@check
def component_weights(binary, rng):
    from factor_analyzer import Rotator
    from sklearn.decomposition import PCA

    values = np.column_stack([positive(rng, 60, 4), positive(rng, 60, 4)])
    values = np.column_stack([values, rng.normal(size=(60, 1)) + values[:, :1]])
    r = np.corrcoef(values.T)
    eigen, vectors = np.linalg.eigh(r)
    eigen, vectors = eigen[::-1], vectors[:, ::-1] * np.sign(vectors[:, ::-1].sum(axis=0))
    kept = int((eigen > 1).sum())
    assert kept > 1
    standard = (values - values.mean(axis=0)) / values.std(axis=0, ddof=1)
    close("eigenvalues", eigen, PCA().fit(standard).explained_variance_, 1e-9)
    found, step = weighing(binary, values, "pca")
    close("pca squared", found, vectors[:, 0] ** 2)
    close("pca eigenvalues", step["detail"]["pca"]["eigenvalues"], eigen)
    variance = np.abs(vectors[:, :kept]) @ eigen[:kept]
    close("pca variance-weighted",
          weighing(binary, values, "{ method: pca, variant: variance-weighted }")[0],
          variance / variance.sum())
    one = positive(rng, 60, 4)
    first = np.linalg.eigh(np.corrcoef(one.T))[1][:, -1]
    if (np.sign(first) == np.sign(first[0])).all():
        close("pca loadings", weighing(binary, one, "{ method: pca, variant: loadings }")[0],
              first / first.sum())
    loadings = vectors[:, :kept] * np.sqrt(eigen[:kept])
    rotated = Rotator(method="varimax", normalize=True, max_iter=10000, tol=1e-14)
    squares = rotated.fit_transform(loadings) ** 2
    # Each child belongs to the factor it loads on the most.
    own = squares.max(axis=1)
    close("pca rotated", weighing(binary, values, "{ method: pca, variant: rotated }")[0],
          own / own.sum(), 1e-6)


@check
def judged_weights(binary, rng):
    names = ["c1", "c2", "c3", "c4"]
    table = {4: 0.90}

    def solve(matrix):
        value, vector = np.linalg.eig(matrix)
        at = np.argmax(value.real)
        own = np.abs(vector[:, at].real)
        return own / own.sum(), value[at].real

    def reciprocal():
        upper = np.triu(rng.integers(1, 7, size=(4, 4)).astype(float), 1)
        return upper + np.eye(4) + np.where(upper.T > 0, 1 / np.where(upper.T > 0, upper.T, 1), 0)

    values = positive(rng, 9, 4)
    spell = lambda m: "[" + ", ".join(
        "[" + ", ".join(repr(float(m[i, j])) for j in range(i + 1, 4)) + "]" for i in range(3)) + "]"
    one, other = reciprocal(), reciprocal()
    found, step = weighing(binary, values, f"{{ method: ahp, matrix: {spell(one)} }}")
    wanted, value = solve(one)
    close("ahp", found, wanted)
    index = (value - 4) / 3
    told = step["judgement"]["combined"]
    close("ahp consistency", [told["lambda"], told["index"], told["ratio"]],
          [value, index, index / table[4]])
    found, _ = weighing(binary, values,
                        f"{{ method: ahp, matrices: [{spell(one)}, {spell(other)}] }}")
    close("ahp, two experts", found, solve(np.sqrt(one * other))[0])
    allocations = rng.integers(1, 50, size=(3, 4)).astype(float)
    listed = ", ".join("{ " + ", ".join(f"{n}: {x}" for n, x in zip(names, row)) + " }"
                       for row in allocations)
    found, _ = weighing(binary, values,
                        f"{{ method: budget-allocation, allocations: [{listed}] }}")
    close("budget allocation", found,
          (allocations / allocations.sum(axis=1, keepdims=True)).mean(axis=0))


# Aggregation


@check
def aggregation(binary, rng):
    import pymcdm.methods as foreign
    values = positive(rng, 19, 4)
    values[5, :] = values[6, :]
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    directions = ["positive", "negative", "positive", "positive"]
    types = np.array([1, -1, 1, 1])
    turned = values * types

    def run(rule, scale="{ method: min-max, range: [1, 100] }"):
        frame = flat(4, directions, weights)
        return Project(binary, values, f"{OPEN}{QUIET}normalisation: {scale}\naggregation: {rule}",
                       frame).scores()["index"]

    s = 1 + 99 * minmax(turned)
    close("arithmetic", run("arithmetic"), np.average(s, axis=1, weights=weights))
    close("geometric", run("geometric"), stats.gmean(s, axis=1, weights=np.tile(weights, (19, 1))))
    close("harmonic", run("harmonic"), stats.hmean(s, axis=1, weights=np.tile(weights, (19, 1))))
    close("power", run("{ method: power, exponent: 3 }"),
          stats.pmean(s, 3, axis=1, weights=np.tile(weights, (19, 1))))
    close("minimum", run("minimum"), s.min(axis=1))

    wins = np.array([[sum(w * (1.0 if a > b else 0.5 if a == b else 0.0)
                          for w, a, b in zip(weights, s[i], s[j])) for j in range(19)]
                     for i in range(19)])
    strict = 1e-12
    others = ~np.eye(19, dtype=bool)
    close("copeland", run("copeland"),
          ((wins > 0.5 + strict) & others).sum(axis=1) - ((wins < 0.5 - strict) & others).sum(axis=1))

    z = minmax(turned)
    best, worst = (z * weights).max(axis=0), (z * weights).min(axis=0)
    near = np.sqrt(((z * weights - best) ** 2).sum(axis=1))
    far = np.sqrt(((z * weights - worst) ** 2).sum(axis=1))
    close("topsis", run("{ method: topsis, scale: 1 }"), far / (near + far))
    close("pymcdm topsis", run("{ method: topsis, scale: 1 }", "none"),
          foreign.TOPSIS()(values, weights, types))
    v = turned / np.sqrt((turned ** 2).sum(axis=0)) * weights
    near = np.sqrt(((v - v.max(axis=0)) ** 2).sum(axis=1))
    far = np.sqrt(((v - v.min(axis=0)) ** 2).sum(axis=1))
    close("topsis, vector", run("{ method: topsis, scaling: vector, scale: 1 }", "none"),
          far / (near + far))

    gap = weights * (1 - z)
    group, regret = gap.sum(axis=1), gap.max(axis=1)
    q = 0.5 * minmax(group) + 0.5 * minmax(regret)
    close("vikor", run("{ method: vikor, scale: 1 }"), 1 - q)
    close("pymcdm vikor", 1 - run("{ method: vikor, scale: 1 }", "none"),
          foreign.VIKOR()(values, weights, types))

    d = 1 - z
    grey = ((d.min() + 0.5 * d.max()) / (d + 0.5 * d.max())) @ weights
    close("grey relational", run("{ method: grey-relational, scale: 1 }"), grey)

    r = stats.rankdata(turned, axis=0)
    close("rsr", run("{ method: rsr, scale: 1 }"), (r @ weights) / 19)
    close("rsr, non-integral", run("{ method: rsr, ranks: non-integral, scale: 1 }"),
          ((1 + 18 * z) @ weights) / 19)

    t = 100 + 10 * stats.zscore(turned, axis=0)
    mean = t @ weights
    square = ((t - mean[:, None]) ** 2) @ weights
    close("mpi", run("{ method: mpi, deviation: population }"), mean - square / mean)
    close("mpi, negative", run("{ method: mpi, deviation: population, phenomenon: negative }"),
          mean + square / mean)

    order = np.sort(s, axis=1)
    equal = Project(binary, values, f"{OPEN}normalisation: {{ method: min-max, range: [1, 100] }}\n"
                    "aggregation: median", flat(4, directions)).scores()["index"]
    close("median", equal, np.median(order, axis=1))


@check
def missing_weight_goes_to_siblings(binary, rng):
    values = holed(rng, positive(rng, 29, 5), 0.2)
    weights = np.array([5.0, 1.0, 2.0, 3.0, 4.0])
    z = 1 + 99 * minmax(values)
    for rule, mean in {
        "arithmetic": lambda s, w: np.average(s, weights=w),
        "geometric": lambda s, w: np.exp(np.average(np.log(s), weights=w)),
        "harmonic": lambda s, w: 1 / np.average(1 / s, weights=w),
    }.items():
        project = Project(binary, values, "missing: { unit-threshold: 0.5, indicator-threshold: 0 }\n"
                          "normalisation: { method: min-max, range: [1, 100] }\n"
                          f"aggregation: {rule}", flat(5, weights=weights))
        wanted = []
        for row in z:
            there = ~np.isnan(row)
            enough = weights[there].sum() / weights.sum() >= 0.5
            wanted.append(mean(row[there], weights[there]) if enough else np.nan)
        close(f"{rule} with gaps", project.scores()["index"], wanted)


# Ranks, tiers


@check
def ranks(binary, rng):
    x = np.round(rng.random(40) * 10, 1)
    for tie, word in {"competition": "min", "dense": "dense", "average": "min", "ordinal": "first"}.items():
        project = Project(binary, x[:, None], f"{OPEN}normalisation: none\nranks: {{ ties: {tie} }}")
        entries = project.ask("rank")["nodes"][0]["ranking"]
        close(tie, project.column(entries, "rank"), pd.Series(-x).rank(method=word))
        if tie == "average":
            close("average", project.column(entries, "average_rank"),
                  pd.Series(-x).rank(method="average"))


def tiers_of(binary, values, rule, framework=None, scale="none"):
    method = (f"{OPEN}normalisation: {scale}\ntiers: {rule}\nrobustness: {{ replicates: 1, "
              "weights: { noise: 0 }, sobol: { samples: 0 }, tiers: recomputed }\n")
    project = Project(binary, values, method, framework)
    found = project.sensitivity()
    own = {u["unit"]: int(np.argmax(u["tiers"])) for u in found["simulation"]["units"]}
    return np.array([own[code] for code in project.codes]), found["method"]["tiers"]


@check
def tiers(binary, rng):
    import jenkspy
    for count in (2, 4, 6):
        x = np.exp(rng.normal(size=70))
        found, step = tiers_of(binary, x[:, None], f"{{ method: natural-breaks, count: {count} }}")
        breaks = jenkspy.jenks_breaks(x, n_classes=count)
        wanted = count - 1 - np.searchsorted(breaks[1:-1], x, side="left")
        close("natural breaks", found, wanted)
        sse = sum(((x[found == t] - x[found == t].mean()) ** 2).sum() for t in range(count))
        close("goodness of fit", [step["sse"], step["goodness"]],
              [sse, 1 - sse / ((x - x.mean()) ** 2).sum()])

    profile = positive(rng, 40, 3)
    found, _ = tiers_of(binary, profile, "{ method: ward, count: 4 }")
    clusters = fcluster(linkage(profile, "ward"), 4, "maxclust")
    means = {c: profile[clusters == c].mean(axis=1).mean() for c in set(clusters)}
    order = {c: i for i, c in enumerate(sorted(means, key=means.get, reverse=True))}
    close("ward", found, [order[c] for c in clusters])

    x = np.round(rng.random(30), 2)
    found, step = tiers_of(binary, x[:, None], "{ method: rsr-probit, count: 3 }")
    mean_rank = pd.Series(x).rank(method="average")
    share = mean_rank / 30
    share[x == x.max()] = 1 - 1 / (4 * 30)
    probit = 5 + stats.norm.ppf(share)
    close("rsr probit", found, np.where(probit > 6, 0, np.where(probit > 4, 1, 2)))
    points = pd.DataFrame({"x": x, "p": probit}).drop_duplicates()
    line = stats.linregress(points["p"], points["x"])
    told = step["detail"]["probit"]
    close("rsr line", [told["slope"], told["intercept"], told["r_squared"]],
          [line.slope, line.intercept, line.rvalue ** 2])

    found, _ = tiers_of(binary, x[:, None], "{ method: fixed-cuts, cuts: [0.7, 0.3] }")
    close("fixed cuts", found, np.where(x >= 0.7, 0, np.where(x >= 0.3, 1, 2)))

    x = np.round(rng.random(31), 3)
    assert len(set(x)) > 25
    order = np.sort(x)[::-1]
    for count in (2, 3, 5):
        found, _ = tiers_of(binary, x[:, None], f"{{ method: quantiles, count: {count} }}")
        # Class k ends with the unit that reaches its share; equals are never parted.
        cuts = [order[-(-31 * k // count) - 1] for k in range(1, count)]
        close(f"{count} quantile tiers", found, sum((x < cut).astype(int) for cut in cuts))
        found, _ = tiers_of(binary, x[:, None], f"{{ method: largest-gap, count: {count} }}")
        gaps = -np.diff(order)
        after = np.sort(np.argsort(-gaps, kind="stable")[:count - 1])
        close(f"{count} tiers at gaps", found, sum((x < order[a]).astype(int) for a in after))


# Reading


@check
def reading(binary, rng):
    values = np.round(positive(rng, 45, 4), 1)
    framework = ("  - { code: a, children: [{ code: c1 }, { code: c2 }] }\n"
                 "  - { code: b, children: [{ code: c3 }, { code: c4 }] }")
    project = Project(binary, values, f"{OPEN}{QUIET}normalisation: {{ method: min-max, range: [0, 1] }}",
                      framework)
    found = project.sensitivity()["reading"]
    s = minmax(values)
    columns = {f"c{j + 1}": s[:, j] for j in range(4)}
    columns |= {"a": s[:, :2].mean(axis=1), "b": s[:, 2:].mean(axis=1)}
    columns["index"] = (columns["a"] + columns["b"]) / 2
    pairs = found["correlations"]
    assert pairs
    for pair in pairs:
        left, right = (columns[code] for code in (pair["left"], pair["right"]))
        close(f"correlations of {pair['left']} and {pair['right']}",
              [pair["pearson"], pair["spearman"], pair["kendall"]],
              [stats.pearsonr(left, right)[0], stats.spearmanr(left, right)[0],
               stats.kendalltau(left, right)[0]])

    def alpha(items):
        k = items.shape[1]
        return k / (k - 1) * (1 - items.var(axis=0, ddof=1).sum() / items.sum(axis=1).var(ddof=1))

    parts = {"index": (np.column_stack([columns["a"], columns["b"]]), s),
             "a": (s[:, :2], s[:, :2]), "b": (s[:, 2:], s[:, 2:])}
    for own in found["consistency"]:
        children, leaves = parts[own["node"]]
        close(f"alpha of {own['node']}", [own["alpha"], own["alpha_indicators"]],
              [alpha(children), alpha(leaves)])

    for own in found["distributions"]:
        x = columns[own["node"]]
        gini = np.abs(x[:, None] - x[None, :]).sum() / (2 * len(x) ** 2 * x.mean())
        close(f"distribution of {own['node']}",
              [own["skewness"], own["kurtosis"], own["coefficient_of_variation"], own["gini"],
               own["above_mean"]],
              [stats.skew(x, bias=False), stats.kurtosis(x, bias=False),
               x.std(ddof=1) / x.mean(), gini, (x > x.mean()).mean()])

    for own in found["influence"]:
        x = columns[own["node"]]
        close(f"influence of {own['node']}", [own["influence"]],
              [stats.pearsonr(x, columns["index"])[0] ** 2])


@check
def balance_and_obstacles(binary, rng):
    values = np.round(positive(rng, 33, 5), 2)
    framework = ("  - { code: a, weight: 3, children: [{ code: c1, weight: 1 }, { code: c2, weight: 2 }] }\n"
                 "  - { code: b, weight: 2, children: [{ code: c3 }, { code: c4, direction: negative }] }\n"
                 "  - { code: d, weight: 1, children: [{ code: c5 }] }")
    project = Project(binary, values, f"{OPEN}{QUIET}typology: {{ leading: z-score }}\n"
                      "normalisation: { method: min-max, range: [0, 100] }", framework)
    found = project.sensitivity()
    s = minmax(values * np.array([1, 1, 1, -1, 1]))
    u = np.column_stack([s[:, :2] @ [1 / 3, 2 / 3], s[:, 2:4].mean(axis=1), s[:, 4]])
    weights = np.array([3, 2, 1]) / 6
    effective = np.array([1 / 6, 1 / 3, 1 / 6, 1 / 6, 1 / 6])
    order = {code: i for i, code in enumerate(project.codes)}

    for own in found["reading"]["coupling"]:
        row = u[order[own["unit"]]]
        c, t = stats.gmean(row) / row.mean() if row.min() > 0 else 0.0, row @ weights
        close("coupling", [own["coupling"], own["level"], own["coordination"]], [c, t, np.sqrt(c * t)])
    for own in found["reading"]["obstacles"]:
        lack = effective * (1 - s[order[own["unit"]]])
        close("obstacle degrees", [d["degree"] for d in own["degrees"]], lack / lack.sum())
    index = 100 * u @ weights
    ranked = np.sort(index)[::-1]
    for place, own in enumerate(found["reading"]["distances"]):
        mine = index[order[own["unit"]]]
        close("distances", [own["to_leader"]], [ranked[0] - mine])
        if place:
            close("distances", [own["to_next"]], [ranked[place - 1] - mine])

    z = stats.zscore(u, ddof=1)
    for own in found["typology"]["units"]:
        row = z[order[own["unit"]]]
        close("z-scores of types", [own["lead"]], [row.max()])
        assert own["leading"] == ["abd"[row.argmax()]], own
        assert own["below_mean"] == bool((row < 0).all()), own


# Uncertainty


@check
def uncertainty(binary, rng):
    values = positive(rng, 25, 4)
    method = (f"{OPEN}normalisation: {{ method: min-max, range: [1, 100] }}\n"
              "robustness:\n  replicates: 20000\n  weights: { noise: 0.5 }\n"
              "  aggregation: [arithmetic, geometric]\n  noise: { relative: 0.05 }\n"
              "  sobol: { samples: 4000, weights: whole }\n")
    project = Project(binary, values, method)
    found = project.sensitivity()
    units = {u["unit"]: u for u in found["simulation"]["units"]}
    for unit in units.values():
        counts = [round(r["probability"] * 20000) for r in unit["ranks"]]
        sample = np.repeat([r["rank"] for r in unit["ranks"]], counts)
        close("rank quantiles", [unit["mean"], unit["median"], unit["q05"], unit["q95"]],
              [sample.mean(), *np.quantile(sample, [0.5, 0.05, 0.95])])

    def model(u):
        """u: choice of the mean, four weights, 100 noises, all uniform."""
        weights = 0.25 * (1 + 0.5 * (2 * u[1:5] - 1))
        weights /= weights.sum()
        x = values * (1 + 0.05 * (2 * u[5:].reshape(4, 25).T - 1))
        s = 1 + 99 * minmax(x)
        score = s @ weights if u[0] < 0.5 else np.exp(np.log(s) @ weights)
        return stats.rankdata(-score, method="min")

    nominal = stats.rankdata(-(1 + 99 * minmax(values)) @ np.full(4, 0.25), method="min")
    sample = np.array([model(u) for u in rng.random((20000, 105))])
    own = np.array([[units[c][k] for k in ("mean", "q05", "median", "q95")] for c in project.codes])
    close("mean ranks", own[:, 0], sample.mean(axis=0), 0.004)
    wanted = np.quantile(sample, [0.05, 0.5, 0.95], axis=0).T
    assert (np.abs(own[:, 1:] - wanted) <= 1.0 + 1e-9).all(), "quantiles of ranks"
    first = np.array([sum(r["probability"] for r in units[c]["ranks"] if r["rank"] == 1)
                      for c in project.codes])
    close("P(rank = 1)", first, (sample == 1).mean(axis=0), 0.02)
    order = [u["unit"] for u in found["simulation"]["units"]]
    place = {code: i for i, code in enumerate(project.codes)}
    above = np.array(found["simulation"]["above"])
    wanted = np.array([[(sample[:, place[a]] < sample[:, place[b]]).mean() for b in order] for a in order])
    close("P(above)", above, wanted, 0.025)

    # Grouped sources: the columns of a source change together.
    from SALib.analyze import sobol
    n, groups = 4096, [np.arange(0, 1), np.arange(1, 5), np.arange(5, 105)]
    a, b = rng.random((n, 105)), rng.random((n, 105))
    target = lambda u: np.abs(model(u) - nominal).mean()
    results = []
    fa, fb = (np.array([target(u) for u in m]) for m in (a, b))
    mixed = []
    for group in groups:
        ab = a.copy()
        ab[:, group] = b[:, group]
        mixed.append(np.array([target(u) for u in ab]))
    for i in range(n):
        results += [fa[i], *(m[i] for m in mixed), fb[i]]
    problem = {"num_vars": 3, "names": ["aggregation", "weights", "values"], "bounds": [[0, 1]] * 3}
    salib = sobol.analyze(problem, np.array(results), calc_second_order=False)
    told = {s["source"]: s for s in found["sobol"]["sources"]}
    for i, name in enumerate(problem["names"]):
        close(f"Sobol indices of {name}",
              [told[name]["first"]["value"], told[name]["total"]["value"]],
              [salib["S1"][i], salib["ST"][i]], 0.08)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    chosen = sys.argv[2:]
    failed = 0
    for function in CHECKS:
        if chosen and function.__name__ not in chosen:
            continue
        for seed in (1, 2, 3) if function.__name__ != "uncertainty" else (1,):
            try:
                function(sys.argv[1], np.random.default_rng(seed))
                print(f"agrees   {function.__name__} (seed {seed})", flush=True)
            except Exception as error:  # every difference is told, not only the first
                failed += 1
                print(f"DIFFERS  {function.__name__} (seed {seed}): {error}", flush=True)
                if not isinstance(error, AssertionError):
                    traceback.print_exc()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
