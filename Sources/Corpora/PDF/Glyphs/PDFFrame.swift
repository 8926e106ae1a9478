import Algorithms
import CPDF

/// The words of a page whose baselines run in one direction, in a frame in which they run to the right and lines go down.
struct PDFFrame {
    /// The direction of the baselines on the page, of length 1.
    let x: Double
    let y: Double
    var words: [PDFWord] = []
    /// The number of glyphs.
    var glyphCount = 0
    /// Whether the writing is vertical: the lines are columns from right to left.
    var isVertical = false

    /// Whether a word may be continued.
    private var isOpen = false

    /// A space that does not follow the word that is drawn before it.
    private struct Space {
        let left: Double
        let right: Double
        let baseline: Double
    }
    private var spaces: [Space] = []
    /// The most words that spaces are compared with.
    private static let mostComparisons = 20_000_000

    /// The most directions of one page. Text in further directions joins the last one.
    private static let most = 24

    init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    /// Whether the baselines run across the page from left to right.
    var isUpright: Bool { x > 0.99 }

    /// The point of the frame for a point of the page.
    func point(_ px: Double, _ py: Double) -> (u: Double, v: Double) { (px * x + py * y, py * x - px * y) }

    /// Sorts the glyphs of a page into frames. Glyphs that no reader sees go to `hidden`, as text in the order of drawing.
    static func frames(_ page: PDFPage, hidden: inout [UInt32]) -> [PDFFrame] {
        var frames: [PDFFrame] = []
        let stacked = stackedGlyphs(page)
        // Where most letters are unpainted, they are the text of a page whose letters are drawn as pictures.
        let unpainted = page.glyphs.count { $0.has(CPDF_UNPAINTED) && !$0.has(CPDF_OVER_IMAGE) }
        let keepsUnpainted = unpainted * 2 > page.glyphs.count
        var last: Int?
        for (order, glyph) in page.glyphs.enumerated() {
            let letters = page.text(of: glyph)
            guard !letters.isEmpty, !glyph.has(CPDF_OUTSIDE) else { continue }
            if page.hides(glyph), !keepsUnpainted || !glyph.has(CPDF_UNPAINTED) {
                if let last, !glyph.follows(page.glyphs[last]) { hidden.append(0x20) }
                last = order
                hidden += letters
                continue
            }
            let step = stacked[order]
            let index = frame(for: glyph, isStacked: step != nil, in: &frames)
            frames[index].add(glyph, letters, order: order, step: step)
        }
        for i in frames.indices { frames[i].settleSpaces() }
        return frames
    }

    /// The index of the frame with the direction of a glyph. The axes of the page attract directions that are near to them.
    private static func frame(for glyph: cpdf_glyph, isStacked: Bool, in frames: inout [PDFFrame]) -> Int {
        var (x, y) = isStacked ? (0, 1) : (Double(glyph.direction_x), Double(glyph.direction_y))
        if abs(x) < 0.05 { (x, y) = (0, y < 0 ? -1 : 1) }
        if abs(y) < 0.05 { (x, y) = (x < 0 ? -1 : 1, 0) }
        if let index = frames.firstIndex(where: { $0.x * x + $0.y * y > 0.998 }) { return index }
        if frames.count < most { frames.append(PDFFrame(x: x, y: y)) }
        return frames.count - 1
    }

