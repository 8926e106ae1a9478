/// Where ranges of a document's text come from: pages, headings, or the outline of the text itself.
///
/// Each list is sorted by start; an entry holds until the next one of its list starts. Offsets are bytes of the text.
package struct StoredSpans: Sendable, Equatable {
    /// The start of a page.
    package struct Page: Sendable, Equatable {
        /// The byte offset of the page in the text.
        package let start: Int
        /// The number of the page.
        package let number: Int

        /// A page from its parts.
        package init(start: Int, number: Int) {
            self.start = start
            self.number = number
        }
    }

    /// A heading above a range.
    package enum Name: Sendable, Equatable {
        /// The words of the heading; not empty.
        case written(String)
        /// The line of the text that starts at this byte.
        case line(Int)

        /// Whether both have the same bytes: strings are also equal that differ in Unicode form.
        fileprivate func isSame(as other: Name) -> Bool {
            switch (self, other) {
            case (.written(let one), .written(let two)): one.utf8.elementsEqual(two.utf8)
            case (.line(let one), .line(let two)): one == two
            default: false
            }
        }
    }

    /// The start of a range with other headings above it.
    package struct Heading: Sendable, Equatable {
        /// The byte offset of the headings in the text.
        package let start: Int
        /// The headings above the range, outermost first.
        package let path: [Name]

        /// A range from its parts.
        package init(start: Int, path: [Name]) {
            self.start = start
            self.path = path
        }
    }

    /// A line of the text that is a heading.
    package struct Line: Sendable, Equatable {
        /// The byte offset of the line in the text.
        package let start: Int
        /// How many headings stand above the range that the line opens, the line included; at most 7.
        package let depth: Int

        /// A line from its parts.
        package init(start: Int, depth: Int) {
            self.start = start
            self.depth = min(depth, StoredSpans.deepest)
        }
    }

    /// The pages. Empty for a document without pages.
    package var pages: [Page] = []
    /// Headings that no markup of the text shows, such as the headings of HTML. Most of them are lines of the text.
    package var headings: [Heading] = []
    /// Headings that are lines of the text, such as the headings of Markdown. Their words are in the text, and not stored
    /// twice.
    package var outline: [Line] = []
    /// Fields that this program does not know; they are kept.
    private var unknown = Record()

    /// No spans; they take no byte.
    package init() {}
}

extension StoredSpans {
    private enum Key {
        static let pages = "page"
        static let headings = "head"
        static let outline = "line"
    }

    fileprivate static let deepest = 7
    /// Headings that a path shares with the one before, at most; more are spelled again.
    package static let sharedLimit = 15

    /// Reads stored spans; nil for bytes that are no record, or one with a field of another kind.
    package init?(bytes: [UInt8]) {
        guard let record = Record(bytes: bytes) else { return nil }
        unknown = record
        guard unknown.take(Key.pages, { $0.bytes.flatMap(StoredSpans.pages) }, into: &pages),
            unknown.take(Key.headings, { $0.bytes.flatMap(StoredSpans.headings) }, into: &headings),
            unknown.take(Key.outline, { $0.bytes.flatMap(StoredSpans.outline) }, into: &outline)
        else { return nil }
    }

    /// The spans as they are stored.
    package var bytes: [UInt8] {
        var record = unknown
        if !pages.isEmpty { record[Key.pages] = .bytes(pageBytes) }
        if !headings.isEmpty { record[Key.headings] = .bytes(headingBytes) }
        if !outline.isEmpty { record[Key.outline] = .bytes(outlineBytes) }
        return record.bytes
    }

    // MARK: Pages: the distance of each start from the one before, then the number.

    private var pageBytes: [UInt8] {
        var list = NumberList()
        var last = 0
        for page in pages {
            list.append(page.start - last)
            list.append(page.number)
            last = page.start
        }
        return list.bytes
    }

    private static func pages(_ bytes: [UInt8]) -> [Page]? {
        var reader = NumberList.Reader(bytes)
        var pages: [Page] = []
        var start = 0
        while !reader.isAtEnd {
            guard let distance = reader.number(), let number = reader.number() else { return nil }
            start += distance
            guard start < NumberList.placeLimit else { return nil }
            pages.append(Page(start: start, number: number))
        }
        return pages
    }

    // MARK: Headings: the distance, 16 · new headings + headings shared with the path before, then the new headings. A new heading
    // that is the line at the start has no bytes.

    private var headingBytes: [UInt8] {
        var list = NumberList()
        var last = 0
        var before: [Name] = []
        for heading in headings {
            let shared = zip(heading.path, before).prefix { $0.isSame(as: $1) }.count
            let kept = min(shared, StoredSpans.sharedLimit)
            list.append(heading.start - last)
            list.append((heading.path.count - kept) << 4 | kept)
            for name in heading.path.dropFirst(kept) {
                guard case .written(let words) = name else {
                    precondition(
                        name == .line(heading.start), "a heading that is an earlier line is kept, not spelled again")
                    list.append([])
                    continue
                }
                list.append(Array(words.utf8))
            }
            last = heading.start
            before = heading.path
        }
        return list.bytes
    }

    private static func headings(_ bytes: [UInt8]) -> [Heading]? {
        var reader = NumberList.Reader(bytes)
        var headings: [Heading] = []
        var start = 0
        var path: [Name] = []
        while !reader.isAtEnd {
            guard let distance = reader.number(), let counts = reader.number() else { return nil }
            start += distance
            let kept = counts & 15
            guard start < NumberList.placeLimit, kept <= path.count else { return nil }
            path.removeLast(path.count - kept)
            for _ in 0..<counts >> 4 {
                guard let words = reader.text() else { return nil }
                path.append(words.isEmpty ? .line(start) : .written(words))
            }
            headings.append(Heading(start: start, path: path))
        }
        return headings
    }

    // MARK: Outline: 8 · distance + depth.

    private var outlineBytes: [UInt8] {
        var list = NumberList()
        var last = 0
        for line in outline {
            list.append((line.start - last) << 3 | line.depth)
            last = line.start
        }
        return list.bytes
    }

    private static func outline(_ bytes: [UInt8]) -> [Line]? {
        var reader = NumberList.Reader(bytes)
        var outline: [Line] = []
        var start = 0
        while !reader.isAtEnd {
            guard let number = reader.number() else { return nil }
            start += number >> 3
            guard start < NumberList.placeLimit else { return nil }
            outline.append(Line(start: start, depth: number & 7))
        }
        return outline
    }
}

extension StoredSpans {
    /// The starts of the outline's lines that a byte of the text stands under, outermost first.
    package func outlineChain(at offset: Int) -> [Int] {
        var chain: [Int] = []
        var depth = Int.max
        for line in outline.reversed() where line.start <= offset && line.depth < depth {
            chain.append(line.start)
            depth = line.depth
        }
        return chain.reversed()
    }
}
