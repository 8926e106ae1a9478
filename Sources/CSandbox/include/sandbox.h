#pragma once
#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>

/// The version of the kernel's Landlock; 0 where the kernel has none.
int csandbox_landlock_version(void);

/// Landlock for the calling thread and the threads that it starts, for good: the thread may read files and folders below `/usr`, and
/// may neither open nor change anything else. Where the kernel can, the thread may not use TCP nor send signals to other processes.
///
/// Returns 0, or -1 where the kernel has no Landlock.
int csandbox_restrict_files(void);

/// A system call filter for the calling thread and the threads that it starts, for good: no socket, no other program or process, no
/// change of a file or folder, and no file opened for writing. Without `may_read` the thread opens no file at all.
///
/// Returns 0, or -1 where the kernel has no such filters.
int csandbox_filter_calls(bool may_read);

/// Restricts files and filters calls. Where the kernel has no Landlock the filter refuses every file.
///
/// Returns 0, or -1 where the filter cannot be set: then the process must not read hostile bytes.
int csandbox_confine(void);

/// Lets a spawned process start without any descriptor from `from` up. Returns 0 or the system's error number.
int csandbox_close_from(posix_spawn_file_actions_t *actions, int from);

/// A file in memory that no path leads to. Returns its descriptor, or -1.
int csandbox_memory_file(void);

/// Makes the content and the length of a file in memory final. Returns 0, or -1.
int csandbox_seal(int descriptor);

/// Sends the first bytes of a message, with a descriptor where `descriptor` is not -1. Returns how many bytes went out, or -1.
ptrdiff_t csandbox_send(int socket, const void *bytes, size_t count, int descriptor);

/// Receives at most `count` bytes, and the descriptor that came with them in `*descriptor`, or -1 there. Returns how many bytes
/// came, 0 at the end, or -1.
ptrdiff_t csandbox_receive(int socket, void *bytes, size_t count, int *descriptor);
