import Foundation

/// Numbers as people write them.
package enum Units {
    /// Decimal units and three digits: "812 B", "52.4 kB", "1.30 GB".
    package static func bytes(_ count: Int) -> String { bytes(Double(count)) }

    /// A number of bytes that may be a fraction, as a rate is.
    package static func bytes(_ count: Double) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var value = count
        var unit = 0
        while value >= 999.5, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return "\(digits(value, isWhole: unit == 0)) \(units[unit])"
    }

    private static func digits(_ value: Double, isWhole: Bool) -> String {
        if isWhole || value >= 99.95 { return String(format: "%.0f", value) }
        return String(format: value >= 9.995 ? "%.1f" : "%.2f", value)
    }

    /// "0.4 s", "12 s", "3:05 min", "1:02 h".
    package static func seconds(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0 else { return "?" }
        if seconds < 9.95 { return String(format: "%.1f s", seconds) }
        let whole = Int(seconds.rounded())
        if whole < 100 { return "\(whole) s" }
        if whole < 3600 { return String(format: "%d:%02d min", whole / 60, whole % 60) }
        return String(format: "%d:%02d h", whole / 3600, whole % 3600 / 60)
    }

    /// "1 document", "47 documents".
    package static func count(_ n: Int, _ noun: String) -> String { "\(n) \(noun)\(n == 1 ? "" : "s")" }

    /// Three digits behind the point, one from 10 on: "0.271", "12.3".
    package static func ratio(_ value: Double) -> String { String(format: value < 10 ? "%.3f" : "%.1f", value) }
}
