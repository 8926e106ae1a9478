"""Many clients at a time on /v1/search and /v1/ask, with the questions of the sample corpus.

No error but 503 with Retry-After, no growth of memory after ten seconds, and no client that waits much longer than its
turn in the queue takes. First one client alone: what HTTP costs beyond the work, which the server tells in Server-Timing.
"""

import argparse
import http.client
import json
import os
import random
import re
import statistics
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

MOST_OVERHEAD = 10.0  # ms
MOST_GROWTH = 0.10  # of the memory after ten seconds
WARM = 10.0  # s


class Client:
    """One connection that is kept alive."""

    def __init__(self, url, questions, seed):
        self.address = urlsplit(url)
        self.questions = questions
        self.rng = random.Random(seed)
        self.connection = None

    def ask(self, target, question):
        """Returns the status, the milliseconds, and those of the work and in the queue as the server tells them."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=120)
            self.connection.connect()
        name = "query" if target.endswith("search") else "question"
        body = json.dumps({name: question, "limit": self.rng.choice((1, 5, 10))})
        start = time.perf_counter()
        self.connection.request("POST", target, body, {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        text = answer.read()
        elapsed = (time.perf_counter() - start) * 1000
        json.loads(text)
        timing = dict(re.findall(r"(\w+);dur=([0-9.]+)", answer.getheader("Server-Timing") or ""))
        if answer.status == 503:
            assert answer.getheader("Retry-After"), text
        return answer.status, elapsed, float(timing.get("work", 0)), float(timing.get("queue", 0))

    def any(self):
        return self.ask(self.rng.choice(("/v1/search", "/v1/ask")), self.rng.choice(self.questions))


def memory(pid):
    """The resident memory of a process in MB."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def share(values, part):
    return sorted(values)[min(len(values) - 1, int(part * len(values)))] if values else float("nan")


def alone(url, questions):
    """One client: the milliseconds beyond the work inside."""
    client = Client(url, questions, 1)
    for question in questions[:10]:
        client.ask("/v1/search", question)
        client.ask("/v1/ask", question)
    for target in ("/v1/search", "/v1/ask"):
        times = [client.ask(target, question) for question in questions]
        assert all(status == 200 and work > 0 for status, _, work, _ in times), times
        beyond = [elapsed - work for _, elapsed, work, _ in times]
        work = [work for _, _, work, _ in times]
        print(
            f"one client, {target}: {len(times)} requests, work inside {statistics.median(work):.1f} ms (median); "
            f"beyond it {statistics.median(beyond):.2f} ms (median), {share(beyond, 0.95):.2f} ms (p95)"
        )
        # On a machine with other work the median is that of waiting for a processor.
        assert share(beyond, 0.1) <= MOST_OVERHEAD, beyond


def many(url, pid, questions, clients, seconds):
    end = time.monotonic() + seconds
    lock = threading.Lock()
    seen, faults = [], []

    def run(number):
        client = Client(url, questions, number + 2)
        try:
            while time.monotonic() < end:
                outcome = client.any()
                with lock:
                    seen.append(outcome)
                if outcome[0] == 503:
                    time.sleep(0.2)
        except Exception as error:  # noqa: BLE001 - every fault of a client fails the test
            with lock:
                faults.append(repr(error))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    pause = min(WARM, seconds / 2)
    course = []
    while time.monotonic() + pause <= end:
        time.sleep(pause)
        course.append(memory(pid))
    for thread in threads:
        thread.join()
    course.append(memory(pid))
    early, late = course[0], course[-1]
    statuses = {}
    for status, *_ in seen:
        statuses[status] = statuses.get(status, 0) + 1
    answered = [outcome for outcome in seen if outcome[0] == 200]
    elapsed = [outcome[1] for outcome in answered]
    # A question waits for those before it, of which as many run at a time as there are cores.
    cores, work = os.cpu_count(), share([outcome[2] for outcome in answered], 0.5)
    bound = 2 * clients / cores * work
    print(
        f"{clients} clients, {seconds:.0f} s: {statuses}; p50 {share(elapsed, 0.5):.0f} ms, p95 {share(elapsed, 0.95):.0f} "
        f"ms; work {work:.0f} ms, in the queue {share([outcome[3] for outcome in answered], 0.5):.0f} ms (p50)"
    )
    print(f"bound of p95: 2 x {clients} / {cores} x {work:.0f} ms = {bound:.0f} ms; load {os.getloadavg()[0]:.1f}")
    print(f"memory every {pause:.0f} s, and at the end: {', '.join(f'{value:.0f}' for value in course)} MB")
    assert not faults, faults
    assert set(statuses) <= {200, 503} and answered, statuses
    assert late <= early * (1 + MOST_GROWTH), (early, late)
    assert share(elapsed, 0.95) <= bound, (share(elapsed, 0.95), bound)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("pid", type=int, help="the process of the server")
    parser.add_argument("questions", help="a file as corpora/handbook.questions.json")
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=60)
    arguments = parser.parse_args()
    questions = [entry["question"] for entry in json.loads(Path(arguments.questions).read_text())]
    alone(arguments.url, questions)
    many(arguments.url, arguments.pid, questions, arguments.clients, arguments.seconds)


main()
