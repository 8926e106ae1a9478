// Counts the calls by which a program changes some files. At the N-th call it ends the program or makes the call fail.
// Load it with LD_PRELOAD. The environment selects the fault:
//   FAULT_PATH  concerns only files whose path begins with this
//   FAULT_AT    the number N of the call, from 1; 0 only counts
//   FAULT_KIND  kill: SIGKILL before the call
//               tear: SIGKILL after the first half of a write
//               power: as kill, and a random choice of the writes since the last sync of each file is lost
//               ENOSPC, EIO: the call fails with this error
//               short: the call writes half of its bytes
//               EACCES: the files cannot be opened, whatever FAULT_AT says
//   FAULT_ON    if set, all later calls fail too (after a short write with ENOSPC)
//   FAULT_SEED  the seed of the random choice of power
//   FAULT_LOG   a file that gets a line for each call, and "fault" for each call that failed
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static const char *prefix, *kind;
static size_t prefix_length;
static long at, calls;
static int stays, log_file = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(result, name, ...) \
  static result (*real_##name)(__VA_ARGS__); \
  __attribute__((constructor)) static void find_##name(void) { real_##name = dlsym(RTLD_NEXT, #name); }

REAL(ssize_t, write, int, const void *, size_t)
REAL(ssize_t, pwrite, int, const void *, size_t, off_t)
REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t)
REAL(int, ftruncate, int, off_t)
REAL(int, ftruncate64, int, off64_t)
REAL(int, fsync, int)
REAL(int, fdatasync, int)
REAL(int, unlink, const char *)
REAL(int, unlinkat, int, const char *, int)
REAL(int, remove, const char *)
REAL(int, rename, const char *, const char *)
REAL(int, statvfs, const char *, struct statvfs *)
REAL(int, open, const char *, int, ...)
REAL(int, open64, const char *, int, ...)
REAL(int, openat, int, const char *, int, ...)

