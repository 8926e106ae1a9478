import Foundation
import Pipelines
import Retrieval

/// Standard output and standard error.
enum Output {
    /// Writes a line on standard output.
    static func line(_ text: String = "") { write(text + "\n", to: STDOUT_FILENO) }

    /// Writes text on standard output as it is.
    static func text(_ text: String) { write(text, to: STDOUT_FILENO) }

    /// Writes a line on standard error.
    static func note(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    /// Writes a value as JSON with sorted keys: on one line, or over several on a terminal.
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.userInfo[RefusedFile.words] = ReasonText.words as RefusedFile.Words
        if Terminal.isOutput { encoder.outputFormatting.insert(.prettyPrinted) }
        let text = String(decoding: try encoder.encode(value), as: UTF8.self)
        // JSON escapes the C0 controls itself; the others are for a terminal to fear.
        line(Terminal.isOutput ? Printable.text(text) : text)
    }

    /// A reader that has gone away (`| head`) ends the program quietly; any other failure is told.
    static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var sent = 0
            while sent < bytes.count {
                let n = Glibc.write(descriptor, bytes.baseAddress! + sent, bytes.count - sent)  // not empty, so it has an address
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
