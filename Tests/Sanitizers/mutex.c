// Tells Thread Sanitizer about the Mutex of Swift's library, which waits in code that is not built for the sanitizer: the work
// of the last holder of a lock happens before that of the thread that waited for it. Load it with LD_PRELOAD into a program
// built with -sanitize=thread.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

__attribute__((weak)) void __tsan_acquire(void *);
__attribute__((weak)) void __tsan_release(void *);

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self
#define HANDLE "$s15Synchronization12_MutexHandleV"

typedef SWIFT void lock_function(uint32_t thread, SELF);
typedef SWIFT bool try_function(SELF);
typedef SWIFT void unlock_function(SELF);

static lock_function *real_lock;
static try_function *real_try;
static unlock_function *real_unlock;

__attribute__((constructor)) static void find(void) {
  real_lock = (lock_function *)dlsym(RTLD_NEXT, HANDLE "9_lockSlowyys6UInt32VF");
  real_try = (try_function *)dlsym(RTLD_NEXT, HANDLE "12_tryLockSlowSbyF");
  real_unlock = (unlock_function *)dlsym(RTLD_NEXT, HANDLE "11_unlockSlowyyF");
  // Programs that the tests start load this file too, and may have no such library.
  if (__tsan_acquire && !(real_lock && real_try && real_unlock)) {
    fputs("Tests/Sanitizers/mutex.c: this Swift's Mutex waits in other functions; name those that 'nm -D libswiftSynchronization.so' shows\n",
          stderr);
    exit(1);
  }
}

SWIFT void lock_slow(uint32_t thread, SELF) __asm__(HANDLE "9_lockSlowyys6UInt32VF");
SWIFT void lock_slow(uint32_t thread, SELF) {
  real_lock(thread, self);
  if (__tsan_acquire) __tsan_acquire(self);
}

SWIFT bool try_slow(SELF) __asm__(HANDLE "12_tryLockSlowSbyF");
SWIFT bool try_slow(SELF) {
  bool taken = real_try(self);
  if (taken && __tsan_acquire) __tsan_acquire(self);
  return taken;
}

SWIFT void unlock_slow(SELF) __asm__(HANDLE "11_unlockSlowyyF");
SWIFT void unlock_slow(SELF) {
  if (__tsan_release) __tsan_release(self);
  real_unlock(self);
}