__attribute__((constructor)) static void begin(void) {
  find_open();
  prefix = getenv("FAULT_PATH"), kind = getenv("FAULT_KIND");
  prefix_length = prefix ? strlen(prefix) : 0;
  at = getenv("FAULT_AT") ? atol(getenv("FAULT_AT")) : 0;
  stays = getenv("FAULT_ON") != NULL;
  srand(getenv("FAULT_SEED") ? atoi(getenv("FAULT_SEED")) : 1);
  if (getenv("FAULT_LOG")) log_file = real_open(getenv("FAULT_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int concerns_path(const char *path) { return prefix && strncmp(path, prefix, prefix_length) == 0; }

// The path of an open file, of at most PATH_MAX bytes; 0 where it has none or nothing is to happen.
static int path_of(int file, char *path) {
  char link[32];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t n = prefix ? readlink(link, path, PATH_MAX) : -1;
  if (n < 0) return 0;
  path[n] = 0;
  return 1;
}

static int concerns(int file, char *path) { return path_of(file, path) && concerns_path(path); }

// What a power cut takes back: the bytes before each write that no sync followed, newest first.
struct undo {
  struct undo *older;
  int file;
  off_t offset, size;
  size_t count;
  char bytes[];
};
static struct undo *unsynced;

static void remember(int file, off_t offset, size_t count) {
  if (!kind || strcmp(kind, "power")) return;
  struct stat before;
  int copy = fcntl(file, F_DUPFD_CLOEXEC, 0);
  struct undo *u = malloc(sizeof *u + count);
  if (copy < 0 || !u || fstat(file, &before)) abort();
  ssize_t n = pread(file, u->bytes, count, offset);
  *u = (struct undo){unsynced, copy, offset, before.st_size, n < 0 ? 0 : (size_t)n};
  unsynced = u;
}

static void forget(int file) {
  struct stat synced, other;
  fstat(file, &synced);
  for (struct undo **p = &unsynced; *p;) {
    struct undo *u = *p;
    if (fstat(u->file, &other) == 0 && other.st_ino == synced.st_ino) {
      *p = u->older;
      close(u->file);
      free(u);
    } else {
      p = &u->older;
    }
  }
}

// A cut at any moment: the newest writes are lost, at random also others among those that were not synced.
static void cut_power(void) {
  int all = rand() % 3 == 0;
  for (struct undo *u = unsynced; u; u = u->older) {
    if (!all && rand() % 2) continue;
    real_pwrite64(u->file, u->bytes, u->count, u->offset);
    struct stat now;
    if (fstat(u->file, &now) == 0 && now.st_size > u->size && (all || u == unsynced)) real_ftruncate(u->file, u->size);
  }
}

// Notes a call; ends the program, or returns the error number for the call, 0 for none, -1 for a short write.
static int happens(const char *name, const char *path, int file, const void *bytes, size_t count, off_t offset) {
  pthread_mutex_lock(&lock);
  long number = ++calls;
  int error = 0;
  char line[PATH_MAX + 64];
  if (at && kind && number == at) {
    if (!strcmp(kind, "kill")) kill(getpid(), SIGKILL);
    if (!strcmp(kind, "tear")) {
      if (bytes) real_pwrite64(file, bytes, count / 2, offset);
      kill(getpid(), SIGKILL);
    }
    if (!strcmp(kind, "power")) {
      cut_power();
      kill(getpid(), SIGKILL);
    }
    if (!strcmp(kind, "ENOSPC")) error = ENOSPC;
    if (!strcmp(kind, "EIO")) error = EIO;
    if (!strcmp(kind, "short")) error = bytes ? -1 : ENOSPC;
  } else if (at && kind && number > at && stays) {
    error = !strcmp(kind, "EIO") ? EIO : ENOSPC;
  }
  // A full disk lets go of what it holds, and syncs what it took.
  int takes = bytes || !strcmp(name, "create");
  if (error == ENOSPC && !takes) error = 0;
  if (error == -1 && count < 2) error = ENOSPC;
  int n = snprintf(line, sizeof line, "%s %s%s\n", name, path + prefix_length, error ? " fault" : "");
  if (log_file >= 0) real_write(log_file, line, n);
  if (!error && bytes) remember(file, offset, count);
  if (!error && strstr(name, "sync")) forget(file);
  pthread_mutex_unlock(&lock);
  return error;
}

#define WRITES(call, offset) \
  char path[PATH_MAX + 1]; \
  if (concerns(file, path)) { \
    int error = happens("write", path, file, bytes, count, offset); \
    if (error > 0) return errno = error, -1; \
    if (error < 0) count /= 2; \
  } \
  return call

ssize_t write(int file, const void *bytes, size_t count) { WRITES(real_write(file, bytes, count), lseek(file, 0, SEEK_CUR)); }
ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) { WRITES(real_pwrite(file, bytes, count, at), at); }
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) { WRITES(real_pwrite64(file, bytes, count, at), at); }

#define CHANGES(name, call) \
  char path[PATH_MAX + 1]; \
  if (concerns(file, path)) { \
    int error = happens(name, path, file, NULL, 0, 0); \
    if (error) return errno = error, -1; \
  } \
  return call

int ftruncate(int file, off_t size) { CHANGES("truncate", real_ftruncate(file, size)); }
int ftruncate64(int file, off64_t size) { CHANGES("truncate", real_ftruncate64(file, size)); }
int fsync(int file) { CHANGES("sync", real_fsync(file)); }
int fdatasync(int file) { CHANGES("sync", real_fdatasync(file)); }

#define NAMES(name, path, call) \
  if (concerns_path(path)) { \
    int error = happens(name, path, -1, NULL, 0, 0); \
    if (error) return errno = error, -1; \
  } \
  return call

int unlink(const char *path) { NAMES("unlink", path, real_unlink(path)); }
int unlinkat(int folder, const char *path, int flags) { NAMES("unlink", path, real_unlinkat(folder, path, flags)); }
int remove(const char *path) { NAMES("unlink", path, real_remove(path)); }
int rename(const char *from, const char *to) { NAMES("rename", to, real_rename(from, to)); }

// Only the making of a file counts.
#define OPENS(call) \
  mode_t mode = 0; \
  if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list rest; \
    va_start(rest, flags); \
    mode = va_arg(rest, mode_t); \
    va_end(rest); \
  } \
  if (kind && !strcmp(kind, "EACCES") && concerns_path(path)) return errno = EACCES, -1; \
  if (flags & O_CREAT && concerns_path(path) && access(path, F_OK) != 0) { \
    int error = happens("create", path, -1, NULL, 0, 0); \
    if (error) return errno = error, -1; \
  } \
  return call

int open(const char *path, int flags, ...) { OPENS(real_open(path, flags, mode)); }
int open64(const char *path, int flags, ...) { OPENS(real_open64(path, flags, mode)); }

// Files are made by their whole paths: only whether they can be opened counts here.
int openat(int folder, const char *name, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  char path[PATH_MAX + 1], whole[2 * PATH_MAX + 2];
  if (kind && !strcmp(kind, "EACCES") && name[0] != '/' && path_of(folder, path)) {
    snprintf(whole, sizeof whole, "%s/%s", path, name);
    if (concerns_path(whole)) return errno = EACCES, -1;
  }
  return real_openat(folder, name, flags, mode);
}

// A disk without space says so.
int statvfs(const char *path, struct statvfs *status) {
  int result = real_statvfs(path, status);
  if (at && kind && !strcmp(kind, "ENOSPC") && (calls == at || (calls > at && stays))) status->f_bavail = 0;
  return result;
}
