/// The text of a Word document before 2007 ([MS-DOC]).
enum OldWordText {
    /// Writes the text of the stream "WordDocument".
    static func extract(_ stream: [UInt8], _ file: CompoundFile) throws(Refusal) -> Extracted {
        if stream.number(0, 2) == 0xA5DC { return try Word6Text.extract(stream) }
        guard stream.number(0, 2) == 0xA5EC else { throw .containerDamaged("the text") }
        let flags = stream.number(10, 2)
        if flags & 0x100 != 0 { throw .needsPassword }
        guard let table = file[flags & 0x200 != 0 ? "1Table" : "0Table"] else {
            throw .containerDamaged("the table of pieces")
        }
        let pieces = OldWordPieces(stream, table)
        guard !pieces.isEmpty else { throw .containerDamaged("the table of pieces") }
        var parser = OldWordParser(stream, table, data: file["Data"] ?? [], pieces)
        // The main text, then footnotes, headers, comments, endnotes and boxes.
        let kinds: [OldWordParser.Story] = [.main, .footnotes, .headers, .comments, .endnotes, .boxes, .boxes]
        var start = 0
        var ranges: [(story: OldWordParser.Story, range: Range<Int>)] = []
        for (kind, place) in zip(kinds, [76, 80, 84, 92, 96, 100, 104]) {
            let end = min(pieces.count, start + stream.number(place, 4))
            if start < end { ranges.append((kind, start..<end)) }
            start = max(start, end)
        }
        let headers = ranges.first { $0.story == .headers }.map { parser.headers(stream, table, $0.range) } ?? []
        parser.readNotes(stream, table, ranges)
        var writer = OldWordWriter()
        for header in headers where header.isAbove { writer.write(header.blocks) }
        for (story, range) in ranges where story == .main || story == .boxes {
            writer.write(parser.blocks(range, isMain: story == .main))
        }
        for header in headers where !header.isAbove { writer.write(header.blocks) }
        for (story, range) in ranges where story.isNotes { writer.write(parser.unreferenced(story, range)) }
        writer.markup.closeLists()
        writer.markup.remarks.add(parser.remarks)
        return Extracted(writer.markup)
    }
}

/// A paragraph or a table of a Word document.
enum OldWordBlock {
    case paragraph(OldWordWords)
    case table([OldWordTableRow])
}

extension [OldWordBlock] {
    /// The words of all paragraphs, one after the other.
    var words: [OldWordWords.Piece] {
        var words: [OldWordWords.Piece] = []
        for block in self {
            if !words.isEmpty { words.append(OldWordWords.Piece(text: " ")) }
            switch block {
            case .paragraph(let paragraph): words += paragraph.pieces
            case .table(let rows): words += rows.flatMap { $0.cells.flatMap { $0.words + [OldWordWords.Piece(text: " ")] } }
            }
        }
        return words
    }

    var text: String { words.map(\.text).joined() }
}

/// The words of a paragraph.
struct OldWordWords {
    /// Words in one form.
    struct Piece {
        var text: String
        var isStruck = false
        var position: HTMLTag?
    }

    var pieces: [Piece] = []
    /// The level of a heading.
    var heading: Int?
    /// The label of a list, and the level in it.
    var label: String?
    var level = 0

    var isEmpty: Bool { pieces.allSatisfy { $0.text.allSatisfy(\.isWhitespace) } }
    var text: String { pieces.map(\.text).joined() }

    mutating func append(_ piece: Piece) {
        guard !piece.text.isEmpty else { return }
        if let last = pieces.last, last.isStruck == piece.isStruck, last.position == piece.position {
            pieces[pieces.count - 1].text += piece.text
        } else {
            pieces.append(piece)
        }
    }
}

struct OldWordTableRow {
    var cells: [[OldWordBlock]] = []
    var definition: OldWordRow?
}

/// Writes the blocks of a Word document as markup.
struct OldWordWriter {
    var markup = MarkupBuilder()

    mutating func write(_ blocks: [OldWordBlock]) {
        for block in blocks {
            switch block {
            case .paragraph(let words): write(words)
            case .table(let rows): write(rows)
            }
        }
    }

    private mutating func write(_ words: OldWordWords) {
        guard !words.isEmpty else { return }
        let depth = markup.depth
        if let heading = words.heading {
            markup.closeLists()
            markup.start(MarkupBuilder.heading(heading))
            if let label = words.label, label != "-", !label.isEmpty { markup.text(label + " ") }
        } else if let label = words.label {
            markup.item(level: words.level, label: label.isEmpty ? "-" : label)
        } else {
            markup.closeLists()
            markup.start(.p)
        }
        for piece in words.pieces {
            let depth = markup.depth
            if piece.isStruck { markup.start(.s) }
            if let position = piece.position { markup.start(position) }
            markup.lines(piece.text)
            markup.end(downTo: depth)
        }
        if words.heading != nil || words.label == nil { markup.end(downTo: depth) }
    }

    private mutating func write(_ rows: [OldWordTableRow]) {
        markup.closeLists()
        let grid = placed(rows)
        let columns = grid.map { Set($0.lazy.map(\.column)) }
        let continued = grid.map { Set($0.lazy.filter(\.continuesAbove).map(\.column)) }
        let depth = markup.depth
        markup.start(.table)
        for (number, row) in grid.enumerated() {
            markup.start(.tr)
            if let first = row.first?.column, first > 0 {
                markup.startCell(isHeader: number == 0, columns: first)
                markup.end()
            }
            for cell in row {
                if number > 0, cell.continuesAbove, columns[number - 1].contains(cell.column) { continue }
                let depth = markup.depth
                let below = continued[(number + 1)...].prefix { $0.contains(cell.column) }
                markup.startCell(isHeader: number == 0, columns: cell.columns, rows: 1 + below.count)
                let lists = markup.exchangeLists()
                write(cell.blocks)
                markup.closeLists()
                _ = markup.exchangeLists(lists)
                markup.end(downTo: depth)
            }
            markup.end()
        }
        markup.end(downTo: depth)
    }

    /// A cell in the columns that it takes.
    private struct PlacedCell {
        let blocks: [OldWordBlock]
        let column: Int
        var columns: Int
        let continuesAbove: Bool
    }

    /// The cells in the grid that the edges of all rows make.
    private func placed(_ rows: [OldWordTableRow]) -> [[PlacedCell]] {
        let definitions = rows.map { $0.definition?.cells == $0.cells.count ? $0.definition : nil }
        let hasEdges = definitions.allSatisfy { $0 != nil }
        let edges = TableEdges(hasEdges ? definitions.flatMap { $0?.edges ?? [] } : [])
        return zip(rows, definitions).map { row, definition in
            var placed: [PlacedCell] = []
            var column = hasEdges ? definition.map { edges.index(of: $0.edges[0]) } ?? 0 : 0
            for (index, blocks) in row.cells.enumerated() {
                let isEmpty = blocks.isEmpty
                var end = column + 1
                if hasEdges, let definition { end = max(end, edges.index(of: definition.edges[index + 1])) }
                if definition?.continuesLeft[index] ?? false, isEmpty, let last = placed.indices.last {
                    placed[last].columns += end - column
                } else {
                    placed.append(
                        PlacedCell(
                            blocks: blocks, column: column, columns: end - column,
                            continuesAbove: isEmpty && definition?.continuesAbove[index] ?? false))
                }
                column = end
            }
            return placed
        }
    }
}
