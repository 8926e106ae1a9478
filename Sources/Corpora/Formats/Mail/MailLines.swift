import Bytes

/// Lines that mail programs leave as they should not be, and that GMime would leave out.
enum MailLines {
    private static let from = Array("From ".utf8)

    /// The file with lines that end in LF or CR LF, where they end in CR alone, or in CR CR LF.
    static func withUsualEnds(_ bytes: [UInt8]) -> [UInt8] {
        guard let end = bytes.firstIndex(of: 10) else { return bytes.map { $0 == 13 ? 10 : $0 } }
        guard end > 1, bytes[end - 1] == 13, bytes[end - 2] == 13 else { return bytes }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        for (i, byte) in bytes.enumerated()
        where byte != 13 || i + 2 >= bytes.count || bytes[i + 1] != 13 || bytes[i + 2] != 10 {
            out.append(byte)
        }
        return out
    }

    /// A file of mails in which ">" stands before each line that starts with "From " but starts no mail.
    ///
    /// A line that starts a mail holds a time and a year, or stands between a blank line and the field of a header.
    static func withEscapes(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var copied = 0
        var start = 0
        var isAfterBlank = true
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
            let line = bytes[start..<end]
            let next = min(end + 1, bytes.count)
            if line.starts(with: from), !holdsTime(line), !(isAfterBlank && startsField(bytes[next...])) {
                out += bytes[copied..<start]
                out.append(UInt8(ascii: ">"))
                copied = start
            }
            isAfterBlank = line.allSatisfy(\.isControlOrSpace)
            start = next
        }
        return copied == 0 ? bytes : out + bytes[copied...]
    }

    /// Whether a line holds a time and a year, as "From ode@x.example Fri May  3 09:30:00 2024".
    private static func holdsTime(_ line: ArraySlice<UInt8>) -> Bool {
        let words = line.split { $0.isControlOrSpace }
        let hasTime = words.contains {
            $0.contains(UInt8(ascii: ":")) && $0.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ":") }
        }
        return hasTime && words.contains { $0.count == 4 && $0.allSatisfy(\.isDigit) }
    }

    /// Whether some lines start with the field of a header, such as "Subject: Tide".
    private static func startsField(_ lines: ArraySlice<UInt8>) -> Bool {
        let name = lines.prefix(80).prefix { $0.isAlphanumeric || $0 == UInt8(ascii: "-") }
        return !name.isEmpty && name.endIndex < lines.endIndex && lines[name.endIndex] == UInt8(ascii: ":")
    }

    /// A mail whose header holds fields alone.
    ///
    /// A line without a colon goes on with the field before where other fields follow. Else the body starts there.
    static func withEndOfHeader(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var copied = 0
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
            let line = bytes[start..<end]
            guard let first = line.first, first != 13 else { break }
            let isField = line.contains(UInt8(ascii: ":")) || first == 32 || first == 9 || line.starts(with: from)
            if !isField, start > 0 {
                let goesOn = fieldFollows(bytes[min(end + 1, bytes.count)...])
                out += bytes[copied..<start]
                out.append(goesOn ? 32 : 10)
                copied = start
                if !goesOn { break }
            }
            start = end + 1
        }
        return copied == 0 ? bytes : out + bytes[copied...]
    }

    /// Whether a field stands before the next blank line.
    private static func fieldFollows(_ lines: ArraySlice<UInt8>) -> Bool {
        for line in lines.split(separator: 10, maxSplits: 200, omittingEmptySubsequences: false) {
            guard let first = line.first, first != 13 else { return false }
            if startsField(line) { return true }
        }
        return false
    }
}
