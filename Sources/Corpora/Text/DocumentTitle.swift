/// Titles for documents that do not state one.
package enum DocumentTitle {
    /// The last name of a path without its extension. The whole name when nothing would be left.
    package static func fromPath(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let suffix = fileExtension(name)
        let stem = suffix.isEmpty ? name : String(name.dropLast(suffix.count + 1))
        return stem.isEmpty ? name : stem
    }

    /// The first line with text, as a title.
    ///
    /// Nil unless the line is at most 100 bytes long and a blank line or the end of the text follows.
    static func firstLine(of text: [UInt8]) -> String? {
        let newline = UInt8(ascii: "\n")
        guard let start = text.firstIndex(where: { !$0.isControlOrSpace }) else { return nil }
        let end = text[start...].firstIndex(of: newline) ?? text.count
        guard end - start <= 100 else { return nil }
        let next = text[min(text.count, end + 1)...].first { $0 != 32 && $0 != 9 && $0 != 13 }
        guard next == nil || next == newline else { return nil }
        return clean(text[start..<end])
    }

    /// A title on one line, without outer white space and control characters.
    ///
    /// The title is cut at about 200 Unicode scalars. Nil when it has neither letters nor digits.
    static func clean(_ bytes: some Sequence<UInt8>) -> String? {
        var line = ""
        var space = false
        var letters = 0
        for scalar in String(decoding: Array(bytes), as: UTF8.self).unicodeScalars {
            if scalar.properties.isWhitespace || scalar.value < 32 || scalar.value == 0x7F {
                space = !line.isEmpty
                continue
            }
            if scalar == "\u{FFFD}" || scalar == "\u{FEFF}" { continue }
            if line.unicodeScalars.count >= 200 { break }
            if space { line += " " }
            space = false
            line.unicodeScalars.append(scalar)
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil { letters += 1 }
        }
        return letters == 0 ? nil : line
    }
}
