import Algorithms

/// The texts and properties of a Word document before 2007, and which of them hold at a place of its stream.
struct OldWordTables {
    let paragraphs: OldWordParagraphs
    let characters: OldWordRuns
    let styles: OldWordStyles
    let fonts: [String]

    init(_ stream: [UInt8], _ table: [UInt8], data: [UInt8]) {
        paragraphs = OldWordParagraphs(stream, table, data: data)
        characters = OldWordRuns(stream, table)
        styles = OldWordStyles(table, stream.part(162))
        fonts = Self.fonts(table, stream.part(274))
    }

    private static func fonts(_ table: [UInt8], _ part: Range<Int>) -> [String] {
        var names: [String] = []
        var i = part.lowerBound + 4
        while i < min(part.upperBound, table.count), names.count < 10_000 {
            let end = i + 1 + Int(table[i])
            names.append(table.utf16(i + 40, until: end))
            i = end
        }
        return names
    }
}

extension [UInt8] {
    /// The range whose start and length stand at a place.
    func part(_ place: Int) -> Range<Int> {
        let start = number(place, 4)
        return start..<start + number(place + 4, 4)
    }

    /// The places in the array of places at the start of a part, each of which has `size` bytes more after all places.
    func places(_ part: Range<Int>, size: Int) -> [Int] {
        guard part.upperBound <= count, part.count >= 4 else { return [] }
        return (0...((part.count - 4) / (4 + size))).map { number(part.lowerBound + 4 * $0, 4) }
    }

