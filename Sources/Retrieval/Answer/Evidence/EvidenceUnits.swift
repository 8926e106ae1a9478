import Bytes

/// Finds the units of a text.
package struct EvidenceUnits: Sendable {
    /// A longer list, or answer to a question, is quoted by its sentences.
    private static let longestList = 1200
    private static let longestAnswer = 500
    private static let longestTitle = 80

    package private(set) var units: [EvidenceUnit] = []

    private let text: [UInt8]
    private let lines: TextLines
    private let sentences: [Range<Int>]
    /// Headings of formats without marks for headings, folded.
    private let knownHeadings: Set<[UInt8]>
    private var headings: [(level: Int, range: Range<Int>)] = []
    /// The lead-in or the question that the next block belongs to.
    private var above: (range: Range<Int>, isQuestion: Bool)?
    /// The form of the lines that `above` speaks for, once there are some.
    private var spokenFor: LineForm?
    private var table: (end: Int, head: Range<Int>?, cells: [Range<Int>], isHeadCertain: Bool)?
    private var list: (items: [EvidenceUnit], above: Range<Int>, start: Int)?

    /// - Parameter headings: texts of headings that stand in the text as plain lines.
    package init(_ text: [UInt8], headings: [String] = []) {
        self.text = text
        lines = TextLines(text)
        sentences = Sentences.ranges(in: text, lines)
        knownHeadings = Set(headings.map { EvidenceUnits.folded(Array($0.utf8)[...]) })
        var i = 0
        while i < sentences.count { i = take(i) }
        closeList()
    }

    private static func folded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        Array(text.split(whereSeparator: \.isSpace).joined(separator: [32]))
    }

    /// Takes the sentence `i` with all that belongs to it; the number of the next one.
    private mutating func take(_ i: Int) -> Int {
        let range = sentences[i]
        let number = lines.line(at: range.lowerBound)
        let form = lines.forms[number]
        if let spokenFor, spokenFor != form {
            if form != .item || list == nil { above = nil }
            self.spokenFor = nil
        }
        if form != .heading, above != nil { spokenFor = form }
        switch form {
        case .rule: return i + 1
        case .row(let separator):
            takeRow(number, range, separator)
            return i + 1
        case .pair:
            takePair(range)
            return i + 1
        case .heading:
            takeHeading(range)
            return i + 1
        case .item:
            // A list may begin after a blank line.
            return takeItem(i)
        case .blank, .text:
            if knownHeadings.contains(EvidenceUnits.folded(text[range])) {
                takeHeading(range)
                return i + 1
            }
            if isTitle(i, number) {
                takeHeading(range)
                speak(range, isQuestion: false)
                return i + 1
            }
            return takeText(i)
        }
    }

    /// Whether a sentence is the first line of a text, which its writer ended without a stop, before a line of the same paragraph. It
    /// speaks for that paragraph most of all.
    private func isTitle(_ i: Int, _ line: Int) -> Bool {
        i == 0 && lines.areEnded[line] && sentences[0].count <= EvidenceUnits.longestTitle
            && sentences[0].upperBound <= lines.ranges[line].upperBound
    }

    private var direct: [Range<Int>] { above.map { [$0.range] } ?? [] }

    private mutating func takeHeading(_ range: Range<Int>) {
        closeList()
        let marks = text[range].prefix { $0 == UInt8(ascii: "#") }.count
        let level = marks == 0 ? 6 : marks
        headings.removeAll { $0.level >= level }
        let start = range.lowerBound + marks + text[range].dropFirst(marks).prefix(while: \.isSpace).count
        if start < range.upperBound, !endsQuestion(range),
            EvidenceUnits.saysSomething(WordRow(Array(text[start..<range.upperBound])))
        {
            units.append(EvidenceUnit(.heading, start..<range.upperBound, headings: headings.map(\.range)))
        }
        headings.append((level, range))
        // The text under a question is its answer; the list under a heading is what the heading names.
        above = nil
        if endsQuestion(range) { speak(range, isQuestion: true) }
        table = nil
    }

    /// Whether a heading is a sentence by its words: a verb or a number stands inside.
    private static func saysSomething(_ row: WordRow) -> Bool {
        guard row.words.count > 3, !AnswerWords.askers.contains(row.words[0]) else { return false }
        // The year of a version says nothing.
        return row.words.dropFirst().contains { word in
            Numerals.isNumber(word) && !(word[0].isDigit && word.count == 4) || AnswerWords.copulas.contains(word)
                || AnswerWords.auxiliaries.contains(word) || AnswerWords.weekdays.contains(word)
        }
    }

    private mutating func takeText(_ i: Int) -> Int {
        closeList()
        let range = sentences[i]
        let block = blockEnd(i)
        if isLeadIn(range) {
            speak(range, isQuestion: false)
            return i + 1
        }
        if block == i + 1, endsQuestion(range) || hasPrefix(range, EvidenceUnits.questionMarks) != nil {
            speak(range, isQuestion: true)
            return i + 1
        }
        takeBlock(i..<block)
        return block
    }

    /// The sentences of a paragraph.
    private mutating func takeBlock(_ block: Range<Int>) {
        let isAnswer = above?.isQuestion == true
        let first = sentences[block.lowerBound]
        let end = sentences[block.upperBound - 1].upperBound
        let start = first.lowerBound + (isAnswer ? hasPrefix(first, EvidenceUnits.answerMarks) ?? 0 : 0)
        // A paragraph may end with the lead-in of a list.
        let last = isLeadIn(sentences[block.upperBound - 1]) ? block.upperBound - 1 : block.upperBound
        if isAnswer, start < end, end - start <= EvidenceUnits.longestAnswer, last == block.upperBound {
            units.append(EvidenceUnit(.answer, start..<end, context: direct, headings: headings.map(\.range)))
        } else {
            // The last sentence that names what pronouns behind it stand for.
            var naming: Range<Int>?
            for i in block.lowerBound..<last {
                let isOfPronoun = beginsWithPronoun(sentences[i])
                defer { if !isOfPronoun { naming = sentences[i] } }
                guard !endsQuestion(sentences[i]) else { continue }
                let from = i == block.lowerBound ? min(start, sentences[i].upperBound) : sentences[i].lowerBound
                guard from < sentences[i].upperBound else { continue }
                // A question inside a paragraph speaks for the sentence after it.
                let asked = i > block.lowerBound && endsQuestion(sentences[i - 1]) ? [sentences[i - 1]] : []
                var unit = EvidenceUnit(
                    above == nil && asked.isEmpty ? .sentence : .answer, from..<sentences[i].upperBound,
                    context: direct + asked, headings: headings.map(\.range))
                unit.previous = i > block.lowerBound ? sentences[i - 1] : nil
                unit.named = isOfPronoun ? naming : nil
                units.append(unit)
            }
        }
        above = nil
        table = nil
        if last < block.upperBound { speak(sentences[last], isQuestion: false) }
    }

    private func beginsWithPronoun(_ range: Range<Int>) -> Bool {
        WordRow(Array(text[range].prefix(60))).startsWithPronoun
    }

    /// Lets a sentence speak for the block that follows.
    private mutating func speak(_ range: Range<Int>, isQuestion: Bool) {
        above = (range, isQuestion)
        spokenFor = nil
    }

    private mutating func takeItem(_ i: Int) -> Int {
        if list == nil, let head = above?.range ?? headings.last?.range { list = ([], head, sentences[i].lowerBound) }
        // The sentences of one item: up to the next item or the next block.
        var end = i + 1
        while end < sentences.count, !isBlockStart(end),
            lines.forms[lines.line(at: sentences[end].lowerBound)] == .text
                || lines.line(at: sentences[end].lowerBound) == lines.line(at: sentences[end - 1].lowerBound)
        { end += 1 }
        for j in i..<end where !endsQuestion(sentences[j]) && !(isLeadIn(sentences[j]) && end < sentences.count) {
            let start =
                j == i ? min(TextLines.itemStart(text, sentences[j]), sentences[j].upperBound - 1) : sentences[j].lowerBound
            let isPair = end == i + 1 && TextLines.keyEnd(text[start..<sentences[j].upperBound]) != nil
            var unit = EvidenceUnit(
                isPair ? .pair : .item, start..<sentences[j].upperBound, context: direct,
                headings: headings.map(\.range))
            if isPair { setKey(of: &unit) }
            unit.previous = j > i ? sentences[j - 1] : nil
            units.append(unit)
            list?.items.append(unit)
        }
        return end
    }

    /// Adds the list as a whole.
    private mutating func closeList() {
        defer { list = nil }
        guard let list else { return }
        above = nil
        guard list.items.count > 1, let first = list.items.first, let last = list.items.last,
            last.range.upperBound - list.start <= EvidenceUnits.longestList
        else { return }
        units.append(
            EvidenceUnit(
                .list, list.start..<last.range.upperBound, context: [list.above], headings: first.headings))
    }

    private mutating func takePair(_ range: Range<Int>) {
        closeList()
        if hasPrefix(range, EvidenceUnits.questionMarks) != nil || endsQuestion(range) {
            speak(range, isQuestion: true)
            return
        }
        if above?.isQuestion == true, let prefix = hasPrefix(range, EvidenceUnits.answerMarks) {
            units.append(
                EvidenceUnit(
                    .answer, range.lowerBound + prefix..<range.upperBound, context: direct, headings: headings.map(\.range)))
            above = nil
            return
        }
        // The section of a file of settings is a part of the key.
        let section = headings.last.map(\.range).flatMap { text[$0.lowerBound] == UInt8(ascii: "[") ? [$0] : nil } ?? []
        var unit = EvidenceUnit(.pair, range, context: section + direct, headings: headings.map(\.range))
        setKey(of: &unit)
        units.append(unit)
    }

    /// Takes the key of a pair as its head, and the value as its cell.
    private func setKey(of unit: inout EvidenceUnit) {
        guard let sign = TextLines.keyEnd(text[unit.range]) ?? TextLines.settingEnd(text[unit.range]) else { return }
        let value = text[sign + 1..<unit.range.upperBound].drop(while: \.isSpace)
        let key = text[unit.range.lowerBound..<sign]
        unit.head = [key.startIndex..<(key.lastIndex { !$0.isSpace }.map { $0 + 1 } ?? sign)]
        unit.cells = [value.startIndex..<unit.range.upperBound]
    }

    private mutating func takeRow(_ number: Int, _ range: Range<Int>, _ separator: UInt8) {
        closeList()
        if table == nil || table!.end < number { openTable(number, separator) }
        guard let table, table.head != range || !table.isHeadCertain else { return }
        var unit = EvidenceUnit(
            .row, range, context: direct + (table.head.map { $0 == range ? [] : [$0] } ?? []),
            headings: headings.map(\.range))
        unit.cells = TableCells.ranges(in: text, row: range, separator: separator)
        unit.head = table.head == range ? [] : table.cells
        units.append(unit)
    }

    /// Reads the head of the table that begins at a line.
    private mutating func openTable(_ number: Int, _ separator: UInt8) {
        var rows: [Range<Int>] = []
        var end = number
        var hasRule = false
        while end < lines.forms.count {
            if lines.forms[end] == .row(separator) {
                rows.append(lines.ranges[end])
            } else if lines.forms[end] == .rule {
                hasRule = hasRule || rows.count == 1
            } else {
                break
            }
            end += 1
        }
        let cells = rows.map { TableCells.ranges(in: text, row: $0, separator: separator) }
        let isHead = rows.count > 1 && TableCells.isHead(cells[0], of: cells, hasRule: hasRule, in: text)
        let first = sentences.first { $0.lowerBound >= rows[0].lowerBound }
        table = (end - 1, isHead || rows.count > 2 ? first : nil, cells[0], isHead)
    }

    // MARK: Forms of sentences

    private static let questionMarks = ["Q:", "Q.", "Question:", "F:", "Frage:"].map { Array($0.utf8) }
    private static let answerMarks = ["A:", "A.", "Answer:", "Antwort:"].map { Array($0.utf8) }

    /// The length of one of some marks, with the white space after it, that a sentence begins with.
    private func hasPrefix(_ range: Range<Int>, _ marks: [[UInt8]]) -> Int? {
        let plain = text[range].drop { $0 == UInt8(ascii: "*") }
        guard let mark = marks.first(where: { plain.starts(with: $0) }) else { return nil }
        let rest = plain.dropFirst(mark.count).drop { $0.isSpace || $0 == UInt8(ascii: "*") }
        return rest.startIndex - range.lowerBound
    }

    private func endsQuestion(_ range: Range<Int>) -> Bool { last(of: range) == UInt8(ascii: "?") }
    private func isLeadIn(_ range: Range<Int>) -> Bool { last(of: range) == UInt8(ascii: ":") }

    /// The last byte of a sentence without marks of emphasis and closing quotation marks.
    private func last(of range: Range<Int>) -> UInt8? { text[range].last { !"*_\"'#) ".utf8.contains($0) } }

    /// The end of the block of sentences that begins with sentence `i`.
    private func blockEnd(_ i: Int) -> Int {
        var end = i + 1
        while end < sentences.count, !isBlockStart(end) { end += 1 }
        return end
    }

    /// Whether a blank line, or a line of another form, parts a sentence from the one before.
    private func isBlockStart(_ i: Int) -> Bool {
        let line = lines.line(at: sentences[i].lowerBound)
        let before = lines.line(at: sentences[i - 1].upperBound - 1)
        guard line > before else { return false }
        return lines.forms[line] != .text || line > before + 1 && lines.forms[before + 1..<line].contains(.blank)
    }
}
