"""Counts subnetworks, flows and cascades anew with pandas, and holds those of rankpress against them.

Run by compare.py. The tables are those of `rankpress sample network`, made harder: every 17th
organisation loses its unit, every 23rd is abroad, every 29th loses its category.
"""

import json
import pathlib
import subprocess
import sys

import numpy
import pandas

YEARS = list(range(2014, 2023))
LEVELS = {"region": "region_zh", "agglomeration": "agglomeration_zh", "province": "province_zh", "city": "code"}
TOP = 1000
TOP_PLACES = 7
PARTS = {
    "among-sample": ("nodes: \"type == 'sample'\"", lambda a, b: (a.type == "sample") & (b.type == "sample")),
    "around-sample": ("nodes: \"type == 'sample'\", ends: any", lambda a, b: (a.type == "sample") | (b.type == "sample")),
    "east": ("nodes: \"region_zh == '东部'\"", lambda a, b: (a.region_zh == "东部") & (b.region_zh == "东部")),
}


def config(folder):
    parts = lambda network: "\n".join(
        f"      - {{ id: {network}-{name}, {text} }}" for name, (text, _) in PARTS.items())
    networks = "".join(
        f"""  - id: {name}
    nodes: {{ file: nodes.csv }}
    edges: {{ file: edges.csv }}
    direction: {direction}
    top: {TOP}
    snapshots: {{ from: 2014, to: 2022, mode: {mode} }}
    flows: [region, agglomeration, province, city]
    subnetworks:
{parts(name)}
"""
        for name, direction, mode in (("cumulative", "directed", "cumulative"), ("yearly", "undirected", "per-period")))
    (folder / "network.yaml").write_text(
        f"""schema-version: 1
cities: {{ gazetteer: cities.csv }}
networks:
{networks}cascades:
  - id: organisations
    file: nodes.csv
    top: {TOP_PLACES}
    small-base: 40
    snapshots: {{ from: 2014, to: 2022 }}
""",
        encoding="utf-8",
    )


def tables(folder):
    """Nodes with the columns of their units, edges, and the gazetteer; nodes written anew."""
    read = lambda name: pandas.read_csv(folder / name, dtype=str, keep_default_na=False, comment="#")
    nodes, edges, cities = read("nodes.csv"), read("edges.csv"), read("cities.csv")
    at = numpy.arange(len(nodes))
    nodes.loc[at % 17 == 5, "unit"] = ""
    nodes.loc[at % 23 == 7, "unit"] = "abroad"
    nodes.loc[at % 29 == 3, "category"] = ""
    nodes.to_csv(folder / "nodes.csv", index=False)
    nodes["year"], edges["year"] = nodes.year.astype(int), edges.year.astype(int)
    places = cities[[*LEVELS.values()]]
    nodes = nodes.merge(places, left_on="unit", right_on="code", how="left").set_index("id")
    return nodes, edges, cities


class Counter:
    """Counts comparisons of one kind and keeps the largest difference."""

    def __init__(self):
        self.compared, self.worst, self.wrong = 0, 0.0, []

    def same(self, what, ours, expected):
        self.compared += 1
        if isinstance(expected, float) and ours is not None:
            difference = abs(ours - expected)
            self.worst = max(self.worst, difference)
            fine = difference <= 1e-9
        else:
            fine = ours == expected
        if not fine and len(self.wrong) < 5:
            self.wrong.append(f"{what}: {ours!r} is not {expected!r}")
        return fine


def ranks(counts):
    """Competition ranks of counts, the largest first."""
    return counts.rank(method="min", ascending=False).astype(int)


def hhi(counts):
    shares = counts / counts.sum()
    return float((shares * shares).sum())


