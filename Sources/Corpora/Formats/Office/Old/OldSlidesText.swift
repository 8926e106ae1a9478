/// The text of a PowerPoint presentation before 2007 ([MS-PPT]).
enum OldSlidesText {
    /// Writes the text of the stream "PowerPoint Document".
    static func extract(_ stream: [UInt8]) throws(Refusal) -> Extracted {
        var slides = Slides()
        slides.read(stream, 0..<stream.count, inside: 0, depth: 0)
        var markup = MarkupBuilder()
        var title: String?
        let count = max(slides.outline.count, slides.boxes.count)
        for index in 0..<count {
            markup.element(.h1, "Slide \(index + 1)")
            let outline = index < slides.outline.count ? slides.outline[index] : []
            for (isTitle, text) in outline {
                if isTitle {
                    title = title ?? text
                    markup.element(.h2, text)
                } else {
                    for line in text.split(separator: "\n") { markup.element(.p, String(line)) }
                }
            }
            let known = Set(outline.map { $0.text })
            for text in index < slides.boxes.count ? slides.boxes[index] : [] where !known.contains(text) {
                for line in text.split(separator: "\n") { markup.element(.p, String(line)) }
            }
        }
        for note in slides.notes {
            markup.element(.p, "[Notes: " + note.split(separator: "\n").joined(separator: " ") + "]")
        }
        var extracted = Extracted(markup)
        extracted.title = title
        return extracted
    }

    /// Collects the texts of the records.
    private struct Slides {
        /// The titles and texts of placeholders, slide by slide.
        var outline: [[(isTitle: Bool, text: String)]] = []
        /// The texts of other shapes, slide by slide.
        var boxes: [[String]] = []
        var notes: [String] = []
        private var isTitle = false
        private var noteTexts: [String] = []

        private static let container = 0xF
        private static let slide = 1006
        private static let note = 1008
        private static let list = 4080
        private static let master = 1016

        mutating func read(_ stream: [UInt8], _ range: Range<Int>, inside: Int, depth: Int) {
            guard depth < 40 else { return }
            var i = range.lowerBound
            while i + 8 <= range.upperBound {
                let head = stream.number(i, 2)
                let type = stream.number(i + 2, 2)
                let start = i + 8
                let end = min(range.upperBound, start + stream.number(i + 4, 4))
                i = end
                if head & Self.container == Self.container {
                    // Masters hold the texts that stand for missing ones.
                    if type == Self.master || type == Self.list && head >> 4 == 1 { continue }
                    var place = inside
                    if type == Self.slide {
                        boxes.append([])
                        place = Self.slide
                    } else if type == Self.note {
                        place = Self.note
                    } else if type == Self.list {
                        place = head >> 4 == 0 ? Self.list : 0
                    }
                    read(stream, start..<end, inside: place, depth: depth + 1)
                } else {
                    atom(type, stream, start..<end, inside)
                }
            }
        }

        private mutating func atom(_ type: Int, _ stream: [UInt8], _ range: Range<Int>, _ inside: Int) {
            switch type {
            case 1011: if inside == Self.list { outline.append([]) }
            case 3999: isTitle = [0, 6].contains(stream.number(range.lowerBound, 4))
            case 4000, 4008:
                let units =
                    type == 4008
                    ? stream[range].map { UInt16($0) }
                    : stride(from: range.lowerBound, to: range.upperBound - 1, by: 2).map { UInt16(stream.number($0, 2)) }
                let text = String(decoding: units.map { $0 == 13 || $0 == 11 ? 10 : $0 < 32 ? 32 : $0 }, as: UTF16.self)
                    .trimmed
                add(text, inside)
            default: break
            }
        }

        private mutating func add(_ text: String, _ inside: Int) {
            guard !text.isEmpty, text != "*" else { return }
            switch inside {
            case Self.list: if !outline.isEmpty { outline[outline.count - 1].append((isTitle, text)) }
            case Self.slide:
                if !boxes.isEmpty, !boxes[boxes.count - 1].contains(text) { boxes[boxes.count - 1].append(text) }
            case Self.note: if !notes.contains(text) { notes.append(text) }
            default: break
            }
        }
    }
}
