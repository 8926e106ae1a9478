"""Clients that are slow on purpose: heads that trickle in, connections without a request, answers that nobody reads.

None of them keeps the server from answering others, and all of them are closed in the end.
"""

import http.client
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

PATIENCE = 20  # s, for a request
READING = 60  # s, for an answer that nobody reads
SLACK = 15


def closed_after(port, pieces, pause):
    """The seconds until the server closes a connection on which pieces arrive with pauses."""
    start = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=pause) as connection:
        for piece in pieces:
            try:
                connection.sendall(piece)
                if not connection.recv(65536):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
    return time.monotonic() - start


def healthy(port):
    start = time.monotonic()
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    client.request("GET", "/health")
    assert client.getresponse().status == 200
    return time.monotonic() - start


def main(program):
    with tempfile.TemporaryDirectory() as place:
        folder, index = Path(place, "notes"), Path(place, "notes.r3")
        folder.mkdir()
        (folder / "fees.txt").write_text("The yearly fee for a bike stand is forty-two euros.\n")
        subprocess.run([program, "index", folder, "--to", index, "--quiet"], check=True)
        server = subprocess.Popen([program, "serve", index, "--port", "0"], stderr=subprocess.PIPE, text=True)
        try:
            port = int(re.search(r":(\d+)/", server.stderr.readline())[1])
            slow_requests(port)
            unread_answers(port, server)
        finally:
            server.kill()


def slow_requests(port):
    head = (
        b"POST /v1/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n"
    )
    cases = {
        "no request": [b""] * 100,
        "a head byte by byte": [head[i : i + 1] for i in range(len(head))],
        "a body byte by byte": [head] + [b"x"] * 100,
    }
    times = {}

    def run(name):
        times[name] = closed_after(port, cases[name], 1)

    # As many heads that trickle as there are connections would keep everybody else out; many of them do not.
    crowd = [threading.Thread(target=closed_after, args=(port, cases["a head byte by byte"], 1)) for _ in range(100)]
    threads = [threading.Thread(target=run, args=(name,)) for name in cases] + crowd
    for thread in threads:
        thread.start()
    time.sleep(2)
    latency = healthy(port)
    for thread in threads:
        thread.join()
    for name, seconds in times.items():
        print(f"slow: {name}: closed after {seconds:.0f} s")
        assert seconds < PATIENCE + SLACK, (name, seconds)
    assert latency < 5, latency


def unread_answers(port, server):
    """SIGTERM while a client does not read: what runs is finished, and the server ends."""
    request = b"GET /page.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    connections = []
    for _ in range(8):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", port))
        connection.sendall(request * 1000)  # some MB of answers
        connections.append(connection)
    time.sleep(3)
    healthy(port)
    start = time.monotonic()
    server.send_signal(signal.SIGTERM)
    assert server.wait(READING + SLACK) == 0, server.returncode
    print(f"slow: {len(connections)} answers that nobody reads: ended {time.monotonic() - start:.0f} s after SIGTERM")


main(*sys.argv[1:])