def flow_year(say, ours, keys, located, edges, directed):
    """One matrix: `located` has the places of the ends of each row, None for the rest."""
    pairs = located if directed else pandas.concat(
        [located, located.rename(columns={"a": "b", "b": "a"})], ignore_index=True)
    total = len(pairs)
    order = {key: at for at, key in enumerate(keys)}
    matrix = numpy.zeros((len(keys), len(keys)), dtype=int)
    for (a, b), count in pairs.groupby(["a", "b"]).size().items():
        matrix[order[a], order[b]] = count
    say("edges", ours["edges"], edges)
    say("located", ours["located"], len(located))
    say("total", ours["total"], total)
    say("coverage", ours["coverage"], len(located) / edges)
    say("matrix", ours["matrix"], matrix.tolist())
    within = sum(int(matrix[at, at]) for at, key in enumerate(keys) if key != "")
    say("intra", ours["intra"], within)
    say("intra share", ours["intra_share"], within / total)
    out, into = matrix.sum(axis=1), matrix.sum(axis=0)
    say("HHI out", ours["hhi"]["out"], hhi(out))
    say("HHI in", ours["hhi"]["in"], hhi(into))
    say("HHI flows", ours["hhi"]["flows"], hhi(matrix.flatten()))
    for at, own in enumerate(ours["balances"]):
        say("place", own["place"], keys[at] or None)
        say("net", own["net"], int(out[at] - into[at]))
        say("out share", own["out_share"], float(out[at] / total))
        say("in share", own["in_share"], float(into[at] / total))
    counts = pairs[(pairs.a != "") & (pairs.b != "")].groupby(["a", "b"]).size()
    rank, counted = ranks(counts).to_dict(), counts.to_dict()
    say("pairs listed", len(ours["pairs"]), min(TOP, len(counts)))
    for own in ours["pairs"]:
        pair = (own["from"], own["to"])
        expected = float(out[order[pair[0]]]) * float(into[order[pair[1]]]) / total
        say("count", own["count"], counted[pair])
        say("share", own["share"], counted[pair] / total)
        say("expected", own["expected"], expected)
        say("lift", own["lift"], counted[pair] / expected)
        say("rank", own["rank"], rank[pair])
        say("kind", own["kind"], "within" if pair[0] == pair[1] else "across")
    both = pandas.Series((out + into) / (2 * total), index=keys).drop("", errors="ignore")
    poles = both[both >= 0.1]
    say("poles", {own["place"] for own in ours["poles"]["places"]}, set(poles.index))
    share = lambda chosen: float(chosen.sum() / total)
    is_a, is_b = pairs.a.isin(poles.index), pairs.b.isin(poles.index)
    say("among poles", ours["poles"]["among"], share(is_a & is_b))
    say("touching poles", ours["poles"]["touching"], share(is_a | is_b))
    return {pair: count / total for pair, count in counted.items()}


def flows(ours, nodes, edges, directed, is_held):
    """Every level and year; the differences of shares between the first and the last."""
    counter = Counter()
    for level in ours["flows"]:
        place = nodes[LEVELS[level["level"]]]
        a, b = edges.source.map(place), edges.target.map(place)
        code = nodes["code"]
        is_located = edges.source.map(code).notna() & edges.target.map(code).notna()
        keys = [own["key"] or "" for own in level["places"]]
        shares = []
        for own in level["years"]:
            held = is_held(edges, own["year"])
            located = pandas.DataFrame({"a": a, "b": b})[held & is_located].fillna("")
            say = lambda what, x, y: counter.same(f"{level['level']} {own['year']} {what}", x, y)
            shares.append(flow_year(say, own, keys, located, int(held.sum()), directed))
        first, last = shares[0], shares[-1]
        for own in level["change"]["pairs"]:
            pair = (own["from"], own["to"])
            difference = last.get(pair, 0.0) - first.get(pair, 0.0)
            counter.same(f"{level['level']} change of {pair}", own["difference"], difference)
    return counter


def subnetworks(ours, nodes, edges, directed, is_held):
    counter = Counter()
    a, b = nodes.loc[edges.source].reset_index(), nodes.loc[edges.target].reset_index()
    for part in ours["subnetworks"]:
        chosen = PARTS[part["id"].removeprefix(ours["network"] + "-")][1](a, b)
        for own in part["snapshots"]:
            kept = edges[chosen & is_held(edges, own["year"])]
            ends = kept[kept.source != kept.target][["source", "target"]]
            if not directed:
                ends = pandas.DataFrame(numpy.sort(ends.to_numpy(), axis=1))
            found = (own["nodes"], own["edges"], own["pairs"], own["loops"])
            expected = (len(set(kept.source) | set(kept.target)), len(kept),
                        len(ends.drop_duplicates()), int((kept.source == kept.target).sum()))
            counter.same(f"{part['id']} {own['year']}", found, expected)
    return counter


