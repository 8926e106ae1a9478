import Bytes

/// Lines of text: white space, line ends, headings.
extension HTMLRenderer {
    /// Appends text, with each run of white space as one space.
    mutating func folded(_ bytes: ArraySlice<UInt8>) {
        var i = bytes.startIndex
        while i < bytes.endIndex {
            let byte = bytes[i]
            let isNoBreak = byte == 0xC2 && i + 1 < bytes.endIndex && bytes[i + 1] == 0xA0
            if byte.isControlOrSpace || byte == 0x7F || isNoBreak {
                spaceDue = !line.isEmpty && line.last != 10
                i += isNoBreak ? 2 : 1
                continue
            }
            // Soft hyphens, zero-width spaces and byte order marks are not text.
            if byte == 0xC2, i + 1 < bytes.endIndex, bytes[i + 1] == 0xAD {
                i += 2
                continue
            }
            if i + 2 < bytes.endIndex,
                (byte, bytes[i + 1], bytes[i + 2]) == (0xE2, 0x80, 0x8B)
                    || (byte, bytes[i + 1], bytes[i + 2]) == (0xEF, 0xBB, 0xBF)
            {
                i += 3
                continue
            }
            if spaceDue { line.append(32) }
            spaceDue = false
            line.append(byte)
            i += 1
        }
    }

    /// Appends text with its white space.
    mutating func preformatted(_ bytes: ArraySlice<UInt8>) {
        for byte in bytes where byte != 13 && (byte >= 32 || byte == 9 || byte == 10) {
            line.append(byte)
        }
    }

    /// Ends a line within a block. Two line ends in a row end the paragraph.
    mutating func lineBreak() {
        spaceDue = false
        if line.isEmpty { return owe(2) }
        if line.last == 10 {
            flush()
            owe(2)
        } else {
            line.append(10)
        }
    }

    /// Writes the line to `text`, after the line ends of `gap`.
    mutating func flush() {
        spaceDue = false
        while let last = line.last, last == 10 || last == 32 { line.removeLast() }
        line.removeFirst(line.prefix { $0 == 10 }.count)
        guard !line.isEmpty else { return }
        if !text.isEmpty { for _ in 0..<max(1, gap) { text.append(10) } }
        gap = 0
        let lead = [UInt8](repeating: 32, count: max(0, indent - prefix.count)) + prefix
        text += lead
        prefix = []
        pages += duePages.map { Extracted.Page(start: text.count + min($0.start, line.count), number: $0.number) }
        duePages = []
        for byte in line {
            text.append(byte)
            if byte == 10, indent > 0 { text += [UInt8](repeating: 32, count: indent) }
        }
        line.removeAll(keepingCapacity: true)
    }

    mutating func heading(_ index: Int, _ level: Int, _ depth: Int) {
        blockEdge()
        let before = text.count
        let known = headings.count
        children(index, depth)
        blockEdge()
        // In broken markup a heading may hold the rest of the page. The headings inside are then the real ones.
        guard text.count > before, headings.count == known else { return }
        let start = text[before...].firstIndex { !$0.isControlOrSpace } ?? before
        if let title = DocumentTitle.clean(text[start...]) {
            headings.append(Heading(start: start, level: level, text: title))
        }
    }
}
