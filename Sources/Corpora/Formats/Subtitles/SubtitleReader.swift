import Bytes

extension MediaType {
    /// Subtitles of a film.
    package static let subtitles = MediaType(rawValue: "subtitles")
}

/// Reads subtitles (SubRip, WebVTT, SubStation Alpha, TTML). The words of a scene become one paragraph, and its time is the place of the paragraph.
struct SubtitleReader: Reader {
    let format = Format(
        .subtitles, extensions: ["srt", "vtt", "sbv", "ass", "ssa", "ttml", "dfxp"],
        signatures: [.opening("webvtt"), .opening("[script info]")])

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        let decoding = try TextReader.decode(bytes)
        let lines = decoding.text.split(separator: 10, omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
        }
        let (cues, before) = SubtitleCue.all(lines, decoding.text)
        guard !cues.isEmpty else {
            // No time in it: the file is text of another kind.
            return Document(
                title: nil, mediaType: .subtitles, text: decoding.text, spans: [], original: .encoded(decoding.form))
        }
        var extracted = Extracted()
        extracted.isTitledByHeading = false
        extracted.title = lines.first.flatMap { line in
            line.hasPrefix("WEBVTT ") ? String(line.dropFirst(7).trimmingPrefix { $0 == "-" || $0 == " " }) : nil
        }
        for note in SubtitleCue.notes(lines) { extracted.append(paragraph: note) }
        if !before.isEmpty { extracted.append(paragraph: before.joined(separator: " ")) }
        var last: SubtitleCue?
        for cue in cues where !cue.words.isEmpty {
            // A cue that moves up the screen is written again with the next line.
            let words = cue.words.filter { !(last?.words.contains($0) ?? false) || cue.start - (last?.end ?? 0) > 1 }
            defer { last = cue }
            if words.isEmpty { continue }
            if let last, cue.start - last.end < 2, cue.start >= last.start, !Self.isLong(extracted) {
                extracted.text.removeLast()
                extracted.text += Array((" " + words.joined(separator: " ") + "\n").utf8)
            } else {
                if !extracted.text.isEmpty { extracted.text.append(10) }
                extracted.headings.append(Heading(start: extracted.text.count, level: 1, text: cue.time))
                extracted.text += Array((words.joined(separator: " ") + "\n").utf8)
            }
        }
        return try extracted.document(.subtitles)
    }

    /// Whether the last paragraph is long and ends with a sentence.
    private static func isLong(_ extracted: Extracted) -> Bool {
        guard let start = extracted.headings.last?.start else { return true }
        let length = extracted.text.count - start
        let end = extracted.text.dropLast().last
        return length > 1200 || length > 300 && end.map { ".!?".utf8.contains($0) } ?? true
    }
}

/// A piece of subtitles with its times in seconds.
struct SubtitleCue {
    let start: Double
    let end: Double
    /// The start as the file writes it, without fractions.
    let time: String
    /// The lines, without marks for fonts and places.
    var words: [String]

    /// The cues of a file in one of the formats, in order, and the lines before the first one.
    static func all(_ lines: [String], _ text: [UInt8]) -> (cues: [SubtitleCue], before: [String]) {
        let isScript =
            lines.contains { $0.hasPrefix("Dialogue:") } && lines.contains { $0.lowercased().hasPrefix("[events]") }
        if isScript { return (scriptCues(lines), []) }
        if let cues = timedTextCues(text) { return (cues, []) }
        return cues(lines)
    }

    /// The cues of a file, in order, and the lines before the first one. A line without a time belongs to the cue before it.
    static func cues(_ lines: [String]) -> (cues: [SubtitleCue], before: [String]) {
        var cues: [SubtitleCue] = []
        var before: [String] = []
        var isAside = false
        var index = 0
        while index < lines.count {
            guard let (start, end, time) = times(lines[index]) else {
                let line = lines[index].trimmed
                // The head of WebVTT, its notes and its styles reach to the next blank line.
                if line.isEmpty {
                    isAside = false
                } else if ["WEBVTT", "NOTE", "STYLE", "REGION"].contains(String(line.prefix { $0 != " " && $0 != "\t" })) {
                    isAside = true
                }
                index += 1
                // The name of a cue stands above its time.
                if line.isEmpty || isAside || index < lines.count && times(lines[index]) != nil { continue }
                if cues.isEmpty { before.append(plain(line)) } else { cues[cues.count - 1].words.append(plain(line)) }
                continue
            }
            isAside = false
            var words: [String] = []
            index += 1
            while index < lines.count, !lines[index].trimmed.isEmpty, times(lines[index]) == nil {
                let isNumber =
                    lines[index].utf8.allSatisfy(\.isDigit) && index + 1 < lines.count && times(lines[index + 1]) != nil
                let text = isNumber ? "" : plain(lines[index])
                if !text.isEmpty { words.append(text) }
                index += 1
            }
            cues.append(SubtitleCue(start: start, end: end, time: time, words: words))
        }
        return (cues, before)
    }

    /// The notes of a WebVTT file, which players do not show.
    static func notes(_ lines: [String]) -> [String] {
        var notes: [String] = []
        var isNote = false
        for line in lines {
            if line.hasPrefix("NOTE"), line.count == 4 || line.dropFirst(4).first?.isWhitespace == true {
                isNote = true
                notes.append(String(line.dropFirst(4)).trimmed)
            } else if line.trimmed.isEmpty {
                isNote = false
            } else if isNote {
                notes[notes.count - 1] += (notes[notes.count - 1].isEmpty ? "" : " ") + line.trimmed
            }
        }
        return notes.filter { !$0.isEmpty }.map { "[Note: \($0)]" }
    }

    /// The times of a line such as "00:01:02,500 --> 00:01:04,000".
    private static func times(_ line: String) -> (Double, Double, String)? {
        let match = line.prefixMatch(
            of: #/\s*((?:\d{1,3}:)?\d{1,2}:\d{2})[.,](\d{1,3})\s*(?:-->|,)\s*((?:\d{1,3}:)?\d{1,2}:\d{2})[.,](\d{1,3})/#)
        guard let match, let start = seconds("\(match.1).\(match.2)"), let end = seconds("\(match.3).\(match.4)") else {
            return nil
        }
        return (start, end, String(match.1))
    }

    /// A line without tags. The name of a WebVTT speaker stands before the words, and a reading behind its characters.
    /// Other words between signs are text, as in "if x < 6 and y > 2".
    private static func plain(_ line: String) -> String {
        line.replacing(#/<v(?:\.[^ >]*)?\s+([^>]+)>/#) { $0.1 + ": " }
            .replacing(#/<rt(?:\.[^ >]*)?>([^<]*)/#) { "(\($0.1))" }
            .replacing(#/<\/?(?:[ibusc]|ruby|rt|em|strong|strike)(?:\.[^<>\s]+)?\s*>/#.ignoresCase(), with: "")
            .replacing(#/<\/?(?:font|span|lang|v)(?:[.\s][^<>]{0,200})?>/#.ignoresCase(), with: "")
            .replacing(#/<(?:\d+:)?\d\d:\d\d\.\d{3}>|\{\\[^}]*\}/#, with: "")
            .replacing(#/<br\s*\/?>/#.ignoresCase(), with: " ")
            .replacing("&amp;", with: "&").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&nbsp;", with: " ").replacing("&lrm;", with: "").replacing("&rlm;", with: "").trimmed
    }
}
