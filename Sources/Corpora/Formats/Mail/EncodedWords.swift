import Bytes

/// Encoded words in the fields of mails, such as "=?utf-8?B?w6k=?=" (RFC 2047).
enum EncodedWords {
    private struct Word {
        /// The charset in lower case, without a language.
        let charset: String
        let isBase64: Bool
        let text: ArraySlice<UInt8>
    }

    private static let questionMark = UInt8(ascii: "?")
    private static let equalsSign = UInt8(ascii: "=")

    /// A field in which neighbouring words of one charset are one word, and its bytes need no padding. Nil without words.
    ///
    /// Programs cut characters and shift states between words. Each word in base64 has padding of its own, or none.
    static func joined(_ field: [UInt8]) -> [UInt8]? {
        var out: [UInt8] = []
        var run: [Word] = []
        // What stands before it is written, or is in the run.
        var start = 0
        var i = 0
        while i + 1 < field.count {
            guard field[i] == equalsSign, field[i + 1] == questionMark else {
                i += 1
                continue
            }
            guard let (charset, isBase64, content) = opening(field, at: i) else {
                i += 2
                continue
            }
            guard
                let end = (content..<max(content, field.count - 1)).first(where: {
                    field[$0] == questionMark && field[$0 + 1] == equalsSign
                })
            else { break }
            let between = field[start..<i]
            if run.isEmpty || !between.allSatisfy(\.isControlOrSpace) {
                out += encoded(run) + between
                run = []
            }
            run.append(Word(charset: charset, isBase64: isBase64, text: field[content..<end]))
            start = end + 2
            i = start
        }
        return start == 0 ? nil : out + encoded(run) + field[start...]
    }

    /// The charset and the encoding of a word, and the place where its text starts. Nil where no word is.
    private static func opening(_ field: [UInt8], at start: Int) -> (charset: String, isBase64: Bool, content: Int)? {
        guard let mark = field[(start + 2)...].prefix(80).firstIndex(of: questionMark), mark + 2 < field.count,
            field[mark + 2] == questionMark
        else { return nil }
        let charset = String(decoding: field[(start + 2)..<mark].prefix { $0 != UInt8(ascii: "*") }, as: UTF8.self)
        switch field[mark + 1] {
        case UInt8(ascii: "B"), UInt8(ascii: "b"): return (charset.lowercased(), true, mark + 3)
        case UInt8(ascii: "Q"), UInt8(ascii: "q"): return (charset.lowercased(), false, mark + 3)
        default: return nil
        }
    }

    /// Some words as one for each charset.
    private static func encoded(_ run: [Word]) -> [UInt8] {
        var sections: [[Word]] = []
        for word in run {
            if let last = sections.last, last[0].charset == word.charset {
                sections[sections.count - 1].append(word)
            } else {
                sections.append([word])
            }
        }
        let words = sections.map { words -> [UInt8] in
            let bytes = bytes(of: words)
            let text = decoded(bytes, words[0].charset)
            let quoted = quoted((text ?? bytes).filter { $0 != 0 })
            if quoted.isEmpty { return [] }
            return Array("=?\(text == nil ? words[0].charset : "utf-8")?Q?".utf8) + quoted + [questionMark, equalsSign]
        }
        return Array(words.filter { !$0.isEmpty }.joined(separator: [32]))
    }

    /// The bytes of words of one charset. Some programs cut base64 into words without regard to bytes.
    private static func bytes(of words: [Word]) -> [UInt8] {
        let isCut = words.dropLast().contains { word in
            var decoder = Base64Decoder()
            if word.isBase64 { word.text.forEach { decoder.add($0) } }
            return decoder.isInsideByte
        }
        var bytes: [UInt8] = []
        var decoder = Base64Decoder()
        for word in words {
            if word.isBase64 {
                word.text.forEach { decoder.add($0) }
                if isCut { continue }
            }
            bytes += decoder.bytes
            decoder = Base64Decoder()
            if !word.isBase64 { bytes += unquoted(word.text) }
        }
        return bytes + decoder.bytes
    }

    /// Bytes in UTF-8. Nil where the charset is not known or does not fit: GMime may know more.
    private static func decoded(_ bytes: [UInt8], _ charset: String) -> [UInt8]? {
        if UTF7.labels.contains(charset) { return UTF7.decoded(bytes) }
        guard let encoding = TextEncoding(label: charset) else { return nil }
        if encoding.isStateful { return TextDecoding(bytes, as: encoding, maxRepairs: bytes.count)?.text }
        // Two letters of East Asia may look like valid UTF-8.
        if MultiByteScore.encodings.contains(encoding), let text = TextDecoding(bytes, as: encoding, maxRepairs: 0)?.text {
            return text
        }
        if validPrefix(bytes.span) == bytes.count { return bytes }
        let believed = encoding == .utf8 ? encoding : encoding.believed(of: bytes)
        return TextDecoding(bytes, as: believed, maxRepairs: bytes.count)?.text
    }

    private static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var i = text.startIndex
        while i < text.endIndex {
            if text[i] == equalsSign, i + 2 < text.endIndex,
                let byte = UInt8(String(decoding: text[(i + 1)...(i + 2)], as: UTF8.self), radix: 16)
            {
                bytes.append(byte)
                i += 3
            } else {
                bytes.append(text[i] == UInt8(ascii: "_") ? 32 : text[i])
                i += 1
            }
        }
        return bytes
    }

    private static func quoted(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return bytes.flatMap { byte in
            byte.isAlphanumeric ? [byte] : [equalsSign, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
