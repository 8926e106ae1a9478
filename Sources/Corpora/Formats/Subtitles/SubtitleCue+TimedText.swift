import Bytes

/// Subtitles in the Timed Text Markup Language (W3C).
extension SubtitleCue {
    /// The cues of a document. Nil when the text is no such document.
    static func timedTextCues(_ text: [UInt8]) -> [SubtitleCue]? {
        guard text.first(where: { !$0.isControlOrSpace }) == UInt8(ascii: "<"), let part = XMLPart(text),
            part.root.name == "tt", let body = part.root.first("body")
        else { return nil }
        let rate = part.root["frameRate"].flatMap { Double($0) } ?? 30
        let ticks = part.root["tickRate"].flatMap { Double($0) } ?? 1
        var last = 0.0
        return body.descendants("p").map { paragraph in
            let start = seconds(paragraph["begin"] ?? "", rate, ticks) ?? last
            let length = seconds(paragraph["dur"] ?? "", rate, ticks)
            let end = seconds(paragraph["end"] ?? "", rate, ticks) ?? start + (length ?? 0)
            last = end
            return SubtitleCue(start: start, end: end, time: clock(start), words: lines(paragraph))
        }
    }

    /// The lines of a paragraph.
    private static func lines(_ element: XMLElement) -> [String] {
        words(element).split(separator: "\u{2028}").map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .filter { !$0.isEmpty }
    }

    private static func words(_ element: XMLElement) -> String {
        element.children.map { child in
            switch child {
            case .text(let text): text
            case .element(let child): child.name == "br" ? "\u{2028}" : child.name == "metadata" ? "" : words(child)
            }
        }.joined()
    }

    /// The seconds of a time: a clock, a clock with frames, or a number with its unit.
    private static func seconds(_ time: String, _ rate: Double, _ ticks: Double) -> Double? {
        let clock = time.split(separator: ":")
        if clock.count == 4, let frames = Double(clock[3]) {
            return seconds(clock[..<3].joined(separator: ":")).map { $0 + frames / max(1, rate) }
        }
        if clock.count > 1 { return seconds(time) }
        guard let match = time.wholeMatch(of: #/([\d.]+)(h|m|s|ms|f|t)/#), let number = Double(match.1) else { return nil }
        switch match.2 {
        case "h": return number * 3600
        case "m": return number * 60
        case "ms": return number / 1000
        case "f": return number / max(1, rate)
        case "t": return number / max(1, ticks)
        default: return number
        }
    }
}
