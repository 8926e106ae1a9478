import CPDF

/// Glyphs that follow one another on a baseline. Places are in the frame of the word: the baseline runs to the right.
struct PDFWord {
    /// A glyph with its letters, in logical order.
    struct Glyph {
        var letters: ArraySlice<UInt32>
        var left: Double
        var right: Double
        /// Whether the page strikes the glyph out.
        var isStruck = false
    }

    var glyphs: [Glyph]
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double
    let baseline: Double
    /// The size of the font.
    let size: Double
    /// Whether the page draws a space to the right of the word.
    var endsInSpace = false
    /// Whether the page draws a space to the left of the word. Text from right to left has its spaces there.
    var startsAfterSpace = false
    /// The gap between the letters of a word that is spaced out; 0 for other words.
    var letterSpacing = 0.0
    /// The place of the word in the order of drawing.
    let order: Int
    /// The word before that this one is an index or exponent of.
    var host: Int?

    var height: Double { bottom - top }

    /// The first letter.
    var first: Unicode.Scalar? { glyphs.first?.letters.first.flatMap(Unicode.Scalar.init) }

    /// The letters, from left to right.
    var text: String {
        var view = String.UnicodeScalarView()
        for glyph in glyphs {
            for value in glyph.letters { if let scalar = Unicode.Scalar(value) { view.append(scalar) } }
        }
        return String(view)
    }

    /// The number of letters.
    var count: Int { glyphs.reduce(0) { $0 + $1.letters.count } }

    /// A word of one glyph.
    init(_ glyph: Glyph, baseline: Double, top: Double, bottom: Double, size: Double, order: Int) {
        glyphs = [glyph]
        left = glyph.left
        right = glyph.right
        self.top = top
        self.bottom = bottom
        self.baseline = baseline
        self.size = size
        self.order = order
    }

    mutating func append(_ glyph: Glyph) {
        glyphs.append(glyph)
        left = min(left, glyph.left)
        right = max(right, glyph.right)
    }

    /// Whether the page draws a space between the word and the next one to the right.
    func isSpaced(from next: PDFWord) -> Bool { endsInSpace || next.startsAfterSpace }

    /// Whether a glyph continues the word.
    func isContinued(by glyph: Glyph, baseline: Double, size: Double) -> Bool {
        guard abs(baseline - self.baseline) < 0.12 * self.size, size < 1.25 * self.size, self.size < 1.25 * size else {
            return false
        }
        let gap = glyph.left - right
        return gap < 0.12 * size && gap > -0.5 * size
    }
}

/// The scalars that need care when words are made.
extension UInt32 {
    /// Whether the scalar shows nothing: control characters, marks of direction, zero-width characters.
    var isInvisible: Bool {
        switch self {
        case 0..<32, 0x7F...0x9F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: true
        default: false
        }
    }

    /// Whether the scalar is a space.
    var isSpace: Bool {
        self == 0x20 || self == 0xA0 || (0x2000...0x200A).contains(self) || self == 0x202F || self == 0x3000
    }

    /// Whether the scalar is a letter.
    var isLetter: Bool {
        if self < 0x80 { return (0x61...0x7A).contains(self | 0x20) }
        return Unicode.Scalar(self)?.properties.isAlphabetic == true
    }

    /// Whether the scalar is a capital letter.
    var isCapital: Bool { Unicode.Scalar(self)?.properties.isUppercase == true }

    /// Whether the scalar is a mark on the letter before it.
    var isCombining: Bool {
        guard self >= 0x300, let scalar = Unicode.Scalar(self) else { return false }
        return scalar.properties.generalCategory == .nonspacingMark
    }

    /// The combining mark of an accent that stands alone, as TeX draws it over a letter. Nil for other scalars.
    var combiningAccent: UInt32? {
        switch self {
        case 0x60, 0x2CB: 0x300
        case 0xB4, 0x2CA: 0x301
        case 0x5E, 0x2C6: 0x302
        case 0x7E, 0x2DC: 0x303
        case 0xAF, 0x2C9: 0x304
        case 0x2D8: 0x306
        case 0x2D9: 0x307
        case 0xA8: 0x308
        case 0x2DA: 0x30A
        case 0x2DD: 0x30B
        case 0x2C7: 0x30C
        case 0xB8: 0x327
        case 0x2DB: 0x328
        default: nil
        }
    }

    /// Whether the scalar belongs to a script without spaces between words: East Asian marks, kana, ideographs, full-width forms.
    var isIdeograph: Bool {
        (0x3001...0x9FFF).contains(self) || (0xF900...0xFAFF).contains(self) || (0xFF01...0xFF9F).contains(self)
            || (0x20000...0x3FFFF).contains(self)
    }

    /// Whether the scalar belongs to a script that runs from right to left.
    var isRightToLeft: Bool {
        (0x590...0x8FF).contains(self) && !(0x660...0x669).contains(self) && !(0x6F0...0x6F9).contains(self)
            || (0xFB1D...0xFDFF).contains(self) || (0xFE70...0xFEFC).contains(self) || (0x10800...0x10FFF).contains(self)
    }

    /// Whether the scalar is an Arabic or Syriac letter.
    var isArabic: Bool {
        isRightToLeft
            && ((0x600...0x7BF).contains(self) || (0x860...0x8FF).contains(self) || (0xFB50...0xFEFC).contains(self))
    }

    /// Whether the scalar is a ligature or another form of letters that text writes with the letters themselves.
    var isPresentationForm: Bool {
        (0xFB00...0xFB4F).contains(self) || (0xFB50...0xFDFB).contains(self) || (0xFE70...0xFEFC).contains(self)
            || (0xFE30...0xFE4F).contains(self) || (0x2F00...0x2FD5).contains(self)
    }
}
