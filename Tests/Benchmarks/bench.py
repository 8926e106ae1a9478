"""The speed and size of r3mem beside peers, on the same files in the same run.

    bench.py BUILD FOLDER [--text-bytes N] [--json FILE] [--svg FILE] [--only PART...]

BUILD is the folder with the programs r3mem, extract and kernels. FOLDER holds any files. All of them are read; a part of
their text is indexed.
"""

import argparse
import collections
import json
import os
import platform
import random
import re
import resource
import shutil
import subprocess
import tempfile
import time

import peers


def timed(command):
    """Runs a command. Returns its output, its seconds and the peak of its memory in bytes."""
    with tempfile.TemporaryFile("w+") as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        # 1 is the status of `index` where some file could not be read.
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            raise SystemExit(f"{command[0]} {command[1]}: exit status {os.waitstatus_to_exitcode(status)}")
        out.seek(0)
        return out.read(), seconds, usage.ru_maxrss * 1024


def extraction(args):
    """Pages and bytes a second for each format, PDF beside pdftotext."""
    lines = [
        json.loads(line)
        for line in subprocess.check_output([os.path.join(args.build, "extract"), args.folder]).splitlines()
    ]
    formats = collections.defaultdict(lambda: {"files": 0, "bytes": 0, "text_bytes": 0, "seconds": 0.0})
    for line in lines:
        if "format" in line:
            total = formats[line["format"]]
            total["files"] += 1
            total["bytes"] += line["bytes"]
            total["text_bytes"] += line["textBytes"]
            total["seconds"] += line["seconds"]
    for total in formats.values():
        total["MB_s"] = total["bytes"] / 1e6 / total["seconds"]
    if "pdf" in formats and shutil.which("pdftotext"):
        pages = 0
        seconds = 0.0
        for line in lines:
            if line.get("format") == "pdf":
                path = os.path.join(args.folder, line["path"])
                start = time.perf_counter()
                text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True).stdout
                seconds += time.perf_counter() - start
                pages += text.count(b"\f")
        pdf = formats["pdf"]
        pdf["pages"] = pages
        pdf["pages_s"] = pages / pdf["seconds"]
        pdf["pdftotext_pages_s"] = pages / seconds
        pdf["ratio"] = pdf["pages_s"] / pdf["pdftotext_pages_s"]
    return dict(sorted(formats.items()))


def kernels(args):
    """GMAC/s of products of bytes on one core by the number of rows, beside OpenBLAS in float for the same shapes."""
    lines = [json.loads(line) for line in subprocess.check_output([os.path.join(args.build, "kernels")]).splitlines()]
    rows = []
    for name in dict.fromkeys(line["set"] for line in lines):
        own = [line for line in lines if line["set"] == name]
        peak = own[0]["peak_gmac_s"] or None
        row = {"name": name, "peak": peak, "speed": {}}
        for count in dict.fromkeys(line["rows"] for line in own):
            speeds = [line["gmac_s"] for line in own if line["rows"] == count]
            row["speed"][str(count)] = sum(speeds) / len(speeds)
        if peak:
            row["share"] = 100 * row["speed"]["64"] / peak
        rows.append(row)
    shapes = list(dict.fromkeys((line["outputs"], line["inputs"]) for line in lines))
    rows.append({"name": "OpenBLAS sgemm", "speed": peers.float_products(shapes, list(rows[0]["speed"]))})
    return [row for row in rows if row["speed"]]


def sample(args, folder):
    """Copies files of text to `folder` until they hold so many bytes, the same ones in each run."""
    paths = []
    for root, _, names in os.walk(args.folder):
        paths += [os.path.join(root, name) for name in names if name.endswith((".txt", ".md", ".html"))]
    paths.sort()
    random.Random(1).shuffle(paths)
    left = args.text_bytes
    for number, path in enumerate(paths):
        size = os.path.getsize(path)
        if 0 < size <= left:
            shutil.copy(path, os.path.join(folder, f"{number:04}-{os.path.basename(path)}"))
            left -= size


