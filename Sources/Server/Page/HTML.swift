import Retrieval

/// HTML in which every text is escaped.
struct HTML: Sendable, ExpressibleByStringInterpolation {
    private(set) var source = ""

    /// Markup of this program, in which texts are escaped where they are interpolated.
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var source = ""

        init(literalCapacity: Int, interpolationCount: Int) { source.reserveCapacity(literalCapacity * 2) }

        mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { source += String(decoding: $0, as: UTF8.self) }
        }
        mutating func appendInterpolation(_ text: String) { source += HTML.escaped(text) }
        mutating func appendInterpolation(_ number: Int) { source += String(number) }
        mutating func appendInterpolation(_ html: HTML) { source += html.source }
        mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { source += part.source } }
    }

    init(stringLiteral literal: StaticString) { source = literal.withUTF8Buffer { String(decoding: $0, as: UTF8.self) } }
    init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }

    /// A text with the words of a query marked.
    init(_ text: Substring, marking words: MatchedWords) {
        let bytes = Array(text.utf8)
        func escaped(_ range: Range<Int>) -> String { HTML.escaped(String(decoding: bytes[range], as: UTF8.self)) }
        var at = 0
        for place in words.places(in: bytes) {
            source += escaped(at..<place.lowerBound) + "<mark>" + escaped(place) + "</mark>"
            at = place.upperBound
        }
        source += escaped(at..<bytes.count)
    }

    static func += (html: inout HTML, other: HTML) { html.source += other.source }

    /// A text with nothing that HTML takes for markup. Control characters and marks that change the direction of the text
    /// around them are left out.
    static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            case "\n", "\t": escaped.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": continue
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
