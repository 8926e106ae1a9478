import CPDF

/// What stands on a page: glyphs in the order in which they are drawn, annotations, form fields and rules.
struct PDFPage {
    /// An annotation or form field, with its place in points from the top left corner of the page.
    struct Mark {
        let kind: cpdf_mark_kind
        let text: String
        let left: Double
        let right: Double
        let top: Double
        let bottom: Double
    }

    let glyphs: [cpdf_glyph]
    /// The scalars of the glyphs.
    let scalars: [UInt32]
    let marks: [Mark]
    /// The lines that are drawn along the page or across it, and the edges of filled rectangles.
    var rules: [cpdf_rule]
    let imageCount: Int
    /// The share of the page that images take.
    let imageShare: Double
    /// The size of the page in points.
    let width: Double
    let height: Double
    /// Whether most letters lie below images, as those that programs of recognition lay below a scanned page.
    private let isBelowImages: Bool
    /// Whether the page is at least a fifth wider than high, as slides are.
    let isWide: Bool

    init(_ page: cpdf_page) {
        glyphs = Array(UnsafeBufferPointer(start: page.glyphs, count: page.glyph_count))
        scalars = Array(UnsafeBufferPointer(start: page.text, count: page.text_count))
        rules = Array(UnsafeBufferPointer(start: page.rules, count: page.rule_count))
        imageCount = page.image_count
        imageShare = page.image_share
        (width, height) = (onPage(page.width), onPage(page.height))
        isBelowImages =
            imageShare > Self.mostOfPage
            && glyphs.count { $0.has(CPDF_COVERED) && $0.has(CPDF_OVER_IMAGE) } * 2 > glyphs.count
        isWide = page.width > 1.2 * page.height
        let scalars = scalars
        marks = UnsafeBufferPointer(start: page.marks, count: page.mark_count).map { mark in
            let range = Int(mark.text)..<Int(mark.text) + Int(mark.length)
            return Mark(
                kind: mark.kind, text: String(scalars: scalars[range]), left: onPage(mark.left), right: onPage(mark.right),
                top: onPage(mark.top), bottom: onPage(mark.bottom))
        }
    }

    /// The letters of a glyph.
    func text(of glyph: cpdf_glyph) -> ArraySlice<UInt32> { scalars[Int(glyph.text)..<Int(glyph.text) + Int(glyph.length)] }
}

extension PDFPage {
    /// Whether no reader sees a glyph: white, tiny, covered, or unpainted where no scanned image shows its letters.
    func hides(_ glyph: cpdf_glyph) -> Bool {
        if glyph.has(CPDF_COVERED) { return !(glyph.has(CPDF_OVER_IMAGE) && isBelowImages) }
        return glyph.has(CPDF_WHITE) || glyph.size < 1.5 || glyph.has(CPDF_UNPAINTED) && !glyph.has(CPDF_OVER_IMAGE)
    }

    /// Whether images take most of the page, and hardly any letters are typed beside them: a stamp, a number, a running line.
    ///
    /// The letters of a scanned page that a program has recognised are no such page.
    var isScan: Bool {
        guard imageShare > Self.mostOfPage else { return false }
        var (letters, inside) = (0, 0)
        for glyph in glyphs where !glyph.has(CPDF_OUTSIDE) {
            if glyph.has(CPDF_UNPAINTED) || glyph.has(CPDF_COVERED) { return false }
            guard !text(of: glyph).allSatisfy(\.isSpace) else { continue }
            letters += 1
            let (x, y) = (onPage(glyph.x) / width, onPage(glyph.y) / height)
            if min(x, 1 - x, y, 1 - y) > Self.margin { inside += 1 }
        }
        for mark in marks where mark.kind == CPDF_FIELD { inside += mark.text.utf8.count }
        return letters <= Self.mostTyped && inside <= Self.mostInside
    }

    /// The margin of a page, as a share of its width and height, and the share that images take of a scanned page.
    private static let margin = 0.1
    private static let mostOfPage = 0.7
    /// The most letters that are typed on a scanned page, and the most of them outside its margins.
    private static let mostTyped = 250
    private static let mostInside = 60
}

extension cpdf_glyph {
    func has(_ flag: cpdf_glyph_flags) -> Bool { UInt32(flags) & flag.rawValue != 0 }
}

/// A coordinate in points, kept within 200 inches, the size of the largest page that PDF programs show.
///
/// A hostile file may state any number.
func onPage(_ coordinate: Float) -> Double { coordinate.isFinite ? min(max(Double(coordinate), -14_400), 14_400) : 0 }