    /// The glyphs that the page draws one by one, each below the one before, with the step to the next one: vertical writing, and words
    /// of capital letters.
    private static func stackedGlyphs(_ page: PDFPage) -> [Int: Double] {
        var found: [Int: Double] = [:]
        var run: [Int] = []
        func end() {
            defer { run = [] }
            guard run.count >= 3, let first = run.first else { return }
            if page.text(of: page.glyphs[first]).first!.isIdeograph {
                for i in run { found[i] = Double(page.glyphs[i].size) }
            } else if PDFSpacedWords.isHeading(run.compactMap { page.text(of: page.glyphs[$0]).first }, fewest: 4) {
                let step = Double(page.glyphs[run[1]].y - page.glyphs[first].y)
                for i in run { found[i] = step }
            }
        }
        for (i, glyph) in page.glyphs.enumerated() {
            let letters = page.text(of: glyph)
            guard letters.count == 1, let letter = letters.first, glyph.direction_x > 0.99, !glyph.has(CPDF_VERTICAL),
                letter.isIdeograph || letter.isCapital
            else {
                end()
                continue
            }
            if let last = run.last, !page.glyphs[last].isAbove(glyph, isIdeograph: letter.isIdeograph) { end() }
            if let last = run.last, page.text(of: page.glyphs[last]).first!.isIdeograph != letter.isIdeograph { end() }
            if run.count > 1, !letter.isIdeograph {
                let (a, b) = (page.glyphs[run[run.count - 2]], page.glyphs[run[run.count - 1]])
                if abs(glyph.y - b.y - (b.y - a.y)) > 0.1 * glyph.size { end() }
            }
            run.append(i)
        }
        end()
        return found
    }
}

extension PDFFrame {
    /// Adds a glyph: to the last word, or as a new one.
    ///
    /// - Parameter step: how far below the next glyph stands, for stacked glyphs.
    private mutating func add(_ glyph: cpdf_glyph, _ all: ArraySlice<UInt32>, order: Int, step: Double?) {
        let isUnusual = all.contains { $0.isInvisible || $0.isPresentationForm || SymbolFont.isPrivate($0) }
        let letters = isUnusual ? ArraySlice(Self.clean(all)) : all
        guard let first = letters.first else { return }
        let size = min(max(Double(glyph.size.isFinite ? glyph.size : 1), 0.1), 2000)
        var (u, v) = point(onPage(glyph.x), onPage(glyph.y))
        var advance = Double(glyph.dx) * x + Double(glyph.dy) * y
        var (above, below) = (Double(glyph.ascent) * size, -Double(glyph.descent) * size)
        let isVerticalGlyph = step != nil || glyph.has(CPDF_VERTICAL)
        if let step {
            let half = first.isIdeograph ? 0.5 * size : 0.5 * onPage(glyph.dx)
            (u, v, advance) = (u - 0.88 * size, v - half, step)
        }
        if isVerticalGlyph {
            (above, below) = (0.5 * size, 0.5 * size)
            isVertical = true
        }
        advance = min(max(advance, -2000), 2000)
        if letters.allSatisfy(\.isSpace) {
            if isOpen { add(Space(left: min(u, u + advance), right: max(u, u + advance), baseline: v)) }
            isOpen = false
            return
        }
        glyphCount += 1
        let new = PDFWord.Glyph(letters: letters, left: min(u, u + advance), right: max(u, u + advance))
        if isOpen, compose(first, letters.count, new) { return }
        if isOpen, isRepeated(new, v, size) { return }
        if isOpen, words[words.count - 1].isContinued(by: new, baseline: v, size: size) {
            words[words.count - 1].append(new)
            return
        }
        var word = PDFWord(new, baseline: v, top: v - above, bottom: v + below, size: size, order: order)
        if let last = words.last, last.isSign(before: word) {
            words[words.count - 1].append(new)
            isOpen = true
            return
        }
        if let last = words.last, last.isHost(of: word) || last.isHost(of: word, like: last.host.map { words[$0] } ?? last) {
            word.host = last.host ?? words.count - 1
        }
        if let last = words.last, last.host == nil, word.isHost(after: last) { words[words.count - 1].host = words.count }
        words.append(word)
        isOpen = true
    }

    /// Adds a space that is drawn after the last word: at its end, or for later.
    private mutating func add(_ space: Space) {
        let word = words[words.count - 1]
        let isRightToLeft = word.glyphs.last?.letters.last?.isRightToLeft ?? false
        let isNext = isRightToLeft ? abs(space.left - word.right) < 0.3 * word.size : space.left > word.left
        if isNext, abs(space.baseline - word.baseline) < word.size {
            words[words.count - 1].endsInSpace = true
        } else {
            spaces.append(space)
        }
    }

