/// A change of a text that can be undone: other bytes in place of a piece of the text.
struct TextEdit {
    let range: Range<Int>
    let replacement: [UInt8]
}

extension TextDecoding {
    /// The most edits that are kept beside a text.
    static let mostEdits = 1 << 20

    /// The decoding with these edits of its text, and with a form that still gives `bytes`.
    ///
    /// The decoding itself when there are too many edits, or when the form does not give the bytes back. The edits are in order and
    /// touch no repair.
    func edited(_ edits: [TextEdit], of bytes: [UInt8]) -> TextDecoding {
        guard !edits.isEmpty, edits.count <= Self.mostEdits, let repairs = repairs(with: edits) else { return self }
        var result = self
        result.text = Self.edited(text, edits)
        result.form.repairs = repairs
        // An edited text that does not lead back to the bytes, by an error or by other bytes, is not taken: no text is lost.
        return result.form.gives(bytes, from: result.text) ? result : self
    }

    /// A text with edits.
    static func edited(_ text: [UInt8], _ edits: [TextEdit]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var last = 0
        for edit in edits {
            out += text[last..<edit.range.lowerBound]
            out += edit.replacement
            last = edit.range.upperBound
        }
        return out + text[last...]
    }

    /// The edits that touch no repair of this decoding.
    func avoidingRepairs(_ edits: [TextEdit]) -> [TextEdit] {
        guard !form.repairs.isEmpty else { return edits }
        var blocked = form.repairs[...]
        return edits.filter { edit in
            while let first = blocked.first, first.offset + first.count <= edit.range.lowerBound { blocked.removeFirst() }
            return blocked.first.map { $0.offset >= edit.range.upperBound } ?? true
        }
    }

    /// The repairs at their new places, and one repair for each edit. Nil when a piece does not encode.
    private func repairs(with edits: [TextEdit]) -> [EncodedForm.Repair]? {
        var plain = form
        plain.repairs = []
        plain.hasByteOrderMark = false
        var known: [[UInt8]: [UInt8]] = [:]
        var repairs: [EncodedForm.Repair] = []
        var old = form.repairs[...]
        var shift = 0
        func moved(_ repair: EncodedForm.Repair) -> EncodedForm.Repair {
            EncodedForm.Repair(offset: repair.offset - shift, bytes: repair.bytes, count: repair.count)
        }
        for edit in edits {
            while let next = old.first, next.offset < edit.range.lowerBound {
                repairs.append(moved(next))
                old.removeFirst()
            }
            let piece = Array(text[edit.range])
            // A piece that the encoding cannot write makes the edits impossible, not the file unreadable.
            guard let bytes = known[piece] ?? (try? plain.bytes(from: piece)) else { return nil }
            known[piece] = bytes
            repairs.append(
                EncodedForm.Repair(offset: edit.range.lowerBound - shift, bytes: bytes, count: edit.replacement.count))
            shift += edit.range.count - edit.replacement.count
        }
        return repairs + old.map(moved)
    }
}