def queries(passages, count=20):
    """Three words of a passage each, none of them short."""
    choice = random.Random(2)
    wordy = [words for words in (re.findall(r"[A-Za-z]{5,}", passage) for passage in passages) if len(words) >= 3]
    if not wordy:
        raise SystemExit(
            "bench: no passage has three words of five ASCII letters; name another folder with BENCH_FOLDER"
        )
    return [" ".join(choice.sample(choice.choice(wordy), 3)).lower() for _ in range(count)]


def program(args, work):
    """The rows of r3mem, with the texts and queries that the peers get."""
    corpus = os.path.join(work, "corpus")
    index = os.path.join(work, "bench.r3")
    os.mkdir(corpus)
    sample(args, corpus)
    report, seconds, memory = timed([args.program, "index", corpus, "--to", index, "--json"])
    text = json.loads(report)["textBytes"]
    _, verify, _ = timed([args.program, "verify", index, "--quiet"])
    _, unchanged, _ = timed([args.program, "refresh", index, "--quiet"])
    export = os.path.join(work, "texts")
    timed([args.program, "export", index, "--to", export, "--quiet"])
    texts = []
    for root, _, names in os.walk(export):
        for name in sorted(names):
            with open(os.path.join(root, name), encoding="utf-8", errors="replace") as file:
                texts.append(file.read())
    passages = [part for text in texts for part in cut(text)]
    asked = queries(passages)
    warm = serve(args, index, asked)
    cold = [timed([args.program, "search", index, query, "--json"])[1] for query in asked[:5]]
    row = peers.row(
        "r3mem",
        os.path.getsize(index),
        text,
        seconds,
        verify_kB_s=text / 1000 / verify,
        peak_MB=memory / 1e6,
        refresh_ms=1000 * unchanged,
        cold_search_ms=1000 * sorted(cold)[len(cold) // 2],
        **warm,
    )
    return row, texts, passages, asked


def cut(text, size=1000):
    """Passages of about `size` characters, at the ends of lines where there are some."""
    parts = []
    part = ""
    for line in text.splitlines(keepends=True):
        for start in range(0, len(line), size):
            part += line[start : start + size]
            if len(part) >= size:
                parts.append(part)
                part = ""
    return parts + [part] if part.strip() else parts


def serve(args, index, asked):
    """Median times of search and ask in one process, through the tools for agents."""
    process = subprocess.Popen(
        [args.program, "mcp", index],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )

    def call(method, params):
        process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}) + "\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        if "error" in answer or answer["result"].get("isError"):
            raise SystemExit(f"mcp: {answer.get('error', answer.get('result'))}")

    client = {"name": "bench", "version": "1"}
    call("initialize", {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client})

    def use(tool, argument):
        return peers.median_ms(lambda text: call("tools/call", {"name": tool, "arguments": {argument: text}}), asked)

    times = {"search_ms": use("search", "query"), "ask_ms": use("ask", "question")}
    process.stdin.close()
    process.wait()
    return times


