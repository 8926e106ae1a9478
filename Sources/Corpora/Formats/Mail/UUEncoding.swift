import Bytes

/// Files that stand in the text of a mail, as old programs sent them.
enum UUEncoding {
    /// A file with its name.
    struct File {
        let name: String
        let bytes: [UInt8]
    }

    /// A text without the files in it, and the files.
    static func parted(_ text: [UInt8]) -> (text: [UInt8], files: [File]) {
        guard text.starts(with: Array("begin ".utf8)) || contains(text, "\nbegin ") else { return (text, []) }
        let lines = text.split(separator: 10, omittingEmptySubsequences: false)
        var kept: [UInt8] = []
        var files: [File] = []
        var i = 0
        while i < lines.count {
            if let name = name(lines[i]), let (bytes, end) = content(lines, from: i + 1) {
                files.append(File(name: name, bytes: bytes))
                i = end
            } else {
                kept += lines[i]
                i += 1
                if i < lines.count { kept.append(10) }
            }
        }
        return (kept, files)
    }

    private static func contains(_ text: [UInt8], _ word: String) -> Bool {
        !text.isEmpty && text.firstRange(of: Array(word.utf8)) != nil
    }

    /// The name in a line such as "begin 644 note.txt". Nil for another line.
    private static func name(_ line: ArraySlice<UInt8>) -> String? {
        let words = line.split(separator: 32, maxSplits: 2)
        guard words.count == 3, words[0].elementsEqual("begin".utf8), (3...4).contains(words[1].count),
            words[1].allSatisfy({ (0x30...0x37).contains($0) })
        else { return nil }
        let name = String(decoding: words[2], as: UTF8.self).trimmed
        return name.isEmpty ? nil : name
    }

    /// The bytes up to the line "end", and the index of the line after it. Nil where the lines are no encoded bytes.
    private static func content(_ lines: [ArraySlice<UInt8>], from start: Int) -> (bytes: [UInt8], end: Int)? {
        var bytes: [UInt8] = []
        var isComplete = false
        var i = start
        while i < lines.count {
            let line = lines[i].last == 13 ? lines[i].dropLast() : lines[i]
            i += 1
            if line.elementsEqual("end".utf8) { return isComplete ? (bytes, i) : nil }
            // A line without bytes stands before the end. It may be a space that programs cut.
            let count = line.first.map(value) ?? 0
            isComplete = count == 0
            let codes = line.dropFirst().map(value)
            // The last group of a line may lack what fills it up, or have a sum after it.
            guard line.allSatisfy({ (0x20...0x60).contains($0) }),
                ((count * 8 + 5) / 6...(count + 2) / 3 * 4 + 2).contains(codes.count)
            else { return nil }
            var decoded: [UInt8] = []
            for k in stride(from: 0, to: (count + 2) / 3 * 4, by: 4) {
                let four = (k..<k + 4).map { $0 < codes.count ? codes[$0] : 0 }
                let three = four[0] << 18 | four[1] << 12 | four[2] << 6 | four[3]
                decoded += [UInt8(three >> 16 & 255), UInt8(three >> 8 & 255), UInt8(three & 255)]
            }
            bytes += decoded.prefix(count)
        }
        return nil
    }

    private static func value(_ byte: UInt8) -> Int { (Int(byte) - 32) & 63 }
}