    /// Gives each other space to the words that it stands between: text from right to left is drawn in any order.
    private mutating func settleSpaces() {
        guard !spaces.isEmpty else { return }
        let sorted = words.indices.sorted { words[$0].baseline < words[$1].baseline }
        let largest = words.map(\.size).max() ?? 0
        var comparisons = 0
        for space in spaces {
            let first = sorted.partitioningIndex { words[$0].baseline > space.baseline - 0.5 * largest }
            var (before, after): (Int?, Int?)
            for i in sorted[first...].prefix(while: { words[$0].baseline < space.baseline + 0.5 * largest }) {
                comparisons += 1
                let word = words[i]
                guard abs(word.baseline - space.baseline) < 0.5 * word.size else { continue }
                let (toLeft, toRight) = (abs(space.left - word.right), abs(word.left - space.right))
                if toLeft < 0.2 * word.size, before.map({ toLeft < abs(space.left - words[$0].right) }) ?? true {
                    before = i
                }
                if toRight < 0.2 * word.size, after.map({ toRight < abs(words[$0].left - space.right) }) ?? true {
                    after = i
                }
            }
            if let before { words[before].endsInSpace = true }
            if let after { words[after].startsAfterSpace = true }
            if comparisons > Self.mostComparisons { break }
        }
        spaces = []
    }

    /// Letters without invisible scalars, with letters in place of their presentation forms, and with symbols in place of codes
    /// that fonts of symbols share.
    private static func clean(_ letters: ArraySlice<UInt32>) -> [UInt32] {
        let kept = letters.filter { !$0.isInvisible }.map { SymbolFont.common(of: $0) ?? $0 }
        guard kept.contains(where: \.isPresentationForm) else { return kept }
        return kept.flatMap { $0.isPresentationForm ? normalised([$0]) : [$0] }
    }

    /// The normal form (NFKC) of some scalars.
    static func normalised(_ letters: [UInt32]) -> [UInt32] {
        var result: UnsafeMutablePointer<UInt32>?
        let count = cpdf_normalise(letters, letters.count, &result)
        defer { cpdf_free(result) }
        return count == 0 ? letters : Array(UnsafeBufferPointer(start: result, count: count))
    }

    /// Joins a mark to the letter that it stands over. False when the glyph is no such mark.
    private mutating func compose(_ first: UInt32, _ count: Int, _ glyph: PDFWord.Glyph) -> Bool {
        guard count == 1 else { return false }
        let word = words.count - 1
        let middle = (glyph.left + glyph.right) / 2
        if first.isCombining {
            let nearest = words[word].glyphs.indices.min {
                distance(words[word].glyphs[$0], middle) < distance(words[word].glyphs[$1], middle)
            }
            guard let nearest, distance(words[word].glyphs[nearest], middle) < words[word].size else { return false }
            words[word].glyphs[nearest].letters += [first]
            return true
        }
        // TeX draws the accent first and the letter over it, or the other way round.
        guard let last = words[word].glyphs.last, last.letters.count == 1, let letter = last.letters.first else {
            return false
        }
        let overlap = min(last.right, glyph.right) - max(last.left, glyph.left)
        guard overlap > 0.5 * min(last.right - last.left, glyph.right - glyph.left), overlap > 0 else { return false }
        let pair: [UInt32]
        if let accent = letter.combiningAccent, first.isLetter {
            pair = [first, accent]
        } else if let accent = first.combiningAccent, letter.isLetter {
            pair = [letter, accent]
        } else {
            return false
        }
        words[word].glyphs[words[word].glyphs.count - 1].letters = ArraySlice(Self.normalised(pair))
        words[word].left = min(words[word].left, glyph.left)
        words[word].right = max(words[word].right, glyph.right)
        return true
    }

