#pragma once
// What the extraction worker needs of the system and Swift's Glibc module does not show.
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

/// Has the spawned process start without any descriptor from `from` up.
static inline int cworker_close_from(posix_spawn_file_actions_t *actions, int from) {
    return posix_spawn_file_actions_addclosefrom_np(actions, from);
}

/// The version of the kernel's Landlock; 0 where it has none.
static inline int cworker_landlock_version(void) {
    const long version = syscall(444, NULL, 0, 1);
    return version < 0 ? 0 : (int)version;
}

/// Refuses this thread, for good, to change any file or folder by Landlock, whichever way it tries; where the kernel can, also to use TCP and
/// to send signals to processes other than its own. Returns 0, or -1 where the kernel has no Landlock.
static inline int cworker_forbid_changes(void) {
    const int version = cworker_landlock_version();
    // Writing, removing and making of every kind; moving between folders from version 2, truncating from 3, device control from 5.
    uint64_t files = 1 << 1 | 0x1ff0;
    if (version >= 2) files |= 1 << 13;
    if (version >= 3) files |= 1 << 14;
    if (version >= 5) files |= 1 << 15;
    const uint64_t rules[3] = {files, 3, 3};
    if (version == 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    const long set = syscall(444, rules, (size_t)(version < 4 ? 8 : version < 6 ? 16 : 24), 0);
    if (set < 0) return -1;
    const long result = syscall(446, (int)set, 0);
    close((int)set);
    return (int)result;
}

/// Refuses this thread, for good, every socket, every other program and process, and every change of a file or folder by a system call filter.
/// Returns 0, or -1 where the kernel has no such filters.
static inline int cworker_filter_calls(void) {
#if defined(__x86_64__)
    const unsigned architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
    const unsigned architecture = AUDIT_ARCH_AARCH64;
#else
    const unsigned architecture = 0;
#endif
#define CWORKER_LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define CWORKER_RETURN(value) BPF_STMT(BPF_RET | BPF_K, (value))
#define CWORKER_REFUSE(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), CWORKER_RETURN(SECCOMP_RET_ERRNO | EACCES)
// Decides by an argument: refused where it has any of these bits.
#define CWORKER_REFUSE_BITS(call, argument, bits)                                                                      \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 4), CWORKER_LOAD(args[argument]),                                    \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), 0, 1), CWORKER_RETURN(SECCOMP_RET_ERRNO | EACCES),                \
        CWORKER_RETURN(SECCOMP_RET_ALLOW)
    const unsigned writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
    struct sock_filter filter[] = {
        CWORKER_LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0),
        CWORKER_RETURN(SECCOMP_RET_KILL_PROCESS),
        CWORKER_LOAD(nr),
        // The calls of the x32 interface are these with a bit set.
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
        CWORKER_RETURN(SECCOMP_RET_ERRNO | EACCES),
        CWORKER_REFUSE(__NR_socket),
        CWORKER_REFUSE(__NR_connect),
        CWORKER_REFUSE(__NR_bind),
        CWORKER_REFUSE(__NR_listen),
        CWORKER_REFUSE(__NR_accept4),
        CWORKER_REFUSE(__NR_execve),
        CWORKER_REFUSE(__NR_execveat),
        CWORKER_REFUSE(__NR_ptrace),
        CWORKER_REFUSE(__NR_process_vm_readv),
        CWORKER_REFUSE(__NR_process_vm_writev),
        CWORKER_REFUSE(__NR_kill),
        CWORKER_REFUSE(__NR_tkill),
        CWORKER_REFUSE(__NR_rt_sigqueueinfo),
        CWORKER_REFUSE(__NR_rt_tgsigqueueinfo),
        CWORKER_REFUSE(__NR_unlinkat),
        CWORKER_REFUSE(__NR_renameat2),
        CWORKER_REFUSE(__NR_mkdirat),
        CWORKER_REFUSE(__NR_mknodat),
        CWORKER_REFUSE(__NR_linkat),
        CWORKER_REFUSE(__NR_symlinkat),
        CWORKER_REFUSE(__NR_truncate),
        CWORKER_REFUSE(__NR_fchmod),
        CWORKER_REFUSE(__NR_fchmodat),
        CWORKER_REFUSE(__NR_fchown),
        CWORKER_REFUSE(__NR_fchownat),
        CWORKER_REFUSE(__NR_setxattr),
        CWORKER_REFUSE(__NR_lsetxattr),
        CWORKER_REFUSE(__NR_fsetxattr),
        CWORKER_REFUSE(__NR_removexattr),
        CWORKER_REFUSE(__NR_lremovexattr),
        CWORKER_REFUSE(__NR_fremovexattr),
        CWORKER_REFUSE(__NR_utimensat),
        CWORKER_REFUSE(__NR_mount),
        CWORKER_REFUSE(__NR_umount2),
        CWORKER_REFUSE(__NR_chroot),
        CWORKER_REFUSE(__NR_pivot_root),
        CWORKER_REFUSE(__NR_unshare),
        CWORKER_REFUSE(__NR_setns),
        CWORKER_REFUSE(__NR_bpf),
        CWORKER_REFUSE(__NR_perf_event_open),
        CWORKER_REFUSE(__NR_keyctl),
        CWORKER_REFUSE(__NR_add_key),
#ifdef __NR_io_uring_setup
        CWORKER_REFUSE(__NR_io_uring_setup),
#endif
#ifdef __NR_io_uring_enter
        CWORKER_REFUSE(__NR_io_uring_enter),
#endif
#ifdef __NR_io_uring_register
        CWORKER_REFUSE(__NR_io_uring_register),
#endif
#ifdef __NR_openat2
        CWORKER_REFUSE(__NR_openat2),
#endif
#ifdef __NR_pidfd_open
        CWORKER_REFUSE(__NR_pidfd_open),
#endif
#ifdef __NR_pidfd_send_signal
        CWORKER_REFUSE(__NR_pidfd_send_signal),
#endif
#ifdef __NR_pidfd_getfd
        CWORKER_REFUSE(__NR_pidfd_getfd),
#endif
#ifdef __NR_fchmodat2
        CWORKER_REFUSE(__NR_fchmodat2),
#endif
#ifdef __NR_renameat
        CWORKER_REFUSE(__NR_renameat),
#endif
#ifdef __NR_userfaultfd
        CWORKER_REFUSE(__NR_userfaultfd),
#endif
#ifdef __NR_open
        CWORKER_REFUSE(__NR_creat),
        CWORKER_REFUSE(__NR_unlink),
        CWORKER_REFUSE(__NR_rename),
        CWORKER_REFUSE(__NR_rmdir),
        CWORKER_REFUSE(__NR_mkdir),
        CWORKER_REFUSE(__NR_mknod),
        CWORKER_REFUSE(__NR_link),
        CWORKER_REFUSE(__NR_symlink),
        CWORKER_REFUSE(__NR_chmod),
        CWORKER_REFUSE(__NR_chown),
        CWORKER_REFUSE(__NR_lchown),
        CWORKER_REFUSE(__NR_utime),
        CWORKER_REFUSE(__NR_utimes),
        CWORKER_REFUSE(__NR_futimesat),
        CWORKER_REFUSE(__NR_fork),
        CWORKER_REFUSE(__NR_vfork),
        CWORKER_REFUSE_BITS(__NR_open, 1, writing),
#endif
        CWORKER_REFUSE_BITS(__NR_openat, 2, writing),
        // Threads, not processes; the C library tries the older call where it is told that there is no newer one.
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone3, 0, 1),
        CWORKER_RETURN(SECCOMP_RET_ERRNO | ENOSYS),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 0, 4),
        CWORKER_LOAD(args[0]),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0),
        CWORKER_RETURN(SECCOMP_RET_ERRNO | EACCES),
        CWORKER_RETURN(SECCOMP_RET_ALLOW),
        // A signal of its own, as `abort` sends it.
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_tgkill, 0, 3),
        CWORKER_LOAD(args[0]),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)getpid(), 1, 0),
        CWORKER_RETURN(SECCOMP_RET_ERRNO | EACCES),
        CWORKER_RETURN(SECCOMP_RET_ALLOW),
    };
#undef CWORKER_LOAD
#undef CWORKER_RETURN
#undef CWORKER_REFUSE
#undef CWORKER_REFUSE_BITS
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    if (architecture == 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

/// Refuses this thread all of that, by both means as far as the kernel has them.
static inline void cworker_confine(void) {
    (void)cworker_forbid_changes();
    (void)cworker_filter_calls();
}
