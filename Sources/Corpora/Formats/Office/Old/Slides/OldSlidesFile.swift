/// A record of a PowerPoint presentation before 2007 ([MS-PPT], 2.3.1).
struct SlideRecord {
    let type: Int
    let instance: Int
    /// Whether the record holds other records.
    let isContainer: Bool
    /// The place of the content in the stream.
    let content: Range<Int>

    /// The records in a range, one after the other.
    static func all(_ stream: [UInt8], _ range: Range<Int>) -> [SlideRecord] {
        var found: [SlideRecord] = []
        var i = range.lowerBound
        while let record = SlideRecord(stream, i, before: range.upperBound) {
            found.append(record)
            i = record.content.upperBound
        }
        return found
    }

    /// Nil where no record stands at a place.
    init?(_ stream: [UInt8], _ place: Int, before end: Int) {
        guard place >= 0, place + 8 <= min(end, stream.count) else { return nil }
        let head = stream.number(place, 2)
        type = stream.number(place + 2, 2)
        instance = head >> 4
        isContainer = head & 0xF == 0xF
        content = place + 8..<min(end, stream.count, place + 8 + stream.number(place + 4, 4))
    }

    /// The records inside.
    func children(_ stream: [UInt8]) -> [SlideRecord] { Self.all(stream, content) }

    /// The records that later versions add in tags, where this record holds the tags.
    func additions(_ stream: [UInt8]) -> [SlideRecord] {
        children(stream).filter { $0.type == Self.tag }.flatMap { $0.children(stream) }
            .filter { $0.type == Self.tagData }.flatMap { $0.children(stream) }
    }

    static let document = 1000
    static let slide = 1006
    static let slideAtom = 1007
    static let notes = 1008
    static let notesAtom = 1009
    static let persist = 1011
    static let master = 1016
    static let show = 1017
    static let drawing = 1036
    static let information = 2000
    static let fonts = 2005
    static let object = 3009
    static let placeholder = 3011
    static let outlineReference = 3998
    static let textHeader = 3999
    static let wideText = 4000
    static let textStyle = 4001
    static let byteText = 4008
    static let numbering = 4012
    static let outlineNumberings = 4014
    static let outlinePlace = 4015
    static let font = 4023
    static let string = 4026
    static let headersFooters = 4057
    static let headersFootersAtom = 4058
    static let list = 4080
    static let tags = 5000
    static let tag = 5002
    static let tagData = 5003
    static let comment = 12000
    static let shapeGroup = 0xF003
    static let shape = 0xF004
    static let shapeAtom = 0xF00A
    static let shapeProperties = 0xF00B
    static let textBox = 0xF00D
    static let childAnchor = 0xF00F
    static let clientData = 0xF011
    static let moreProperties = 0xF122
}

/// Where the slides, masters and notes of a presentation stand in its stream.
struct OldSlidesFile {
    /// A slide, a master, or a page of notes.
    struct Page {
        /// The number by which others name it.
        let id: Int
        /// Nil where the stream does not hold it.
        let record: SlideRecord?
        /// The texts that the document keeps for the slide.
        var outline: [SlideWords] = []
    }

    let stream: [UInt8]
    private(set) var slides: [Page] = []
    private(set) var masters: [Page] = []
    private(set) var notes: [Page] = []
    /// The names of the fonts.
    private(set) var fonts: [Int: String] = [:]
    /// The texts of the feet of all slides.
    private(set) var footers: [SlideRecord] = []

    /// - Parameter user: the stream "Current User", which says where the last edit is.
    init(_ stream: [UInt8], user: [UInt8]) {
        self.stream = stream
        let places = Self.places(stream, edit: user.number(16, 4))
        let document = places.document.flatMap { SlideRecord(stream, $0, before: stream.count) }
        if let document, document.type == SlideRecord.document {
            read(document) { id in places.parts[id].flatMap { SlideRecord(stream, $0, before: stream.count) } }
        }
        if slides.isEmpty { readInOrder() }
    }

