/// A number of bytes as a person writes it: `4096`, `20MB`, `1.5 GiB`.
package struct ByteSize: Sendable, Equatable, CustomStringConvertible {
    private static let units: [String: Double] = [
        "": 1, "b": 1, "k": 1e3, "kb": 1e3, "m": 1e6, "mb": 1e6, "g": 1e9, "gb": 1e9, "kib": 1024, "mib": 1_048_576,
        "gib": 1_073_741_824,
    ]

    /// The size in bytes.
    package let bytes: Int

    /// nil where the text is no size, or one that no file has.
    package init?(_ text: String) {
        let text = text.filter { $0 != " " && $0 != "_" }.lowercased()
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let number = Double(digits), let unit = ByteSize.units[String(text.dropFirst(digits.count))],
            number * unit >= 1, number * unit < 1e15
        else {
            return nil
        }
        bytes = Int(number * unit)
    }

    /// The number of bytes.
    package var description: String { "\(bytes)" }
}
