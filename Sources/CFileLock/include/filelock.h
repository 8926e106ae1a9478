#ifndef FILELOCK_H
#define FILELOCK_H

#include <stdint.h>

/// Locks some bytes of an open file against all others, and does not wait.
///
/// The lock belongs to the open file (`F_OFD_SETLK`): closing another descriptor of the same file does not end it. Returns 0,
/// or −1 with `errno`.
int filelock_exclude(int descriptor, int64_t start, int64_t length);

#endif
