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
    let rules: [cpdf_rule]
    let imageCount: Int
    /// Whether the page is at least a fifth wider than high, as slides are.
    let isWide: Bool

    init(_ page: cpdf_page) {
        glyphs = Array(UnsafeBufferPointer(start: page.glyphs, count: page.glyph_count))
        scalars = Array(UnsafeBufferPointer(start: page.text, count: page.text_count))
        rules = Array(UnsafeBufferPointer(start: page.rules, count: page.rule_count))
        imageCount = page.image_count
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

extension cpdf_glyph {
    func has(_ flag: cpdf_glyph_flags) -> Bool { UInt32(flags) & flag.rawValue != 0 }
}

/// A coordinate in points, kept within 200 inches, the size of the largest page that PDF programs show.
///
/// A hostile file may state any number.
func onPage(_ coordinate: Float) -> Double { coordinate.isFinite ? min(max(Double(coordinate), -14_400), 14_400) : 0 }