    /// The places of the parts by their numbers. An edit that is saved adds the parts that it changed.
    private static func places(_ stream: [UInt8], edit: Int) -> (parts: [Int: Int], document: Int?) {
        var parts: [Int: Int] = [:]
        var document: Int?
        var next = edit
        var seen: Set<Int> = []
        while next > 0, seen.count < 10_000, seen.insert(next).inserted,
            let record = SlideRecord(stream, next, before: stream.count), record.type == 4085
        {
            let start = record.content.lowerBound
            document = document ?? stream.number(start + 16, 4)
            let directory = SlideRecord(stream, stream.number(start + 12, 4), before: stream.count)
            if let directory, directory.type == 6002, seen.insert(directory.content.lowerBound).inserted {
                var i = directory.content.lowerBound
                while i + 4 <= directory.content.upperBound {
                    let head = stream.number(i, 4)
                    i += 4
                    for offset in 0..<(head >> 20) where i + 4 <= directory.content.upperBound {
                        let part = head & 0xF_FFFF + offset
                        if parts[part] == nil { parts[part] = stream.number(i, 4) }
                        i += 4
                    }
                }
            }
            next = stream.number(start + 8, 4)
        }
        return (parts, document.flatMap { parts[$0] })
    }

    private mutating func read(_ document: SlideRecord, _ part: (Int) -> SlideRecord?) {
        // A hostile file names one part many times.
        var seen: Set<Int> = []
        for record in document.children(stream) {
            switch record.type {
            case SlideRecord.list:
                let pages = pages(record) { id in
                    part(id).flatMap { seen.insert($0.content.lowerBound).inserted ? $0 : nil }
                }
                switch record.instance {
                case 0: slides += pages
                case 1: masters += pages
                case 2: notes += pages
                default: break
                }
            case SlideRecord.headersFooters where record.instance == 3: footers.append(record)
            default: if record.isContainer { readFonts(record) }
            }
        }
        let information = document.children(stream).filter { $0.type == SlideRecord.information }
        for tags in information.flatMap({ $0.children(stream) }) where tags.type == SlideRecord.tags {
            for list in tags.additions(stream) where list.type == SlideRecord.outlineNumberings { readNumberings(list) }
        }
    }

    /// Gives texts of the outline their numberings ([MS-PPT], 2.9.70): each stands behind the place of its text.
    private mutating func readNumberings(_ list: SlideRecord) {
        let numbers = Dictionary(slides.indices.map { (slides[$0].id, $0) }, uniquingKeysWith: min)
        var place: (slide: Int, text: Int)?
        for record in list.children(stream) {
            let start = record.content.lowerBound
            if record.type == SlideRecord.outlinePlace {
                place = numbers[stream.number(start, 4)].flatMap { slide in
                    let outline = slides[slide].outline
                    let kind = stream.number(start + 4, 4)
                    if record.instance < outline.count, outline[record.instance].kind == kind {
                        return (slide, record.instance)
                    }
                    return outline.prefix(Self.mostTexts).firstIndex { $0.kind == kind }.map { (slide, $0) }
                }
            } else if record.type == SlideRecord.numbering, let (slide, text) = place {
                slides[slide].outline[text].numberings = OldSlideNumbering.groups(stream, record.content)
            }
        }
    }

    /// In how many texts of a slide one of a kind is looked for.
    private static let mostTexts = 100

    private mutating func readFonts(_ environment: SlideRecord) {
        for record in environment.children(stream) where record.type == SlideRecord.fonts {
            for font in record.children(stream) where font.type == SlideRecord.font {
                let end = min(font.content.upperBound, font.content.lowerBound + 64)
                fonts[font.instance] = stream.utf16(font.content.lowerBound, until: end)
            }
        }
    }

    /// The pages of a list.
    private func pages(_ list: SlideRecord, _ part: (Int) -> SlideRecord?) -> [Page] {
        var pages: [Page] = []
        var texts = SlideTexts(stream)
        for record in list.children(stream) {
            if record.type == SlideRecord.persist {
                pages.indices.last.map { pages[$0].outline = texts.finished() }
                let start = record.content.lowerBound
                pages.append(Page(id: stream.number(start + 12, 4), record: part(stream.number(start, 4))))
            } else {
                texts.read(record)
            }
        }
        pages.indices.last.map { pages[$0].outline = texts.finished() }
        return pages
    }

    /// Takes slides and notes as they stand in a stream whose directory is damaged.
    private mutating func readInOrder() {
        var outlines: [Page] = []
        for record in SlideRecord.all(stream, 0..<stream.count) {
            switch record.type {
            case SlideRecord.slide: slides.append(Page(id: -1 - slides.count, record: record))
            case SlideRecord.notes: notes.append(Page(id: -1, record: record))
            case SlideRecord.document:
                for list in record.children(stream) where list.type == SlideRecord.list && list.instance == 0 {
                    outlines = pages(list) { _ in nil }
                }
            default: break
            }
        }
        for (index, page) in outlines.enumerated() {
            let record = index < slides.count ? slides[index].record : nil
            let full = Page(id: page.id, record: record, outline: page.outline)
            if index < slides.count { slides[index] = full } else { slides.append(full) }
        }
    }
}
