"""Malformed HTTP, half-closed and dropped connections: the server answers with 4xx or closes, and goes on."""

import http.client
import random
import socket
import sys
from urllib.parse import urlsplit


def requests(rng, host):
    good = f"GET /v1/indexes HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    body = b'{"query": "fee", "limit": 3}'
    post = (
        f"POST /v1/documents HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body
    while True:
        data = bytearray(rng.choice((good, post, good * 3)))
        for _ in range(rng.randrange(1, 6)):
            kind, at = rng.randrange(5), rng.randrange(len(data))
            if kind == 0:
                data[at] = rng.randrange(256)
            elif kind == 1:
                del data[at : at + rng.randrange(1, 20)]
            elif kind == 2:
                data[at:at] = rng.randbytes(rng.randrange(1, 40))
            elif kind == 3:
                data[at:at] = rng.choice(
                    (b"\r\n", b"\0", b"Content-Length: 9\r\n", b"Transfer-Encoding: chunked\r\n", b"%00", b"../")
                )
            else:
                del data[at:]
            if not data:
                data = bytearray(b"\r\n")
        yield bytes(data)


def main(url, count, seed):
    address = urlsplit(url)
    rng = random.Random(seed)
    statuses = {}
    for _, data in zip(range(count), requests(rng, address.netloc), strict=False):
        with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
            try:
                connection.sendall(data)
                way = rng.randrange(4)
                if way == 0:
                    continue  # gone without a word
                connection.shutdown(socket.SHUT_WR)
                answer = connection.recv(65536)
            except (ConnectionResetError, BrokenPipeError):
                answer = b""
        status = answer[9:12].decode("latin-1")
        statuses[status] = statuses.get(status, 0) + 1
        assert not status.startswith("5") or status == "503", (seed, data, answer[:200])
    client = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    client.request("GET", "/health")
    assert client.getresponse().status == 200
    print(f"malformed, seed {seed}: {count} requests, {statuses}")


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30))
