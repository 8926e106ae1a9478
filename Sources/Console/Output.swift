import Foundation
import Synchronization

/// Standard output and standard error.
package enum Output {
    /// Writes a line to standard output.
    package static func line(_ text: String = "") { write(text + "\n", to: STDOUT_FILENO) }

    /// Writes text to standard output, unchanged.
    package static func text(_ text: String) { write(text, to: STDOUT_FILENO) }

    /// Writes a line to standard error.
    package static func note(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    /// Writes a value as JSON with sorted keys: one line, or several lines on a terminal.
    ///
    /// - Parameter isOneLine: whether it is one line on a terminal too.
    /// - Parameter userInfo: what the value's own encoding may ask for.
    package static func json(
        _ value: some Encodable, userInfo: [CodingUserInfoKey: any Sendable] = [:], isOneLine: Bool = false
    ) throws {
        let encoder = JSONEncoder()
        for (key, value) in userInfo { encoder.userInfo[key] = value }
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if Terminal.isOutput, !isOneLine { encoder.outputFormatting.insert(.prettyPrinted) }
        let text = String(decoding: try encoder.encode(value), as: UTF8.self)
        // JSON escapes the control characters below space; a terminal must not get the others either.
        line(Terminal.isOutput ? Printable.text(text) : text)
    }

    /// Whether the reader of standard output has closed the pipe (`| head`).
    private static let isClosed = Mutex(false)

    /// Writes all of the text. What a closed pipe does not take is dropped, so that the program still ends with the exit code of
    /// what it found. Any other failure ends it with a message.
    package static func write(_ text: String, to descriptor: Int32) {
        if descriptor == STDOUT_FILENO, isClosed.withLock(\.self) { return }
        var text = text
        text.withUTF8 { bytes in
            var sent = 0
            while sent < bytes.count {
                // Not empty, so it has an address.
                let n = Glibc.write(descriptor, bytes.baseAddress! + sent, bytes.count - sent)
                if n >= 0 {
                    sent += n
                } else if errno != EINTR, errno != EAGAIN {
                    guard descriptor == STDOUT_FILENO else { return }
                    if errno == EPIPE { return isClosed.withLock { $0 = true } }
                    note("r3mem: standard output: \(String(cString: strerror(errno))); the output is incomplete")
                    exit(1)
                }
            }
        }
    }
}
