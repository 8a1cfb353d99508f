"""Finds candidate pairs with DuckDB: duckdb_pairs.py CLAUSES.jsonl JOIN.sql PAIRS/"""

import pathlib
import sys

import duckdb

clauses, join, pairs = map(pathlib.Path, sys.argv[1:4])
pairs.mkdir(parents=True, exist_ok=True)
columns = "{'id': 'VARCHAR', 'key': 'VARCHAR'}"
engine = duckdb.connect()
engine.execute(f"create view clauses as select * from read_json('{clauses}', format = 'newline_delimited', columns = {columns})")
engine.execute(f"copy ({join.read_text()}) to '{pairs / 'pairs.json'}' (format json)")
