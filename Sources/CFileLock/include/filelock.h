#ifndef FILELOCK_H
#define FILELOCK_H

#include <stdint.h>

// Locks of some bytes of an open file, which wait for nothing. They belong to the open file (`F_OFD_SETLK`): closing another
// descriptor of the same file does not end them.

/// Locks bytes against all others. Returns 0, or −1 with `errno`.
int filelock_exclude(int descriptor, int64_t start, int64_t length);

/// Locks bytes against those that exclude others. Returns 0, or −1 with `errno`.
int filelock_share(int descriptor, int64_t start, int64_t length);

/// Gives locks back. Returns 0, or −1 with `errno`.
int filelock_release(int descriptor, int64_t start, int64_t length);

/// Returns 1 where another open file has a lock on the bytes, 0 where none has, or −1 with `errno`.
int filelock_is_held(int descriptor, int64_t start, int64_t length);

#endif
