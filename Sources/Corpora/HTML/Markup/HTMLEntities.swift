import Bytes
import CLibXML2

/// Character references as browsers read them, where libxml2 reads them otherwise.
///
/// libxml2 knows the names of HTML 4, and only with a semicolon after them. A number from 128 to 159 stands for a character of
/// windows-1252, as old pages mean it.
enum HTMLEntities {
    /// The page with such references as numbers that libxml2 reads.
    static func mended(_ page: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var copied = 0
        var i = 0
        var isInTag = false
        while let start = page[i...].firstIndex(of: UInt8(ascii: "&")) {
            isInTag = Self.isInTag(page, i..<start, isInTag)
            i = start + 1
            guard let (reference, end) = reference(page, after: start, isInTag) else { continue }
            out += page[copied..<start]
            out += Array(reference.utf8)
            copied = end
            i = end
        }
        return copied == 0 ? page : out + page[copied...]
    }

    /// What to write in place of the reference at an index, and where that ends. Nil where it can stay.
    private static func reference(_ page: [UInt8], after start: Int, _ isInTag: Bool) -> (String, end: Int)? {
        let name = page[(start + 1)...].prefix(longestName).prefix { $0.isAlphanumeric || $0 == UInt8(ascii: "#") }
        guard let first = name.first else { return nil }
        let isEnded = name.endIndex < page.count && page[name.endIndex] == UInt8(ascii: ";")
        let end = name.endIndex + (isEnded ? 1 : 0)
        let word = String(decoding: name, as: UTF8.self)
        if first == UInt8(ascii: "#") {
            let digits = word.dropFirst()
            let number = digits.first == "x" || digits.first == "X" ? Int(digits.dropFirst(), radix: 16) : Int(digits)
            guard let number, 0x80...0x9F ~= number else { return nil }
            let decoded = TextDecoding([UInt8(number)], as: .windows1252, maxRepairs: 0)?.text ?? []
            return decoded.isEmpty ? nil : (String(decoding: decoded, as: UTF8.self), end)
        }
        if isEnded, let scalars = names[word] { return (scalars, end) }
        // In the address of a link "&copy=" is no reference.
        let next = name.endIndex < page.count ? page[name.endIndex] : 0
        guard next != UInt8(ascii: "="), !isEnded || htmlEntityLookup(word) == nil else { return nil }
        if !isEnded, endless.contains(word) { return (names[word] ?? "&" + word + ";", end) }
        // Letters may follow such a name in text, but not in the value of an attribute.
        for length in stride(from: min(6, name.count - 1), to: 1, by: -1) {
            let start = String(decoding: name.prefix(length), as: UTF8.self)
            guard endless.contains(start) else { continue }
            return isInTag ? nil : (names[start] ?? "&" + start + ";", name.startIndex + length)
        }
        return nil
    }

    /// Whether the end of a range is inside a tag, where its start is or is not.
    private static func isInTag(_ page: [UInt8], _ range: Range<Int>, _ isInside: Bool) -> Bool {
        var isInside = isInside
        for i in range {
            if page[i] == UInt8(ascii: ">") {
                isInside = false
            } else if page[i] == UInt8(ascii: "<"), i + 1 < page.count,
                page[i + 1].isLetter || "/!".utf8.contains(page[i + 1])
            {
                isInside = true
            }
        }
        return isInside
    }

    /// The longest name has 31 letters.
    private static let longestName = 32

    /// The references in numbers, by their names.
    private static let names: [String: String] = {
        var names: [String: String] = [:]
        for pair in HTMLEntityNames.table.split(separator: " ") {
            let parts = pair.split(separator: "=")
            names[String(parts[0])] = parts[1].split(separator: ",").map { "&#x\($0);" }.joined()
        }
        return names
    }()

    /// The names that need no semicolon.
    private static let endless = Set(
        """
        AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave Euml GT Iacute Icirc Igrave \
        Iuml LT Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN Uacute Ucirc Ugrave Uuml Yacute aacute acirc \
        acute aelig agrave amp aring atilde auml brvbar ccedil cedil cent copy curren deg divide eacute ecirc egrave eth \
        euml frac12 frac14 frac34 gt iacute icirc iexcl igrave iquest iuml laquo lt macr micro middot nbsp not ntilde \
        oacute ocirc ograve ordf ordm oslash otilde ouml para plusmn pound quot raquo reg sect shy sup1 sup2 sup3 szlig \
        thorn times uacute ucirc ugrave uml uuml yacute yen yuml
        """.split(separator: " ").map(String.init))
}
