#pragma once
// What the extraction worker needs of the system and Swift's Glibc module does not show.
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <spawn.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

/// Has the spawned process start without any descriptor from `from` up.
static inline int cworker_close_from(posix_spawn_file_actions_t *actions, int from) {
    return posix_spawn_file_actions_addclosefrom_np(actions, from);
}

/// Refuses this process, for good, every socket, every other program and every look at another process.
/// Returns 0, or -1 where the kernel has no such filters.
static inline int cworker_confine(void) {
#if defined(__x86_64__)
    const unsigned architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
    const unsigned architecture = AUDIT_ARCH_AARCH64;
#else
    const unsigned architecture = 0;
#endif
#define CWORKER_REFUSE(call)                                                                                           \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES)
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        CWORKER_REFUSE(__NR_socket),
        CWORKER_REFUSE(__NR_connect),
        CWORKER_REFUSE(__NR_bind),
        CWORKER_REFUSE(__NR_execve),
        CWORKER_REFUSE(__NR_execveat),
        CWORKER_REFUSE(__NR_ptrace),
        CWORKER_REFUSE(__NR_process_vm_readv),
        CWORKER_REFUSE(__NR_process_vm_writev),
        CWORKER_REFUSE(__NR_unlinkat),
        CWORKER_REFUSE(__NR_renameat2),
#ifdef __NR_unlink
        CWORKER_REFUSE(__NR_unlink),
        CWORKER_REFUSE(__NR_rename),
#endif
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
#undef CWORKER_REFUSE
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    if (architecture == 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}
