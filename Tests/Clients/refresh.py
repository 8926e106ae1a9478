"""Clients that ask while an index is refreshed: every answer comes from one committed state.

The files of a folder come in pairs that always say the same number. All of them change at once, again and again; an
answer that quotes two numbers comes from no state that was ever committed.
"""

import hashlib
import http.client
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

CLIENTS = 16
PIERS = ("Amber", "Birch", "Cedar", "Dune", "Elder", "Fjord")
PAIRS = len(PIERS)


def write(folder, number):
    for pier in PIERS:
        for book, text in (("table", "The tide table"), ("log", "The harbour log")):
            (folder / book).mkdir(exist_ok=True)
            (folder / book / f"{pier.lower()}.txt").write_text(f"{text} of {pier} pier says the number {number}.\n")


class Client:
    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def call(self, method, target, body=None):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        self.connection.request(method, target, json.dumps(body) if body is not None else None, headers)
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read())

    def texts(self, kind):
        """The texts that one answer quotes."""
        words = "number of the tide table and the harbour log of each pier"
        if kind == 0:
            status, found = self.call("POST", "/v1/search", {"query": words, "limit": 2 * PAIRS})
            assert status == 200, found
            return [result["text"] for result in found["results"]]
        if kind == 1:
            question = "Which number does the tide table of Cedar pier say?"
            status, answer = self.call("POST", "/v1/ask", {"question": question, "limit": 2 * PAIRS})
            assert status == 200, answer
            return [entry["text"] for entry in answer["sources"] + answer["sentences"]]
        status, reply = self.call(
            "POST",
            "/mcp",
            {
                "jsonrpc": "2.0",
                "id": 1,
                "method": "tools/call",
                "params": {"name": "search", "arguments": {"query": words, "limit": 2 * PAIRS}},
            },
        )
        assert status == 200 and not reply["result"]["isError"], reply
        quotes = reply["result"]["structuredContent"]["results"]
        for quote in quotes:
            assert hashlib.sha256(quote["text"].encode()).hexdigest() == quote["sha256"], quote
        return [quote["text"] for quote in quotes]


def numbers(texts):
    return {int(number) for text in texts for number in re.findall(r"says the number (\d+)", text)}


def main(program, count, mode):
    with tempfile.TemporaryDirectory() as place:
        folder, index = Path(place, "piers"), Path(place, "piers.r3")
        folder.mkdir()
        write(folder, 1)
        subprocess.run([program, "index", folder, "--to", index, "--quiet"], check=True)
        flag = "--watch" if mode == "watch" else "--allow-refresh"
        server = subprocess.Popen([program, "serve", index, "--port", "0", flag], stderr=subprocess.PIPE, text=True)
        try:
            log = server.stderr.readline()
            port = int(re.search(r":(\d+)/", log)[1])
            attack(port, folder, int(count), mode)
        finally:
            server.terminate()
            rest = server.communicate(timeout=60)[1]
        assert server.returncode == 0 and not rest, (server.returncode, rest)


def attack(port, folder, count, mode):
    is_done = threading.Event()
    lock = threading.Lock()
    answers, faults = [0], []

    def ask(place):
        client, kind, last = Client(port), place, 1
        try:
            while not is_done.is_set():
                kind += 1
                said = numbers(client.texts(kind % 3))
                assert len(said) == 1, f"one answer from several states: {sorted(said)}"
                number = said.pop()
                assert number >= last, f"{number} after {last}"
                last = number
                with lock:
                    answers[0] += 1
        except Exception as error:  # noqa: BLE001 - every fault of a client fails the test
            with lock:
                faults.append(repr(error))

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(CLIENTS)]
    for thread in threads:
        thread.start()
    client, start = Client(port), time.monotonic()
    try:
        for number in range(2, count + 2):
            write(folder, number)
            if mode != "watch":
                status, job = client.call("POST", "/v1/refresh", {})
                assert status == 202, job
                while job["state"] == "running":
                    time.sleep(0.02)
                    job = client.call("GET", f"/v1/jobs/{job['id']}")[1]
                assert job["state"] == "done" and job["report"]["changed"] == 2 * PAIRS, job
            # What is committed is answered, by the next question.
            deadline = time.monotonic() + 120
            while numbers(client.texts(0)) != {number}:
                assert mode == "watch" and time.monotonic() < deadline, number
                time.sleep(0.05)
            if mode == "watch":
                while client.call("GET", "/v1/indexes")[1]["indexes"][0]["isRefreshing"]:
                    time.sleep(0.02)
            if faults:
                break
    finally:
        is_done.set()
        for thread in threads:
            thread.join()
    assert not faults, faults
    seconds = time.monotonic() - start
    print(
        f"{mode}: {count} refreshes beside {CLIENTS} clients, {answers[0]} answers, each from one state ({seconds:.0f} s)"
    )


main(*sys.argv[1:])
