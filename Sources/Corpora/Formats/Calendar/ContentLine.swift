import Bytes

/// A line of a calendar or a card: a name, parameters and a value (RFC 5545, 3.1; RFC 6350, 3.3).
struct ContentLine {
    /// The name in upper case, without its group.
    let name: String
    /// The parameters by their names in upper case. One without a name, as in old cards, is a type.
    let parameters: [(name: String, value: String)]
    /// The value as the file writes it, but without quoted-printable.
    let value: String

    /// The value of a parameter; nil without one.
    subscript(parameter: String) -> String? { parameters.first { $0.name == parameter }?.value }

    /// The value with characters for escapes, and a space for an escaped line end.
    var text: String { parts(at: nil)[0] }

    /// The parts of the value between separators without a backslash, each with characters for escapes.
    func parts(at separator: Character?) -> [String] {
        var parts = [""]
        var isEscaped = false
        for character in value {
            if isEscaped {
                parts[parts.count - 1].append(character == "n" || character == "N" ? "\n" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == separator {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts
    }

    /// The lines of a file. A line that starts with white space goes on with the line before.
    static func lines(_ bytes: [UInt8]) -> [ContentLine] {
        var joined: [[UInt8]] = []
        var isQuoted = false
        for line in bytes.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
            if let last = joined.indices.last, isQuoted, joined[last].last == UInt8(ascii: "=") {
                joined[last].removeLast()
                joined[last] += line
            } else if let last = joined.indices.last, line.first == 32 || line.first == 9 {
                joined[last] += line.dropFirst()
            } else {
                joined.append(Array(line))
                isQuoted = Self.isQuoted(joined[joined.count - 1])
            }
        }
        return joined.compactMap(ContentLine.init)
    }

    private static func isQuoted(_ line: [UInt8]) -> Bool {
        String(decoding: line.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self).uppercased().contains("QUOTED-PRINTABLE")
    }

    private init?(_ line: [UInt8]) {
        var quotes = false
        var parts: [[UInt8]] = [[]]
        var i = 0
        while i < line.count, quotes || line[i] != UInt8(ascii: ":") {
            if line[i] == UInt8(ascii: "\"") {
                quotes.toggle()
            } else if line[i] == UInt8(ascii: ";"), !quotes {
                parts.append([])
            } else {
                parts[parts.count - 1].append(line[i])
            }
            i += 1
        }
        guard i < line.count, !parts[0].isEmpty else { return nil }
        name = String(decoding: parts[0], as: UTF8.self).uppercased().split(separator: ".").last.map(String.init) ?? ""
        parameters = parts.dropFirst().map { part in
            let pair = String(decoding: part, as: UTF8.self).split(separator: "=", maxSplits: 1)
            return pair.count == 2
                ? (pair[0].uppercased(), String(pair[1])) : ("TYPE", pair.first.map(String.init) ?? "")
        }
        let rest = line[(i + 1)...]
        value = Self.isQuoted(line) ? Self.plain(rest) : String(decoding: rest, as: UTF8.self)
    }

    /// Quoted-printable without its codes, in UTF-8 or windows-1252.
    private static func plain(_ bytes: ArraySlice<UInt8>) -> String {
        var plain: [UInt8] = []
        var i = bytes.startIndex
        while i < bytes.endIndex {
            if bytes[i] == UInt8(ascii: "="), i + 2 < bytes.endIndex,
                let byte = UInt8(String(decoding: bytes[i + 1...i + 2], as: UTF8.self), radix: 16)
            {
                plain.append(byte)
                i += 3
            } else {
                plain.append(bytes[i])
                i += 1
            }
        }
        if validPrefix(plain.span) == plain.count { return String(decoding: plain, as: UTF8.self) }
        return String(decoding: TextDecoding(plain, as: .windows1252, maxRepairs: 16)?.text ?? [], as: UTF8.self)
    }
}
