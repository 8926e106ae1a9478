import Glibc
import Synchronization

/// Ctrl-C and SIGTERM: the first signal asks the run to stop at a safe point, the second one ends it at once.
package enum Interrupts {
    /// The exit code of a run that a signal stopped.
    package static let exitCode: Int32 = 130

    private static let count = Atomic<Int>(0)

    /// Whether the run should stop.
    package static var isAsked: Bool { count.load(ordering: .relaxed) > 0 }

    private static func isIgnored(_ action: sigaction) -> Bool {
        unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1  // SIG_IGN
    }

    /// Catches the signals from now on. A second signal loses the batch in work, never what was committed.
    package static func install() {
        _ = isAsked  // creates the counter before a handler can run
        for number in [SIGINT, SIGTERM] {
            // Who started this program in the background of a script wants Ctrl-C to pass by.
            var inherited = sigaction()
            sigaction(number, nil, &inherited)
            if isIgnored(inherited) { continue }
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { _ in
                guard Interrupts.count.wrappingAdd(1, ordering: .relaxed).oldValue == 0 else { _exit(Interrupts.exitCode) }
                let text: StaticString = "\nr3mem: stopping at the next safe point; press Ctrl-C again to stop at once\n"
                _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
            }
            action.sa_flags = SA_RESTART
            sigaction(number, &action, nil)
        }
        // A parent may have started this program with the signals blocked.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }
}
