#pragma once
#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>

/// The Landlock version of the kernel; 0 when the kernel has no Landlock.
int csandbox_landlock_version(void);

/// Confines the calling thread with Landlock. This cannot be undone, and holds for the threads that the thread starts.
///
/// The thread may then read files and folders below `/usr`, and may neither open nor change any others. On kernels that
/// support it, the thread may neither use TCP nor send signals to other processes.
///
/// Returns 0, or -1 when the kernel has no Landlock.
int csandbox_restrict_files(void);

/// Filters the system calls of the calling thread. This cannot be undone, and holds for the threads that the thread starts.
///
/// The thread may then open no socket, start no program or process, change no file or folder, and open no file for writing.
/// Without `may_read` the thread may open no file at all.
///
/// Returns 0, or -1 when the kernel has no such filters.
int csandbox_filter_calls(bool may_read);

/// Restricts files and filters calls. When the kernel has no Landlock, the filter refuses to open any file.
///
/// Returns 0, or -1 when the filter cannot be set. The process must then not read hostile bytes.
int csandbox_confine(void);

/// Closes every descriptor from `from` up in the process to be spawned. Returns 0 or an error number.
int csandbox_close_from(posix_spawn_file_actions_t *actions, int from);

/// The number of the file system that an open file or folder is on, as `statfs` gives it; -1 where that fails.
long csandbox_file_system(int descriptor);

/// Reads an extended attribute of a file. Returns its length, or -1.
ptrdiff_t csandbox_attribute(const char *path, const char *name, void *value, size_t longest);

/// Makes a file in memory that has no path. Returns its descriptor, or -1.
int csandbox_memory_file(void);

/// Forbids any further change to the content or length of a file in memory. Returns 0, or -1.
int csandbox_seal(int descriptor);

/// Sends bytes, and with them a descriptor unless `descriptor` is -1. Returns the number of bytes sent, or -1.
ptrdiff_t csandbox_send(int socket, const void *bytes, size_t count, int descriptor);

/// Receives at most `count` bytes. `*descriptor` becomes the descriptor that came with the bytes, or -1 without one. Returns
/// the number of bytes, 0 at the end, or -1.
ptrdiff_t csandbox_receive(int socket, void *bytes, size_t count, int *descriptor);
