/// Small files of Microsoft Office before 2007.
package enum OldOfficeSample {
    /// A number in `count` bytes, the lowest first.
    package static func number(_ value: Int, _ count: Int = 2) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    package static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    /// A compound file of streams ([MS-CFB]). A name may begin with that of a folder, as in "A/Book".
    package static func compound(_ streams: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        // A shorter stream would stand among the short ones.
        let streams = streams.map { stream in
            let length = max(4096, (stream.bytes.count + 511) / 512 * 512)
            return (name: stream.name, bytes: stream.bytes + zeros(length - stream.bytes.count))
        }
        let paths = streams.map { $0.name.split(separator: "/").map { String($0) } }
        var folders: [String] = []
        for path in paths where path.count > 1 && !folders.contains(path[0]) { folders.append(path[0]) }
        // The entries are the root, the streams and the folders.
        let parents = paths.map { $0.count > 1 ? $0[0] : "" } + folders.map { _ in "" }
        func first(in folder: String) -> Int { parents.firstIndex(of: folder).map { $0 + 1 } ?? -1 }
        func sibling(of index: Int) -> Int {
            parents.indices.first { $0 > index && parents[$0] == parents[index] }.map { $0 + 1 } ?? -1
        }
        let pages = (parents.count + 4) / 4
        var next = [-3] + (1...pages).map { $0 == pages ? -2 : $0 + 1 }
        var entries = entry("Root Entry", 5, child: first(in: ""), right: -1, start: -2, size: 0)
        for (index, stream) in streams.enumerated() {
            let start = next.count
            let count = stream.bytes.count / 512
            next += (1...count).map { $0 == count ? -2 : start + $0 }
            entries += entry(
                paths[index].last ?? "", 2, child: -1, right: sibling(of: index), start: start, size: stream.bytes.count)
        }
        for (index, folder) in folders.enumerated() {
            entries += entry(
                folder, 1, child: first(in: folder), right: sibling(of: streams.count + index), start: 0, size: 0)
        }
        entries += zeros(pages * 512 - entries.count)
        precondition(next.count <= 128)
        let header =
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + zeros(16) + number(0x3E) + number(3) + number(0xFFFE)
            + number(9) + number(6) + zeros(10) + number(1, 4) + number(1, 4) + number(0, 4) + number(4096, 4)
            + number(-2, 4) + number(0, 4) + number(-2, 4) + number(0, 4) + number(0, 4)
            + [UInt8](repeating: 0xFF, count: 432)
        let table = (next + [Int](repeating: -1, count: 128 - next.count)).flatMap { number($0, 4) }
        return header + table + entries + streams.flatMap(\.bytes)
    }

    private static func entry(_ name: String, _ kind: UInt8, child: Int, right: Int, start: Int, size: Int) -> [UInt8] {
        let units = name.utf16.flatMap { number(Int($0)) }
        return units + zeros(64 - units.count) + number(units.count + 2) + [kind, 1] + number(-1, 4) + number(right, 4)
            + number(child, 4) + zeros(36) + number(start, 4) + number(size, 8)
    }
}

