import Bytes

/// The body of a mail in plain text.
enum PlainBody {
    /// The lines of a body. The lines of a flowed paragraph are joined (RFC 3676), and ">From" at the start of a line is "From".
    static func text(_ bytes: [UInt8], isFlowed: Bool, joinsWords: Bool) -> [UInt8] {
        var text: [UInt8] = []
        var flowing: (depth: Int, isOpen: Bool) = (0, false)
        var body = bytes.filter { $0 != 13 }
        while let last = body.last, last.isControlOrSpace { body.removeLast() }
        for line in body.split(separator: 10, omittingEmptySubsequences: false) {
            var line = line
            if line.first == UInt8(ascii: ">") {
                let rest = line.drop { $0 == UInt8(ascii: ">") }
                if rest.starts(with: Array("From ".utf8)) { line = line.dropFirst() }
            }
            guard isFlowed else {
                text += line + [10]
                continue
            }
            let depth = line.prefix { $0 == UInt8(ascii: ">") }.count
            var content = line.dropFirst(depth)
            if content.first == 32 { content = content.dropFirst() }
            let isSignature = content.elementsEqual("-- ".utf8)
            let isSoft = content.last == 32 && !isSignature
            if flowing.isOpen, flowing.depth != depth || isSignature { text.append(10) }
            let continues = flowing.isOpen && flowing.depth == depth && !isSignature
            if !continues, depth > 0 { text += [UInt8](repeating: UInt8(ascii: ">"), count: depth) + [32] }
            text += isSoft && joinsWords ? content.dropLast() : content
            if !isSoft { text.append(10) }
            flowing = (depth, isSoft)
        }
        if flowing.isOpen { text.append(10) }
        return text
    }

    /// The words of text with marks for its form (RFC 1896): without the marks, and with a line for each paragraph.
    static func text(enriched bytes: [UInt8]) -> [UInt8] {
        var text = String(decoding: bytes.filter { $0 != 13 }, as: UTF8.self)
        // One end of a line is a space, and more of them are one less.
        if !text.lowercased().contains("<nofill>") {
            text = text.replacing(#/\n+/#) { $0.output.count == 1 ? " " : String($0.output.dropFirst()) }
        }
        let marks = #/<<|<param>[^<]*<\/param>|<\/?[A-Za-z0-9-]{1,60}>/#.ignoresCase()
        text = text.replacing(marks) { $0.output == "<<" ? "<" : "" }
        return Array((text.trimmed + "\n").utf8)
    }
}
