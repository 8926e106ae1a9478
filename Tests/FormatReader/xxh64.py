"""XXH64, as in https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md."""

import struct

MASK = 0xFFFFFFFFFFFFFFFF
P1, P2, P3, P4, P5 = (
    0x9E3779B185EBCA87,
    0xC2B2AE3D27D4EB4F,
    0x165667B19E3779F9,
    0x85EBCA77C2B2AE63,
    0x27D4EB2F165667C5,
)


def rotate(x: int, n: int) -> int:
    return (x << n | x >> 64 - n) & MASK


def turn(lane: int, word: int) -> int:
    return rotate(lane + word * P2 & MASK, 31) * P1 & MASK


def xxh64(data: bytes, seed: int) -> int:
    place, size = 0, len(data)
    if size >= 32:
        a, b, c, d = (seed + P1 + P2) & MASK, (seed + P2) & MASK, seed & MASK, (seed - P1) & MASK
        place = size & ~31
        for w, x, y, z in struct.iter_unpack("<4Q", data[:place]):
            a, b, c, d = turn(a, w), turn(b, x), turn(c, y), turn(d, z)
        h = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18) & MASK
        for lane in (a, b, c, d):
            h = (h ^ turn(0, lane)) * P1 + P4 & MASK
    else:
        h = seed + P5 & MASK
    h = h + size & MASK
    while place + 8 <= size:
        h = rotate(h ^ turn(0, int.from_bytes(data[place : place + 8], "little")), 27) * P1 + P4 & MASK
        place += 8
    if place + 4 <= size:
        h = rotate(h ^ int.from_bytes(data[place : place + 4], "little") * P1 & MASK, 23) * P2 + P3 & MASK
        place += 4
    for byte in data[place:]:
        h = rotate(h ^ byte * P5 & MASK, 11) * P1 & MASK
    h = (h ^ h >> 33) * P2 & MASK
    h = (h ^ h >> 29) * P3 & MASK
    return h ^ h >> 32