def cascade(ours, nodes):
    counter = Counter()
    held = {year: nodes[nodes.year <= year] for year in YEARS}
    is_located, is_told = nodes.code.notna(), nodes.category != ""
    say = counter.same
    say("totals", ours["totals"], [len(own) for own in held.values()])
    say("located", ours["located"], [int(is_located[own.index].sum()) for own in held.values()])
    say("categorised", ours["categorised"], [int(is_told[own.index].sum()) for own in held.values()])

    def standing(what, found, counts, name):
        """Ranks, shares and concentration of one year; the rest is counted and not ranked."""
        ranked = counts.drop("", errors="ignore")
        rank, total = ranks(ranked), int(counts.sum())
        say(f"{what} listed", len(found["ranked"]), len(ranked))
        for own in found["ranked"]:
            key = own[name]
            say(f"{what} {key}", (own["count"], own["rank"]), (int(ranked[key]), int(rank[key])))
            say(f"{what} share of {key}", own["share"], float(ranked[key] / total))
        say(f"{what} top share", found["top_share"], float(ranked.nlargest(TOP_PLACES).sum() / total))
        say(f"{what} HHI", found["hhi"], hhi(counts))

    def leader(years):
        """The one that alone has the most in every year; the rest does not count."""
        leaders = {tuple(own[own == own.max()].index) for own in years}
        first = next(iter(leaders))
        return first[0] or None if len(leaders) == len(first) == 1 else None

    for level in ours["levels"]:
        column, keys = LEVELS[level["level"]], [own["key"] or "" for own in level["places"]]
        years = []
        for year, found in zip(YEARS, level["years"]):
            own = held[year]
            own = own[is_located[own.index]]
            years.append(own[column].fillna("").value_counts())
            standing(f"{level['level']} {year}", found, years[-1], "place")
        say(f"{level['level']} always leading", level["always_leading"], leader(years))
        categories = sorted(set(nodes.category) - {""})
        mix = pandas.crosstab(own[column].fillna(""), own.category).reindex(
            index=keys, columns=categories, fill_value=0)
        say(f"{level['level']} mix", level["mix"], mix.to_numpy().tolist())
    counts = [held[year].category[lambda own: own != ""].value_counts() for year in YEARS]
    found = ours["categories"]
    for year, own, expected in zip(YEARS, found["years"], counts):
        standing(f"category {year}", own, expected, "category")
    say("category always leading", found["always_leading"], leader(counts))
    first, last = counts[0], counts[-1]
    grown = {key: last.get(key, 0) / first[key] for key in first.index if first[key] >= 40}
    say("growth listed", [own["category"] for own in found["growth"]["ranked"]],
        sorted(grown, key=lambda key: (-grown[key], key)))
    for own in found["growth"]["ranked"]:
        ratio = float(grown[own["category"]])
        say("growth", own["ratio"], ratio)
        say("yearly growth", own["yearly"], ratio ** (1 / 8) - 1)
    say("below base", found["growth"]["below_base"], sorted(set(last.index) - set(grown)))
    return counter


def compare(program, folder):
    """Prints a line for each kind of table; the number of unexplained differences."""
    folder = pathlib.Path(folder)
    nodes, edges, _ = tables(folder)
    config(folder)
    done = subprocess.run([program, "network", str(folder / "network.yaml"), "--json", "-q"],
                          capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    whole = json.loads(done.stdout)
    print(f"\nFlows, subnetworks and cascades counted anew with pandas\n"
          f"{'table':46}{'compared':>10}{'different':>11}{'difference':>12}")
    found = []
    for own, is_held in zip(whole["networks"], (lambda e, year: e.year <= year, lambda e, year: e.year == year)):
        directed = own["directed"]
        name = f"{own['network']}, {'directed' if directed else 'undirected'}"
        found.append((f"flows, {name}", flows(own, nodes, edges, directed, is_held)))
        found.append((f"subnetworks, {name}", subnetworks(own, nodes, edges, directed, is_held)))
    found.append(("cascade", cascade(whole["cascades"][0], nodes)))
    for name, own in found:
        print(f"{name:46}{own.compared:>10}{len(own.wrong):>11}{own.worst:>12.1e}")
        for line in own.wrong:
            print(f"  {line}")
    return sum(len(own.wrong) for _, own in found)
