extension RichTextParser {
    mutating func endParagraph() {
        let pieces = paragraph
        paragraph = []
        let isEmpty = pieces.allSatisfy(\.isBlank)
        if isInTable {
            if !pieces.isEmpty { paragraph = pieces + [Piece(text: " ")] }
            return
        }
        endTable()
        // Programs that write no labels leave them to the reader.
        if !hasLabels, list > 0, listLabel == nil { listLabel = lists.label(list, level: listLevel) }
        defer {
            listLabel = nil
            for note in notes {
                let depth = markup.depth
                markup.start(.p)
                write(note)
                markup.end(downTo: depth)
            }
            notes = []
        }
        guard !isEmpty else { return }
        let depth = markup.depth
        if let heading = level ?? levels[style] {
            markup.closeLists()
            markup.start(MarkupBuilder.heading(heading))
            if let listLabel, listLabel.contains(where: \.isNumber) { markup.text(listLabel + " ") }
            write(pieces)
            markup.end(downTo: depth)
        } else if let label = listLabel, !label.isEmpty {
            markup.item(level: listLevel, label: Self.isBullet(label) ? "-" : label)
            write(pieces)
        } else {
            markup.closeLists()
            markup.start(.p)
            write(pieces)
            markup.end(downTo: depth)
        }
    }

    mutating func write(_ pieces: [Piece]) {
        for piece in pieces {
            let depth = markup.depth
            if piece.isStruck { markup.start(.s) }
            if let position = piece.position { markup.start(position) }
            if let formula = piece.formula {
                // Text that is no formula after all is none of the document.
                if let part = XMLPart(Array(formula.utf8)) { markup.formula(part.root) }
            } else {
                markup.lines(piece.text)
            }
            markup.end(downTo: depth)
        }
    }
}
