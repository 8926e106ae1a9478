#define _GNU_SOURCE
#include "filelock.h"

#include <fcntl.h>
#include <unistd.h>

int filelock_exclude(int descriptor, int64_t start, int64_t length) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = start, .l_len = length};
  return fcntl(descriptor, F_OFD_SETLK, &lock);
}
