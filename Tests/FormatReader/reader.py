"""An independent reader of index format 3, written from docs/index-format.md and docs/model-format.md alone.

Lists what an index holds as JSON lines: the index, its files, its documents, its terms, its passages. Of the residuals only
plain bytes are read: the others need the network. Any bytes that the pages do not allow end the run with exit code 1.

    python3 reader.py INDEX [--model FILE] [--summary]
"""

import argparse
import json
import os
import sqlite3
import sys
import time
from pathlib import Path

from coders import Damage
from index import Index
from model import Model
from records import read_known

DEFAULT_MODEL = Path(__file__).parents[2] / "models" / "default.safetensors"


def default_model() -> Path:
    return Path(os.environ.get("R3MEM_MODEL") or DEFAULT_MODEL)


def hexed(value):
    """A stored value for JSON: bytes as hexadecimal digits."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {key: hexed(v) for key, v in value.items()}
    return [hexed(v) for v in value] if isinstance(value, list) else value


def lines(index: Index):
    """All that an index holds, an object a line."""
    meta = {"model": index.meta["model"].hex(), "name": index.meta["model.name"].decode(), "next": index.number("next")}
    yield {"kind": "index", **meta, "options": hexed(index.options), "left-out": index.left_out}
    for source in index.sources:
        yield {
            "kind": "file",
            "path": source.path.decode(),
            "state": source.state,
            "size": source.size,
            "modified": source.modified,
            "hash": hexed(source.file_hash),
            "media": source.media,
            "reason": remarks(source),
            "document": source.document,
        }
    alive = index.alive()
    for number, segment in index.segments.items():
        yield from documents(index, number, alive)
        for term in segment.terms:
            yield {
                "kind": "term",
                "segment": number,
                "term": term.text.decode(),
                "units": term.unit_list,
                "passages": term.passages,
            }
        for place, passage in enumerate(segment.passages):
            yield {
                "kind": "passage",
                "segment": number,
                "passage": place,
                "tokens": passage.tokens,
                "bytes": passage.text_bytes,
                "residual": passage.residual_bytes,
                "coding": "plain" if passage.is_plain else "tokens",
                "memory": passage.memory.hex(),
                "terms": [segment.terms[n].text.decode() for n in passage.terms],
            }


def documents(index: Index, segment: int, alive: set[int]):
    for place, document in enumerate(index.segments[segment].documents):
        number = segment << 16 | place
        yield {
            "kind": "document",
            "document": number,
            "alive": number in alive,
            "title": document.title,
            "media": document.media,
            "bytes": document.text_bytes,
            "hash": document.text_hash.hex(),
            "passages": [document.passages.start, document.passages.stop],
            "units": [document.units.start, document.units.stop],
            "sections": document.section_codes.hex(),
            "spans": document.spans,
            "original": hexed(index.originals.get(number)),
        }


def remarks(source) -> dict | None:
    if source.state != "indexed" or source.reason is None:
        return hexed(source.reason)
    return source.reason | {"notes": [hexed(read_known("reason", note)) for note in source.reason["notes"]]}


def summary(index: Index) -> dict:
    segments = index.segments.values()
    alive = index.alive()
    return {
        "kind": "summary",
        "files": len(index.sources),
        "indexed": sum(source.state == "indexed" for source in index.sources),
        "segments": len(index.segments),
        "documents": len(alive),
        "removed": sum(len(s.documents) for s in segments) - len(alive),
        "bytes": sum(index.document(number).text_bytes for number in alive),
        "passages": sum(len(index.document(number).passages) for number in alive),
        "units": sum(len(s.units) for s in segments),
        "terms": sum(len(s.terms) for s in segments),
        "plain": sum(s.plain_documents for s in segments),
        "members": sum(len(p.terms) for s in segments for p in s.passages),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="List what an index of format 3 holds, as JSON lines.")
    parser.add_argument("index", type=Path)
    parser.add_argument("--model", type=Path, default=default_model())
    parser.add_argument("--summary", action="store_true", help="print the last line only")
    arguments = parser.parse_args()
    start = time.monotonic()
    try:
        index = Index(arguments.index, Model(arguments.model))
    except (Damage, UnicodeDecodeError, sqlite3.Error, OSError) as damage:
        print(f"{arguments.index}: {damage}", file=sys.stderr)
        return 1
    if not arguments.summary:
        for line in lines(index):
            print(json.dumps(line, ensure_ascii=False))
    print(json.dumps(summary(index) | {"seconds": round(time.monotonic() - start, 1)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
