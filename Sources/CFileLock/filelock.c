#define _GNU_SOURCE
#include "filelock.h"

#include <fcntl.h>
#include <unistd.h>

static struct flock lock_of(short type, int64_t start, int64_t length) {
  return (struct flock){.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};
}

int filelock_exclude(int descriptor, int64_t start, int64_t length) {
  struct flock lock = lock_of(F_WRLCK, start, length);
  return fcntl(descriptor, F_OFD_SETLK, &lock);
}

int filelock_share(int descriptor, int64_t start, int64_t length) {
  struct flock lock = lock_of(F_RDLCK, start, length);
  return fcntl(descriptor, F_OFD_SETLK, &lock);
}

int filelock_release(int descriptor, int64_t start, int64_t length) {
  struct flock lock = lock_of(F_UNLCK, start, length);
  return fcntl(descriptor, F_OFD_SETLK, &lock);
}

int filelock_is_held(int descriptor, int64_t start, int64_t length) {
  struct flock lock = lock_of(F_WRLCK, start, length);
  if (fcntl(descriptor, F_OFD_GETLK, &lock) != 0) return -1;
  return lock.l_type != F_UNLCK;
}
