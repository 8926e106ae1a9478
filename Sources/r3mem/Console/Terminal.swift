import Foundation

/// What is known of the terminal.
enum Terminal {
    static let isOutput = isatty(STDOUT_FILENO) == 1
    /// Whether a line on standard error can be drawn anew.
    static let redrawsErrors = isatty(STDERR_FILENO) == 1 && !isDumb
    private static let isDumb = ProcessInfo.processInfo.environment["TERM"] == "dumb"

    /// Columns of the terminal; 100 where there is none.
    static func columns(of descriptor: Int32 = STDOUT_FILENO) -> Int {
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 100
    }

    private static let hasColours = isOutput && !isDumb && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty

    /// How a piece of text stands out.
    enum Accent: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case cyan = "36"
    }

    /// The text in an accent, where colours are wanted; it must be printable already.
    static func styled(_ text: String, _ accent: Accent) -> String {
        hasColours ? "\u{1B}[\(accent.rawValue)m\(text)\u{1B}[0m" : text
    }
}