/// A small Word document before 2007 ([MS-DOC]).
package struct OldWordSample {
    package struct Paragraph {
        /// Texts with lists of properties.
        package var runs: [(text: String, properties: [UInt8])]
        package var properties: [UInt8] = []
        package var style = 0
        package var mark: UInt16 = 13

        package init(_ runs: [(String, [UInt8])], _ properties: [UInt8] = [], style: Int = 0, mark: UInt16 = 13) {
            self.runs = runs.map { (text: $0.0, properties: $0.1) }
            self.properties = properties
            self.style = style
            self.mark = mark
        }

        package init(_ text: String, _ properties: [UInt8] = [], style: Int = 0, mark: UInt16 = 13) {
            self.init([(text, [])], properties, style: style, mark: mark)
        }

        package var count: Int { runs.reduce(1) { $0 + $1.text.utf16.count } }
    }

    package var main: [Paragraph]
    package var footnotes: [Paragraph] = []
    package var headers: [Paragraph] = []
    package var comments: [Paragraph] = []
    /// Parts of the table stream, by the place in the header that names them.
    package var parts: [Int: [UInt8]] = [:]
    package var data: [UInt8] = []
    /// The properties that hold for the whole text.
    package var pieceProperties: [UInt8] = []

    package init(_ main: [Paragraph]) { self.main = main }

    /// A property with an operand.
    package static func property(_ number: Int, _ operand: [UInt8]) -> [UInt8] { OldOfficeSample.number(number) + operand }

    /// The places of marks or notes, with `more` bytes for each.
    package static func places(_ places: [Int], more: [[UInt8]] = []) -> [UInt8] {
        places.flatMap { OldOfficeSample.number($0, 4) } + more.joined()
    }

    /// The styles of a document: kind, number of the style that it is based on, properties of paragraphs and characters.
    package static func styles(_ styles: [(kind: Int, parent: Int, paragraph: [UInt8], characters: [UInt8])]) -> [UInt8] {
        typealias Sample = OldOfficeSample
        func list(_ bytes: [UInt8]) -> [UInt8] { Sample.number(bytes.count) + bytes + (bytes.count % 2 == 1 ? [0] : []) }
        let all = styles.flatMap { style -> [UInt8] in
            let lists = (style.kind == 1 ? list([0, 0] + style.paragraph) : []) + list(style.characters)
            let bytes =
                Sample.number(0xFFE) + Sample.number(style.parent << 4 | style.kind) + Sample.number(0) + Sample.zeros(4)
                + Sample.number(1) + Sample.number(0x78) + Sample.number(0) + lists
            return Sample.number(bytes.count) + bytes
        }
        return Sample.number(18) + Sample.number(styles.count) + Sample.number(10) + Sample.zeros(14) + all
    }

    package func file() -> [UInt8] {
        typealias Sample = OldOfficeSample
        let stories = [main, footnotes, headers, comments]
        var text: [UInt8] = []
        var runs: [(end: Int, properties: [UInt8])] = []
        var paragraphs: [(end: Int, style: Int, properties: [UInt8])] = []
        let start = 1024
        for paragraph in stories.joined() {
            for run in paragraph.runs {
                text += run.text.utf16.flatMap { Sample.number(Int($0)) }
                runs.append((start + text.count, run.properties))
            }
            text += Sample.number(Int(paragraph.mark))
            runs.append((start + text.count, []))
            paragraphs.append((start + text.count, paragraph.style, paragraph.properties))
        }
        let count = text.count / 2
        let room = (text.count + 511) / 512 * 512
        let page = (start + room) / 512
        let lists = runs.map { $0.properties.isEmpty ? [] : [UInt8($0.properties.count)] + $0.properties }
        let styles = paragraphs.map { paragraph -> [UInt8] in
            let list = Sample.number(paragraph.style) + paragraph.properties
            return list.count % 2 == 1 ? [UInt8(list.count / 2 + 1)] + list : [0, UInt8(list.count / 2)] + list
        }
        var parts = self.parts
        parts[250] = Sample.number(start, 4) + Sample.number(start + text.count, 4) + Sample.number(page, 4)
        parts[258] = Sample.number(start, 4) + Sample.number(start + text.count, 4) + Sample.number(page + 1, 4)
        let properties = pieceProperties.isEmpty ? [] : [1] + Sample.number(pieceProperties.count) + pieceProperties
        parts[418] =
            properties + [2] + Sample.number(16, 4) + Sample.number(0, 4) + Sample.number(count, 4) + Sample.number(0)
            + Sample.number(start, 4) + Sample.number(pieceProperties.isEmpty ? 0 : 1)
        var header = Sample.number(0xA5EC) + Sample.zeros(8) + Sample.number(0x200) + Sample.zeros(1012)
        func put(_ value: Int, at place: Int) { header.replaceSubrange(place..<place + 4, with: Sample.number(value, 4)) }
        for (story, place) in zip(stories, [76, 80, 84, 92]) { put(story.reduce(0) { $0 + $1.count }, at: place) }
        // What is at the place 0 counts as missing.
        var table = Sample.zeros(4)
        for (place, part) in parts.sorted(by: { $0.key < $1.key }) {
            put(table.count, at: place)
            put(part.count, at: place + 4)
            table += part
        }
        let stream =
            header + text + Sample.zeros(room - text.count)
            + Self.page(start, runs.map(\.end), lists, size: 1) + Self.page(start, paragraphs.map(\.end), styles, size: 13)
        return OldOfficeSample.compound(
            [("WordDocument", stream), ("1Table", table)] + (data.isEmpty ? [] : [("Data", data)]))
    }

    /// A page of lists of properties, whose entries have `size` bytes.
    private static func page(_ start: Int, _ ends: [Int], _ lists: [[UInt8]], size: Int) -> [UInt8] {
        var page = OldOfficeSample.zeros(512)
        var last = 510
        let places = [start] + ends
        for (index, place) in places.enumerated() {
            page.replaceSubrange(4 * index..<4 * index + 4, with: OldOfficeSample.number(place, 4))
        }
        for (index, list) in lists.enumerated() where !list.isEmpty {
            last = (last - list.count) / 2 * 2
            page.replaceSubrange(last..<last + list.count, with: list)
            page[4 * places.count + size * index] = UInt8(last / 2)
        }
        precondition(4 * places.count + size * lists.count <= last, "too many runs for a page")
        page[511] = UInt8(ends.count)
        return page
    }
}