def table(rows, columns):
    """Lines of a table, numbers to the right."""
    cells = [[title for title, _ in columns]]
    for line in rows:
        cells.append([show(line.get(key)) for _, key in columns])
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns))]
    for line in cells:
        print("  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(line, widths))).rstrip())
    print()


def show(value):
    if value is None:
        return "–"
    return value if isinstance(value, str) else f"{value:.3g}" if value < 1000 else f"{value:,.0f}"


def drawing(rows):
    """An SVG of kB/s (upwards, logarithmic) against the size as a share of the text (to the right)."""
    import math

    def x(ratio):
        return 70 + 380 * min(ratio, 3) / 3

    def y(rate):
        return 300 - 52 * math.log10(max(1, rate))

    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 360" font-family="sans-serif" font-size="12">']
    out.append('<title>Speed of indexing against size</title><rect width="520" height="360" fill="white"/>')
    for power in range(6):
        out.append(f'<path d="M70 {y(10**power)}H450" stroke="#ddd"/>')
        out.append(f'<text x="62" y="{y(10**power) + 4}" text-anchor="end">{10**power:,}</text>')
    for share in range(0, 301, 50):
        out.append(f'<text x="{x(share / 100)}" y="320" text-anchor="middle">{share} %</text>')
    out.append('<text x="260" y="345" text-anchor="middle">size, of the text</text>')
    out.append('<text x="70" y="20">kB of text a second</text>')
    labels = []
    for row in sorted(rows, key=lambda row: row["index_kB_s"]):
        cx, cy = x(row["ratio"]), y(row["index_kB_s"])
        label = cy + 4
        while any(abs(label - other) < 12 and abs(cx - place) < 90 for place, other in labels):
            label -= 12
        labels.append((cx, label))
        fill = "#c33" if row["name"] == "r3mem" else "#357"
        out.append(f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="5" fill="{fill}"/>')
        out.append(f'<text x="{cx + 8:.1f}" y="{label:.1f}">{row["name"]}</text>')
    return "\n".join(out + ["</svg>"]) + "\n"


def instruction_set():
    try:
        with open("/proc/cpuinfo") as file:
            flags = set(re.search(r"flags\s*:(.*)", file.read()).group(1).split())
    except (OSError, AttributeError):
        return platform.machine()
    named = [name for name in ("avx2", "avx_vnni", "avx512_vnni") if name in flags]
    return platform.machine() + "".join(f" {name}" for name in named)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("folder")
    parser.add_argument("--text-bytes", type=int, default=1_000_000, help="bytes of files that are indexed")
    parser.add_argument("--json", help="a file for all numbers")
    parser.add_argument("--svg", help="a file for the drawing")
    parts = ["kernels", "extraction", "index"]
    parser.add_argument("--only", nargs="+", choices=parts, default=parts, help="the parts to measure")
    args = parser.parse_args()
    args.program = os.path.join(args.build, "r3mem")

    result = {"machine": instruction_set(), "cores": os.cpu_count(), "load_before": os.getloadavg()[0]}
    print(f"{result['machine']}, {result['cores']} cores, load {result['load_before']:.1f}\n")
    if "kernels" in args.only:
        result["kernels"] = kernels(args)
        counts = result["kernels"][0]["speed"]
        columns = [("GMAC/s of rows", "name")] + [(count, count) for count in counts]
        columns += [("peak", "peak"), ("% of it", "share")]
        table([row | row["speed"] for row in result["kernels"]], columns)
    if "extraction" in args.only:
        result["extraction"] = extraction(args)
        columns = [("format", "name"), ("files", "files"), ("MB", "MB"), ("s", "seconds"), ("MB/s", "MB_s")]
        columns += [("pages/s", "pages_s"), ("pdftotext", "pdftotext_pages_s"), ("ratio", "ratio")]
        table([{"name": k, "MB": v["bytes"] / 1e6, **v} for k, v in result["extraction"].items()], columns)
    if "index" in args.only:
        with tempfile.TemporaryDirectory() as work:
            own, texts, passages, asked = program(args, work)
            path = os.path.join(work, "all.txt")
            with open(path, "w", encoding="utf-8") as file:
                file.write("".join(texts))
            rows = [
                own,
                peers.packer("xz -9e", ["xz", "-9e", "-k", "-c"], ["xz", "-d", "-c"], path),
                peers.packer("zstd -19", ["zstd", "-19", "-q", "-c"], ["zstd", "-d", "-q", "-c"], path),
                peers.full_text(passages, asked, work),
                peers.tantivy(passages, asked, work),
                *peers.encoders(passages, asked, work),
            ]
        rows = [row for row in rows if row]
        for row in rows:
            row["percent"] = 100 * row["ratio"]
            row["times"] = own["index_kB_s"] / row["index_kB_s"]
        columns = [("", "name"), ("size %", "percent"), ("index kB/s", "index_kB_s"), ("r3mem is ×", "times")]
        columns += [("verify kB/s", "verify_kB_s"), ("search ms", "search_ms"), ("ask ms", "ask_ms")]
        columns += [("cold ms", "cold_search_ms"), ("refresh ms", "refresh_ms"), ("peak MB", "peak_MB")]
        table(rows, columns)
        result["rows"] = rows
        if args.svg:
            with open(args.svg, "w") as file:
                file.write(drawing(rows))
    result["peak_children_MB"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
    if args.json:
        with open(args.json, "w") as file:
            json.dump(result, file, indent=2)
            file.write("\n")


if __name__ == "__main__":
    main()
