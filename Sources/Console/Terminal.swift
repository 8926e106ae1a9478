import Foundation

/// The terminal that the program writes to.
package enum Terminal {
    /// Whether standard output is a terminal.
    package static let isOutput = isatty(STDOUT_FILENO) == 1
    /// Whether a line on standard error can be redrawn.
    package static let redrawsErrors = isatty(STDERR_FILENO) == 1 && !isDumb
    /// Without a name of the terminal nobody knows what it understands.
    private static let isDumb = ["dumb", ""].contains(ProcessInfo.processInfo.environment["TERM", default: ""])

    /// The width of the terminal in columns; 100 without a terminal.
    package static func columns(of descriptor: Int32 = STDOUT_FILENO) -> Int {
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 100
    }

    private static let hasColours =
        isOutput && !isDumb && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty

    /// Ways to make text stand out.
    package enum Accent: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case yellow = "33"
        case cyan = "36"
    }

    /// The text in an accent, where the terminal has colours. The text must be printable already.
    package static func styled(_ text: String, _ accent: Accent) -> String {
        hasColours ? "\u{1B}[\(accent.rawValue)m\(text)\u{1B}[0m" : text
    }

    private static let hasLinks = hasColours

    /// The text as a link to a file, where a terminal can show one (OSC 8). The text must be printable already.
    package static func linked(_ text: String, to file: String?) -> String {
        guard hasLinks, let file else { return text }
        return link(text, to: file, host: ProcessInfo.processInfo.hostName)
    }

    /// The escape sequences of a link around a text. All bytes of the path that could end the sequence are escaped.
    package static func link(_ text: String, to file: String, host: String) -> String {
        let isPlain = { (byte: UInt8) in
            (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || "/-._~".utf8.contains(byte)
        }
        let path = file.utf8.map { isPlain($0) ? String(UnicodeScalar($0)) : "%" + String(format: "%02X", $0) }.joined()
        return "\u{1B}]8;;file://\(host)\(path)\u{1B}\\\(text)\u{1B}]8;;\u{1B}\\"
    }
}
