"""Reads a portfolio's CSV, XLSX, NDJSON and Parquet with DuckDB and pandas and holds every figure to the JSON.

    python tests/read_back.py PORTFOLIO

PORTFOLIO is what `centricity portfolio DIR --out PORTFOLIO --format json,csv,xlsx,ndjson,parquet` wrote.
"""

import json
import math
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pandas
import pyarrow.dataset

FOLDER = Path(sys.argv[1])
TABLES = ["clients", "scores", "levels", "gates", "findings"]
compared = 0


def same(one, other, what):
    """Figures must be the very same; nothing is rounded on the way."""
    global compared
    compared += 1
    empty = lambda value: value is None or value is pandas.NA or (isinstance(value, float) and math.isnan(value))
    if empty(one) and empty(other):
        return
    if isinstance(one, float) or isinstance(other, float):
        if not empty(one) and not empty(other) and float(one) == float(other):
            return
    elif one == other:
        return
    sys.exit(f"{what}: {one!r} is not {other!r}")


def expected():
    """The rows of every table, made from the lines of JSON."""
    rows = {table: [] for table in TABLES}
    for line in (FOLDER / "portfolio.ndjson").read_text("utf-8").splitlines():
        client = json.loads(line)
        versions = {pack["id"]: pack["version"] for pack in client["packs"]}
        open_gates = sum(gate["state"] in ("unmet", "unproven") for gate in client["gates"])
        weighty = sum(
            one["kind"] in ("gap", "risk", "contradiction") and one["severity"] in ("high", "critical")
            for one in client["findings"]
        )
        own = {key: client[key] for key in ("path", "client", "unit", "assessed_on", "basis", "status",
                                            "respondents", "coverage", "confidence", "form")}
        rows["clients"].append(own | {"packs": " ".join(versions), "gates_open": open_gates,
                                      "weighty_findings": weighty})
        for table in TABLES[1:]:
            for one in client[table]:
                pack = one["id"].split(".")[0]
                head = {"path": client["path"], "client": client["client"], "pack": pack,
                        "pack_version": versions[pack]}
                left_out = {"scores": ("profile",), "levels": ("overall", "coverage")}.get(table, ())
                rest = {key: value for key, value in one.items() if key not in left_out}
                rows[table].append(head | rest)
    return rows


def unguarded(value):
    """A text without the sign that keeps spreadsheets from taking it for a formula."""
    if isinstance(value, str) and value[:1] == "'" and value[1:2] in ("=", "+", "-", "@", "\t", "\r"):
        return value[1:]
    return value


def compare(table, wanted, found, reader, guarded=False):
    """Both in the order of path, pack and id; a client has each id once."""
    order = lambda row: (row["path"], row.get("pack", ""), row.get("id", ""))
    same(len(found), len(wanted), f"{reader}: rows of {table}")
    for one, other in zip(sorted(wanted, key=order), sorted(found, key=order)):
        same(sorted(one), sorted(other), f"{reader}: columns of {table}")
        for key, value in one.items():
            got = unguarded(other[key]) if guarded else other[key]
            if value is None and got == "":
                got = None
            same(got, value, f"{reader}: {table} {order(one)} {key}")


def records(frame):
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def spreads(overview):
    """Quartiles as DuckDB makes them out of Parquet, against those of the overview."""
    source = f"read_parquet('{FOLDER}/parquet/scores/**/*.parquet', hive_partitioning = true)"
    clients = f"read_parquet('{FOLDER}/parquet/clients/*.parquet')"
    for group in overview["groups"]:
        for score in group["scores"]:
            query = f"""
                select count(*), min("index"), quantile_cont("index", 0.25), quantile_cont("index", 0.5),
                       quantile_cont("index", 0.75), max("index")
                from {source} join {clients} using (path)
                where pack = ? and id = ? and basis = ? and state = 'rated'
                  and split_part(pack_version, '.', 1) = ?"""
            values = [group["pack"], score["id"], group["basis"], str(group["major"])]
            n, *five = duckdb.execute(query, values).fetchone()
            what = f"{score['id']} on {group['basis']}"
            same(n, score["n"], f"{what}: n")
            if score["quartiles"]:
                for name, value in zip(["min", "q1", "median", "q3", "max"], five):
                    if abs(value - score["quartiles"][name]) > 1e-9:
                        sys.exit(f"{what}: {name} {value} is not {score['quartiles'][name]}")
        gates = Counter()
        query = f"""select state, count(*) from read_parquet('{FOLDER}/parquet/gates/**/*.parquet',
            hive_partitioning = true) join {clients} using (path)
            where pack = ? and basis = ? and split_part(pack_version, '.', 1) = ? group by state"""
        if group["gates"]:
            gates.update(dict(duckdb.execute(query, [group["pack"], group["basis"], str(group["major"])]).fetchall()))
            for state in ("met", "unmet", "unproven"):
                same(gates[state], sum(gate[state] for gate in group["gates"]), f"{group['pack']}: gates {state}")


def workbook(scores, clients):
    """The sheets of the packs, which name each score by its id in their second row."""
    bases = {client["path"]: client["basis"] for client in clients}
    found = {}
    for sheet, frame in pandas.read_excel(FOLDER / "portfolio.xlsx", sheet_name=None, header=None).items():
        pack, _, rest = sheet.partition(" ")
        if not rest or frame.iat[0, 0] != "Folder":
            continue
        for _, row in frame.iloc[2:].iterrows():
            for column in range(8, len(row)):
                found[row[0], f"{pack}.{frame.iat[1, column]}", rest.split()[1]] = row[column]
    for one in scores:
        key = (one["path"], one["id"], bases[one["path"]])
        if one["state"] == "rated":
            same(found[key], one["index"], f"pandas, XLSX: {key}")
        elif not pandas.isna(found[key]):
            sys.exit(f"pandas, XLSX: {key}: {found[key]} though it carries no verdict")


wanted = expected()
for table in TABLES:
    csv = FOLDER / "csv" / f"{table}.csv"
    frame = pandas.read_csv(csv, keep_default_na=False, na_values={name: [""] for name in (
        "unit", "assessed_on", "respondents", "value", "index", "level", "label", "rank")},
        dtype={"client": str, "path": str, "pack_version": str, "unit": str})
    compare(table, wanted[table], records(frame), "pandas, CSV", guarded=True)
    frame = duckdb.sql(f"select * from read_csv('{csv}', header = true, all_varchar = false, sample_size = -1)").df()
    same(len(frame), len(wanted[table]), f"DuckDB, CSV: rows of {table}")
    parquet = FOLDER / "parquet" / table
    query = f"select * from read_parquet('{parquet}/**/*.parquet', hive_partitioning = true)"
    names = [column[0] for column in duckdb.sql(query).description]
    compare(table, wanted[table], [dict(zip(names, row)) for row in duckdb.sql(query).fetchall()], "DuckDB, Parquet")
    data = pyarrow.dataset.dataset(parquet, partitioning="hive", format="parquet")
    compare(table, wanted[table], data.to_table().to_pylist(), "pyarrow, Parquet")
    compare(table, wanted[table], records(pandas.read_parquet(parquet)), "pandas, Parquet")
workbook(wanted["scores"], wanted["clients"])
spreads(json.loads((FOLDER / "portfolio.json").read_text("utf-8")))
lines = pandas.read_json(FOLDER / "portfolio.ndjson", lines=True)
same(len(lines), len(wanted["clients"]), "pandas, NDJSON: rows")
print(f"read back: {compared} figures are those of the JSON")
