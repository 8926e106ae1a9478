#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Rights and scopes of kernels newer than the headers of Debian 12 (Linux 6.1).
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif
#ifndef LANDLOCK_ACCESS_FS_IOCTL_DEV
#define LANDLOCK_ACCESS_FS_IOCTL_DEV (1ULL << 15)
#endif
#ifndef LANDLOCK_ACCESS_NET_BIND_TCP
#define LANDLOCK_ACCESS_NET_BIND_TCP (1ULL << 0)
#define LANDLOCK_ACCESS_NET_CONNECT_TCP (1ULL << 1)
#endif
#ifndef LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET
#define LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET (1ULL << 0)
#define LANDLOCK_SCOPE_SIGNAL (1ULL << 1)
#endif

// `struct landlock_ruleset_attr` of version 6. An older kernel takes only the fields that it knows.
struct ruleset {
  uint64_t files;  // version 1
  uint64_t networks;  // version 4
  uint64_t scopes;  // version 6
};

int csandbox_landlock_version(void) {
  const long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version < 0 ? 0 : (int)version;
}

int csandbox_restrict_files(void) {
  const int version = csandbox_landlock_version();
  if (version == 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  const uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
  struct ruleset rules = {
      // Every right of version 1: the bits from EXECUTE to MAKE_SYM.
      .files = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1,
      .networks = LANDLOCK_ACCESS_NET_BIND_TCP | LANDLOCK_ACCESS_NET_CONNECT_TCP,
      .scopes = LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | LANDLOCK_SCOPE_SIGNAL,
  };
  if (version >= 2) rules.files |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3) rules.files |= LANDLOCK_ACCESS_FS_TRUNCATE;
  if (version >= 5) rules.files |= LANDLOCK_ACCESS_FS_IOCTL_DEV;
  const size_t known = version < 4 ? offsetof(struct ruleset, networks) : version < 6 ? offsetof(struct ruleset, scopes) : sizeof rules;
  const int set = (int)syscall(SYS_landlock_create_ruleset, &rules, known, 0);
  if (set < 0) return -1;
  const int libraries = open("/usr", O_PATH | O_DIRECTORY | O_CLOEXEC);
  struct landlock_path_beneath_attr below = {.allowed_access = reading, .parent_fd = libraries};
  long result = libraries < 0 ? -1 : syscall(SYS_landlock_add_rule, set, LANDLOCK_RULE_PATH_BENEATH, &below, 0);
  if (libraries >= 0) close(libraries);
  if (result == 0) result = syscall(SYS_landlock_restrict_self, set, 0);
  close(set);
  return result == 0 ? 0 : -1;
}

// Calls of newer kernels that libseccomp 2.5.4 does not name. Their numbers are the same on every architecture.
enum { OPEN_TREE_ATTR = 467, FCHMODAT2 = 452, SETXATTRAT = 463, REMOVEXATTRAT = 466, FILE_SETATTR = 469 };

static const int refused[] = {
    // The network. The socket of the worker is already open.
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    // Programs and processes.
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(process_madvise),
    SCMP_SYS(kill),
    SCMP_SYS(tkill),
    SCMP_SYS(rt_sigqueueinfo),
    SCMP_SYS(rt_tgsigqueueinfo),
    SCMP_SYS(pidfd_open),
    SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(pidfd_getfd),
    // Names of files and folders.
    SCMP_SYS(creat),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(rmdir),
    SCMP_SYS(mkdir),
    SCMP_SYS(mkdirat),
    SCMP_SYS(mknod),
    SCMP_SYS(mknodat),
    SCMP_SYS(link),
    SCMP_SYS(linkat),
    SCMP_SYS(symlink),
    SCMP_SYS(symlinkat),
    // Content, owners, modes, times and attributes of files.
    SCMP_SYS(truncate),
    SCMP_SYS(chmod),
    SCMP_SYS(fchmod),
    SCMP_SYS(fchmodat),
    FCHMODAT2,
    SCMP_SYS(chown),
    SCMP_SYS(lchown),
    SCMP_SYS(fchown),
    SCMP_SYS(fchownat),
    SCMP_SYS(setxattr),
    SCMP_SYS(lsetxattr),
    SCMP_SYS(fsetxattr),
    SETXATTRAT,
    SCMP_SYS(removexattr),
    SCMP_SYS(lremovexattr),
    SCMP_SYS(fremovexattr),
    REMOVEXATTRAT,
    SCMP_SYS(utime),
    SCMP_SYS(utimes),
    SCMP_SYS(futimesat),
    SCMP_SYS(utimensat),
    FILE_SETATTR,
    // Other ways to open a file. A filter cannot see their flags.
    SCMP_SYS(openat2),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(open_tree),
    OPEN_TREE_ATTR,
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(io_uring_enter),
    SCMP_SYS(io_uring_register),
    // The system as a whole.
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(fsopen),
    SCMP_SYS(fspick),
    SCMP_SYS(move_mount),
    SCMP_SYS(mount_setattr),
    SCMP_SYS(chroot),
    SCMP_SYS(pivot_root),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(keyctl),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(userfaultfd),
};

static const unsigned writing[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC};

/// Adds the rules to the filter. Returns 0 or a negative error number.
static int add_rules(scmp_filter_ctx filter, bool may_read) {
  const uint32_t refuse = SCMP_ACT_ERRNO(EACCES);
  int result = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  for (size_t i = 0; result == 0 && i < sizeof refused / sizeof *refused; i++) result = seccomp_rule_add(filter, refuse, refused[i], 0);
  if (!may_read) {
    if (result == 0) result = seccomp_rule_add(filter, refuse, SCMP_SYS(open), 0);
    if (result == 0) result = seccomp_rule_add(filter, refuse, SCMP_SYS(openat), 0);
  }
  for (size_t i = 0; result == 0 && may_read && i < sizeof writing / sizeof *writing; i++) {
    const unsigned bit = writing[i];
    result = seccomp_rule_add(filter, refuse, SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, bit, bit));
    if (result == 0) result = seccomp_rule_add(filter, refuse, SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, bit, bit));
  }
  // Threads are allowed and processes are not. A filter cannot see the flags of `clone3`. The C library uses `clone` when
  // the kernel says that there is no `clone3`.
  if (result == 0) result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
  if (result == 0) result = seccomp_rule_add(filter, refuse, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
  // The process may send signals only to itself, because `abort` does.
  if (result == 0) result = seccomp_rule_add(filter, refuse, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)getpid()));
  return result;
}

int csandbox_filter_calls(bool may_read) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (filter == NULL) return -1;
  int result = add_rules(filter, may_read);
  if (result == 0) result = seccomp_load(filter);
  seccomp_release(filter);
  return result == 0 ? 0 : -1;
}

int csandbox_confine(void) { return csandbox_filter_calls(csandbox_restrict_files() == 0); }
