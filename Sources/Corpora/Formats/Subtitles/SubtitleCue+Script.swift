/// Subtitles of SubStation Alpha.
extension SubtitleCue {
    /// The cues of the lines "Dialogue: …". The name of a speaker stands before the words.
    static func scriptCues(_ lines: [String]) -> [SubtitleCue] {
        var fields = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"]
        var isInEvents = false
        var cues: [SubtitleCue] = []
        for line in lines {
            if line.hasPrefix("[") { isInEvents = line.lowercased().hasPrefix("[events]") }
            if isInEvents, line.hasPrefix("Format:") {
                let named = line.dropFirst(7).split(separator: ",").map { String($0).trimmed.lowercased() }
                if !named.isEmpty { fields = named }
            }
            guard line.hasPrefix("Dialogue:") else { continue }
            let values = line.dropFirst(9).split(
                separator: ",", maxSplits: fields.count - 1, omittingEmptySubsequences: false)
            func value(_ names: String...) -> String {
                guard let index = fields.firstIndex(where: names.contains), index < values.count else { return "" }
                return String(values[index]).trimmed
            }
            guard let start = seconds(value("start")), let end = seconds(value("end")) else { continue }
            var words = plain(script: value("text"))
            let name = value("name", "actor")
            if let first = words.first, !name.isEmpty { words[0] = name + ": " + first }
            cues.append(SubtitleCue(start: start, end: end, time: clock(start), words: words))
        }
        return cues.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }.map(\.element)
    }

    /// The lines of a text without its codes and drawings.
    private static func plain(script text: String) -> [String] {
        var plain = ""
        var isDrawing = false
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if !isDrawing { plain += rest[..<open] }
            if let mode = rest[open...close].firstMatch(of: #/\\p(\d+)/#) { isDrawing = mode.1 != "0" }
            rest = rest[rest.index(after: close)...]
        }
        if !isDrawing { plain += rest }
        let lines = plain.replacing("\\N", with: "\n").replacing("\\n", with: "\n").replacing("\\h", with: " ")
        return lines.split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty }
    }
}

extension SubtitleCue {
    /// The seconds of a clock such as "0:00:01.50". Nil for other text.
    static func seconds(_ clock: String) -> Double? {
        let parts = clock.split(separator: ":").map { Double($0) }
        guard (2...3).contains(parts.count), parts.allSatisfy({ $0 != nil }) else { return nil }
        return parts.reduce(0) { $0 * 60 + $1! }
    }

    /// A time of a film as hours, minutes and seconds.
    static func clock(_ seconds: Double) -> String {
        let whole = Int(max(0, min(seconds, 1e6)))
        let hours = NumberFormat.two(whole / 3600)
        return "\(hours):\(NumberFormat.two(whole / 60 % 60)):\(NumberFormat.two(whole % 60))"
    }
}