    /// A text in UTF-16 that ends with a zero, or where its room ends.
    func utf16(_ start: Int, until end: Int) -> String {
        var units: [UInt16] = []
        for i in stride(from: start, to: Swift.min(end, count) - 1, by: 2) {
            let unit = UInt16(number(i, 2))
            if unit == 0 { break }
            units.append(unit)
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// The places of the pages of 512 bytes that a table of such pages names, each page once.
    fileprivate func pages(_ table: [UInt8], _ part: Range<Int>) -> [Int] {
        let count = table.places(part, size: 4).count - 1
        guard count > 0 else { return [] }
        var seen: Set<Int> = []
        return (0..<count).compactMap { index in
            let base = (table.number(part.lowerBound + 4 * (count + 1 + index), 4) & 0x3F_FFFF) * 512
            return base + 512 <= self.count && seen.insert(base).inserted ? base : nil
        }
    }
}

/// The properties of the paragraphs of a Word document.
struct OldWordParagraphs {
    /// The paragraphs by the places of their ends in the stream.
    private var paragraphs: [(end: Int, properties: OldWordParagraph)] = []

    init(_ stream: [UInt8], _ table: [UInt8], data: [UInt8]) {
        // Long lists stand elsewhere. Hostile files name one many times.
        var budget = 1 << 20 + 4 * data.count
        for base in stream.pages(table, stream.part(258)) {
            let runs = min(29, Int(stream[base + 511]))
            for run in 0..<runs {
                let end = stream.number(base + 4 * (run + 1), 4)
                let offset = Int(stream[base + 4 * (runs + 1) + 13 * run]) * 2
                var properties = OldWordParagraph()
                if offset > 0, offset + 4 < 512 {
                    var start = base + offset
                    var length = Int(stream[start]) * 2 - 1
                    if stream[start] == 0 {
                        start += 1
                        length = Int(stream[start]) * 2
                    }
                    start += 1
                    let last = min(base + 512, start + max(0, length))
                    properties.style = stream.number(start, 2)
                    properties.apply(stream, start + 2..<max(start + 2, last))
                }
                if let place = properties.more, budget > 0 {
                    let range = OldWordProperties.range(data, at: place)
                    budget -= range.count
                    properties.apply(data, range)
                }
                paragraphs.append((end, properties))
            }
        }
        paragraphs.sort { $0.end < $1.end }
    }

    /// The properties of the paragraph at a place in the stream.
    func properties(at place: Int) -> OldWordParagraph {
        let i = paragraphs.partitioningIndex { $0.end > place }
        return i < paragraphs.count ? paragraphs[i].properties : OldWordParagraph()
    }
}

/// The properties of the characters of a Word document.
struct OldWordRuns {
    struct Run {
        let places: Range<Int>
        let properties: OldWordCharacters
    }

    private var runs: [Run] = []

    init(_ stream: [UInt8], _ table: [UInt8]) {
        for base in stream.pages(table, stream.part(250)) {
            let count = min(101, Int(stream[base + 511]))
            for run in 0..<count {
                let start = stream.number(base + 4 * run, 4)
                let end = stream.number(base + 4 * (run + 1), 4)
                let offset = Int(stream[base + 4 * (count + 1) + run]) * 2
                guard offset > 0, start < end else { continue }
                let list = base + offset + 1
                let last = min(base + 512, list + Int(stream[base + offset]))
                guard list < last else { continue }
                runs.append(Run(places: start..<end, properties: OldWordCharacters(stream, list..<last)))
            }
        }
        runs.sort { $0.places.lowerBound < $1.places.lowerBound }
    }

    /// The run at a place in the stream. A place without properties is a run until the next one.
    func run(at place: Int) -> Run {
        let next = runs.partitioningIndex { $0.places.lowerBound > place }
        if next > 0, runs[next - 1].places.contains(place) { return runs[next - 1] }
        return Run(
            places: place..<(next < runs.count ? runs[next].places.lowerBound : Int.max), properties: OldWordCharacters())
    }
}

/// The styles of a Word document.
struct OldWordStyles {
    private struct Style {
        /// The number that Word gives its own styles.
        let kind: Int
        let parent: Int
        var paragraph = OldWordParagraph()
        var characters = OldWordCharacters()
    }

    private var styles: [Int: Style] = [:]

    init(_ table: [UInt8], _ part: Range<Int>) {
        let end = min(part.upperBound, table.count)
        let header = part.lowerBound + 2
        let base = table.number(header + 2, 2)
        var i = header + table.number(part.lowerBound, 2)
        var index = 0
        while i + 2 <= end, index < 4096 {
            let start = i + 2
            let next = start + table.number(i, 2)
            if next - start >= 10, next <= end { styles[index] = Self.style(table, start..<next, base) }
            i = next
            index += 1
        }
    }

    private static func style(_ table: [UInt8], _ range: Range<Int>, _ base: Int) -> Style {
        let start = range.lowerBound
        let kind = table.number(start + 2, 2)
        var style = Style(kind: table.number(start, 2) & 0xFFF, parent: kind >> 4)
        // The name ends with a zero. Lists start at even places.
        var i = start + base + 4 + 2 * table.number(start + base, 2)
        func next() -> Range<Int> {
            let list = i + 2
            let length = table.number(i, 2)
            i = list + length + length % 2
            return list..<max(list, min(range.upperBound, list + length))
        }
        if kind & 0xF == 1 {
            let list = next()
            if list.lowerBound + 2 < list.upperBound {
                style.paragraph.apply(table, list.lowerBound + 2..<list.upperBound)
            }
        }
        if kind & 0xF <= 2, i + 2 < range.upperBound {
            let list = next()
            if list.lowerBound < list.upperBound { style.characters.apply(table, list) }
        }
        return style
    }

    /// A style and the styles that it is based on.
    private func chain(_ index: Int?) -> [(index: Int, style: Style)] {
        var found: [(index: Int, style: Style)] = []
        var next = index
        while let index = next, let style = styles[index], found.count < 20 {
            found.append((index, style))
            next = style.parent
        }
        return found
    }

    func isStruck(_ index: Int?) -> Bool? { chain(index).lazy.compactMap { $0.style.characters.isStruck(false) }.first }
    func isHidden(_ index: Int?) -> Bool? { chain(index).lazy.compactMap { $0.style.characters.isHidden(false) }.first }
    func position(_ index: Int?) -> WordStyles.Position? { chain(index).lazy.compactMap(\.style.characters.position).first }

    /// The list of a style, the level in it, and the style that names the list.
    func list(_ index: Int) -> (list: Int, level: Int?, style: Int)? {
        let chain = chain(index)
        guard let found = chain.first(where: { $0.style.paragraph.list != nil }), let list = found.style.paragraph.list
        else { return nil }
        return (list, chain.lazy.compactMap(\.style.paragraph.level).first, found.index)
    }

    /// The level of a heading of this style: 1 for the outermost. Nil for other text.
    ///
    /// - Parameter outline: the level that the paragraph states of itself.
    func headingLevel(_ index: Int, outline: Int?) -> Int? {
        if let outline { return outline < 9 ? outline + 1 : nil }
        for (index, style) in chain(index) {
            if let level = style.paragraph.outline { return level < 9 ? level + 1 : nil }
            // The styles 1 to 9 are the headings of nine levels in every document.
            if (1...9).contains(index) { return index }
            if style.kind == Self.title { return 1 }
        }
        return styles.isEmpty && (1...9).contains(index) ? index : nil
    }

    private static let title = 62
}

extension ListNumbering {
    /// The lists of a Word document before 2007. Each has its number as name.
    init(_ table: [UInt8], formats: Range<Int>, lists: Range<Int>) {
        self.init()
        guard formats.lowerBound > 0, formats.upperBound <= table.count else { return }
        // The levels follow all formats.
        let count = min(10_000, table.number(formats.lowerBound, 2))
        var i = formats.lowerBound + 2 + 28 * count
        for index in 0..<count {
            let place = formats.lowerBound + 2 + 28 * index
            let id = "\(table.number(place, 4))"
            let isSimple = table.number(place + 26, 1) & 1 != 0
            for level in 0..<(isSimple ? 1 : Self.deepest) where i + 28 <= table.count {
                levels[id, default: [:]][level] = Self.level(table, &i)
            }
        }
        readLists(table, lists)
    }

    private mutating func readLists(_ table: [UInt8], _ part: Range<Int>) {
        guard part.lowerBound > 0, part.upperBound <= table.count else { return }
        let count = min(10_000, table.number(part.lowerBound, 4))
        var i = part.lowerBound + 4 + 16 * count
        for index in 0..<count {
            let place = part.lowerBound + 4 + 16 * index
            let list = "\(index + 1)"
            numberings[list] = "\(table.number(place, 4))"
            guard i + 4 <= table.count else { continue }
            i += 4
            for _ in 0..<min(Self.deepest, table.number(place + 12, 1)) where i + 8 <= table.count {
                let flags = table.number(i + 4, 4)
                let level = flags & 0xF
                let start = table.number(i, 4)
                i += 8
                if flags & 0x20 != 0 {
                    let own = Self.level(table, &i)
                    ownLevels[list, default: [:]][level] = own
                    if flags & 0x10 != 0 { starts[list, default: [:]][level] = own.start }
                } else if flags & 0x10 != 0 {
                    starts[list, default: [:]][level] = start
                }
            }
        }
    }

    private static func level(_ table: [UInt8], _ i: inout Int) -> Level {
        var level = Level()
        level.start = table.number(i, 4)
        let formats = [
            0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal",
            6: "cardinalText", 7: "ordinalText", 22: "decimalZero", 23: "bullet", 255: "none",
        ]
        level.format = formats[table.number(i + 4, 1)] ?? "decimal"
        let flags = table.number(i + 5, 1)
        level.isLegal = flags & 4 != 0
        if flags & 8 != 0 { level.restart = table.number(i + 26, 1) }
        let text = i + 28 + table.number(i + 24, 1) + table.number(i + 25, 1)
        let length = table.number(text, 2)
        var words: [UInt16] = []
        for index in 0..<min(100, length) {
            let unit = table.number(text + 2 + 2 * index, 2)
            if unit < deepest {
                level.parts += [.words(String(decoding: words, as: UTF16.self)), .number(unit)]
                words = []
            } else {
                words.append(UInt16(unit))
            }
        }
        level.parts.append(.words(String(decoding: words, as: UTF16.self)))
        i = text + 2 + 2 * length
        return level
    }
}
