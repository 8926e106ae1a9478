"""The time of a first question, with the start of the program, for indexes of several sizes.

    cold.py PROGRAM INDEX... [--runs N] [--svg FILE]

Each index is asked the same questions, each in a process of its own. The table has the median time of `search` with and
without the reader, of `ask` and of `stats`, and the peak memory of `search`.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import time

QUERIES = [
    "battle of the atlantic convoy losses",
    "how to set a policy for an instance",
    "the queen and her children",
    "return value of a virtual function",
    "law about the sale of land",
]


def run(command):
    """Seconds and peak bytes of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    # 3: nothing in the index answers the question.
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        raise SystemExit(f"{' '.join(command)}: exit status {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, usage.ru_maxrss * 1024


def measured(program, index, runs):
    """The row of an index."""
    described = json.loads(subprocess.check_output([program, "stats", index, "--json"]))
    row = {"MB": described["textBytes"] / 1e6, "files": described["files"], "passages": described["passages"]}
    kinds = {
        "search": lambda query: [program, "search", index, query],
        "search_words": lambda query: [program, "search", index, query, "--no-reader"],
        "ask": lambda query: [program, "ask", index, query],
        "stats": lambda _: [program, "stats", index],
    }
    for name, command in kinds.items():
        taken = [run(command(query)) for _ in range(runs) for query in QUERIES]
        row[name] = 1000 * statistics.median(seconds for seconds, _ in taken)
        if name == "search":
            row["peak_MB"] = max(memory for _, memory in taken) / 1e6
    return row


def drawing(rows):
    """An SVG of milliseconds (upwards) against megabytes of text (to the right), both logarithmic."""

    def x(size):
        return 70 + 380 * math.log10(max(size, 0.5) / 0.5) / math.log10(500 / 0.5)

    def y(ms):
        return 300 - 260 * math.log10(max(ms, 50) / 50) / 2

    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 360" font-family="sans-serif" font-size="12">']
    out.append('<title>Time of a first question</title><rect width="520" height="360" fill="white"/>')
    for ms in (50, 100, 200, 500, 1000, 2000, 5000):
        out.append(f'<path d="M70 {y(ms):.1f}H450" stroke="#ddd"/>')
        out.append(f'<text x="62" y="{y(ms) + 4:.1f}" text-anchor="end">{ms}</text>')
    for size in (1, 4, 16, 64, 160):
        out.append(f'<text x="{x(size):.1f}" y="320" text-anchor="middle">{size}</text>')
    out.append('<text x="260" y="345" text-anchor="middle">MB of text</text>')
    out.append('<text x="70" y="20">milliseconds, with the start of the program</text>')
    for name, colour, label in [("search", "#c33", "search"), ("search_words", "#357", "search without the reader")]:
        points = " ".join(f"{x(row['MB']):.1f},{y(row[name]):.1f}" for row in rows)
        out.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        first = rows[0]
        low = 22 if name == "search_words" else -12
        place = f'x="{x(first["MB"]):.1f}" y="{y(first[name]) + low:.1f}"'
        out.append(f'<text {place} fill="{colour}">{label}</text>')
    return "\n".join(out + ["</svg>"]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("indexes", nargs="+")
    parser.add_argument("--runs", type=int, default=2, help="times that each question is asked")
    parser.add_argument("--svg", help="a file for the drawing")
    args = parser.parse_args()
    rows = sorted((measured(args.program, index, args.runs) for index in args.indexes), key=lambda row: row["MB"])
    names = ["MB", "files", "passages", "search", "search_words", "ask", "stats", "peak_MB"]
    print("  ".join(name.rjust(12) for name in names))
    for row in rows:
        print(
            "  ".join(
                f"{row[name]:,.1f}".rjust(12) if name == "MB" else f"{row[name]:,.0f}".rjust(12) for name in names
            )
        )
    if args.svg:
        with open(args.svg, "w") as file:
            file.write(drawing(rows))


if __name__ == "__main__":
    main()
