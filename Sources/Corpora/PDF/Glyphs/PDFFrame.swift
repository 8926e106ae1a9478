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
            if glyph.isUnseen, !keepsUnpainted || !glyph.has(CPDF_UNPAINTED) {
                if let last, !glyph.follows(page.glyphs[last]) { hidden.append(0x20) }
                last = order
                hidden += letters
                continue
            }
            let isStacked = stacked.contains(order)
            let index = frame(for: glyph, isStacked: isStacked, in: &frames)
            frames[index].add(glyph, letters, order: order, isStacked: isStacked)
        }
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

    /// The glyphs of vertical writing that the page draws one by one, each below the one before.
    private static func stackedGlyphs(_ page: PDFPage) -> Set<Int> {
        var found: Set<Int> = []
        var run: [Int] = []
        func end() {
            if run.count >= 3 { found.formUnion(run) }
            run = []
        }
        for (i, glyph) in page.glyphs.enumerated() {
            let letters = page.text(of: glyph)
            guard letters.count == 1, letters.first!.isIdeograph, glyph.direction_x > 0.99, !glyph.has(CPDF_VERTICAL) else {
                end()
                continue
            }
            if let last = run.last {
                let before = page.glyphs[last]
                let step = glyph.y - before.y
                let isBelow = abs(glyph.x - before.x) < 0.2 * glyph.size && step > 0.8 * glyph.size && step < 2 * glyph.size
                if !isBelow { end() }
            }
            run.append(i)
        }
        end()
        return found
    }
}

extension PDFFrame {
    /// Adds a glyph: to the last word, or as a new one.
    private mutating func add(_ glyph: cpdf_glyph, _ all: ArraySlice<UInt32>, order: Int, isStacked: Bool) {
        let isUnusual = all.contains { $0.isInvisible || $0.isPresentationForm || SymbolFont.isPrivate($0) }
        let letters = isUnusual ? ArraySlice(Self.clean(all)) : all
        guard let first = letters.first else { return }
        let size = min(max(Double(glyph.size.isFinite ? glyph.size : 1), 0.1), 2000)
        var (u, v) = point(onPage(glyph.x), onPage(glyph.y))
        var advance = Double(glyph.dx) * x + Double(glyph.dy) * y
        var (above, below) = (Double(glyph.ascent) * size, -Double(glyph.descent) * size)
        let isVerticalGlyph = isStacked || glyph.has(CPDF_VERTICAL)
        if isStacked { (u, v, advance) = (u - 0.88 * size, v - 0.5 * size, size) }
        if isVerticalGlyph {
            (above, below) = (0.5 * size, 0.5 * size)
            isVertical = true
        }
        advance = min(max(advance, -2000), 2000)
        if letters.allSatisfy(\.isSpace) {
            if isOpen { words[words.count - 1].endsInSpace = true }
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
        if let last = words.last, last.isHost(of: word) { word.host = last.host ?? words.count - 1 }
        if let last = words.last, last.host == nil, word.isHost(after: last) { words[words.count - 1].host = words.count }
        words.append(word)
        isOpen = true
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
    /// Whether a smaller word is the mark of a note before this word.
    fileprivate func isHost(after mark: PDFWord) -> Bool {
        let gap = left - mark.right
        let overlap = min(bottom, mark.bottom) - max(top, mark.top)
        return mark.size < 0.86 * size && mark.baseline < baseline - 0.15 * size && gap > -0.2 * size && gap < 0.4 * size
            && overlap > 0.15 * mark.height && mark.count <= 4
    }
}

extension cpdf_glyph {
    /// Whether no reader sees the glyph: white, tiny, or unpainted where no scanned image shows its letters.
    var isUnseen: Bool { has(CPDF_WHITE) || size < 1.5 || has(CPDF_UNPAINTED) && !has(CPDF_OVER_IMAGE) }

    /// Whether the glyph stands where another one ends.
    fileprivate func follows(_ other: cpdf_glyph) -> Bool {
        abs(other.x + other.dx - x) + abs(other.y + other.dy - y) < 0.2 * max(size, 0.5)
    }
}
