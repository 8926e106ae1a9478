import Foundation

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

    /// Writes all of the text. A closed pipe (`| head`) ends the program quietly; any other failure ends it with a message.
    package static func write(_ text: String, to descriptor: Int32) {
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
                    if errno == EPIPE { exit(0) }
                    note("r3mem: standard output: \(String(cString: strerror(errno))); the output is incomplete")
                    exit(1)
                }
            }
        }
    }
}
