#define _GNU_SOURCE
#include "sandbox.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>

int csandbox_close_from(posix_spawn_file_actions_t *actions, int from) { return posix_spawn_file_actions_addclosefrom_np(actions, from); }

long csandbox_file_system(int descriptor) {
  struct statfs system;
  return fstatfs(descriptor, &system) == 0 ? (long)system.f_type : -1;
}

ptrdiff_t csandbox_attribute(const char *path, const char *name, void *value, size_t longest) { return getxattr(path, name, value, longest); }

int csandbox_memory_file(void) { return memfd_create("r3mem", MFD_CLOEXEC | MFD_ALLOW_SEALING); }

int csandbox_seal(int descriptor) { return fcntl(descriptor, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL); }

/// Space for a control message with one descriptor.
union control {
  struct cmsghdr header;
  char bytes[CMSG_SPACE(sizeof(int))];
};

ptrdiff_t csandbox_send(int socket, const void *bytes, size_t count, int descriptor) {
  union control control;
  memset(&control, 0, sizeof control);
  struct iovec part = {.iov_base = (void *)bytes, .iov_len = count};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  if (descriptor >= 0) {
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof descriptor);
    memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
  }
  // Without MSG_NOSIGNAL, a closed socket would end the host process with SIGPIPE.
  return sendmsg(socket, &message, MSG_NOSIGNAL);
}

ptrdiff_t csandbox_receive(int socket, void *bytes, size_t count, int *descriptor) {
  union control control;
  struct iovec part = {.iov_base = bytes, .iov_len = count};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  *descriptor = -1;
  const ptrdiff_t received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  struct cmsghdr *header = received < 0 ? NULL : CMSG_FIRSTHDR(&message);
  if (header != NULL && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS && header->cmsg_len == CMSG_LEN(sizeof(int)))
    memcpy(descriptor, CMSG_DATA(header), sizeof *descriptor);
  return received;
}