    private func distance(_ glyph: PDFWord.Glyph, _ place: Double) -> Double {
        max(glyph.left - place, place - glyph.right, 0)
    }

    /// Whether the glyph is the last one again, drawn twice to look bold.
    private func isRepeated(_ glyph: PDFWord.Glyph, _ baseline: Double, _ size: Double) -> Bool {
        let word = words[words.count - 1]
        guard let last = word.glyphs.last, last.letters == glyph.letters, abs(baseline - word.baseline) < 0.1 * size else {
            return false
        }
        return abs(last.left - glyph.left) < min(0.05 * size, 0.3 * (last.right - last.left))
    }
}

extension PDFWord {
    /// Whether a smaller word is an index or exponent that follows this word.
    fileprivate func isHost(of word: PDFWord) -> Bool {
        guard word.size < 0.86 * size, !endsInSpace || host != nil else { return false }
        let gap = word.left - right
        let overlap = min(bottom, word.bottom) - max(top, word.top)
        return gap > -0.2 * size && gap < 0.3 * size && overlap > 0.15 * word.height
    }
}

extension PDFWord {
    /// The least and most that letters as large as those of the line are raised or lowered, as shares of the size.
    private static let shifts = 0.2...0.55

    /// Whether a word of the same size is an index or exponent that follows this word: it is raised or lowered, without a gap.
    ///
    /// - Parameter base: the word on the line that this word is, or is an index or exponent of.
    fileprivate func isHost(of word: PDFWord, like base: PDFWord) -> Bool {
        guard word.size > 0.8 * base.size, word.size < 1.05 * base.size, !base.endsInSpace else { return false }
        guard Self.shifts.contains(abs(word.baseline - base.baseline) / base.size) else { return false }
        let gap = word.left - right
        guard host == nil else { return isLevel(with: word) && gap > -0.1 * size && gap < 0.45 * size }
        return gap > -0.05 * size && gap < 0.15 * size
    }

    /// Whether a word stands on the baseline of this one.
    func isLevel(with word: PDFWord) -> Bool { abs(word.baseline - baseline) < 0.12 * size }

    /// Whether this word is the raised or lowered sign of a number, whose digits are the other word.
    fileprivate func isSign(before word: PDFWord) -> Bool {
        guard host != nil, count == 1, let sign = first, "+-\u{2212}–".unicodeScalars.contains(sign), isLevel(with: word)
        else {
            return false
        }
        let gap = word.left - right
        return word.startsWithDigit && word.size < 1.1 * size && gap > -0.1 * size && gap < 0.45 * size
    }
}

extension PDFWord {
    /// Whether a smaller word is the mark of a note before this word.
    fileprivate func isHost(after mark: PDFWord) -> Bool {
        let gap = left - mark.right
        let overlap = min(bottom, mark.bottom) - max(top, mark.top)
        return mark.size < 0.86 * size && mark.baseline < baseline - 0.15 * size && gap > -0.2 * size && gap < 0.4 * size
            && overlap > 0.15 * mark.height && mark.count <= 4
    }
}

extension cpdf_glyph {
    /// Whether a glyph is the next one below in a stack. Ideographs start at one place, and letters have one middle.
    fileprivate func isAbove(_ other: cpdf_glyph, isIdeograph: Bool) -> Bool {
        let step = other.y - y
        guard step > 0.8 * other.size, step < 2 * other.size else { return false }
        if isIdeograph { return abs(other.x - x) < 0.2 * other.size }
        return abs(other.x + other.dx / 2 - x - dx / 2) < 0.12 * other.size && abs(other.size - size) < 0.05 * size
    }

    /// Whether the glyph stands where another one ends.
    fileprivate func follows(_ other: cpdf_glyph) -> Bool {
        abs(other.x + other.dx - x) + abs(other.y + other.dy - y) < 0.2 * max(size, 0.5)
    }
}
