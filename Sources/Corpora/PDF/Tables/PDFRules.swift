import Algorithms
import CPDF

/// The rules of a page in the frame of some words: straight lines that run down or across the frame.
struct PDFRules {
    /// A line: its place on the other axis, and where it starts and ends.
    struct Rule {
        var place: Double
        var from: Double
        var to: Double
    }

    /// Rules nearer than this belong together: double lines, and the borders of cells with a little space between.
    static let near = 4.0

    /// The rules that run down, from left to right.
    private(set) var down: [Rule] = []
    /// The rules that run across, from top to bottom.
    private(set) var across: [Rule] = []

    /// No rules.
    init() {}

    /// The drawn rules of a page. Empty for a frame at an angle and for vertical writing.
    init(_ page: PDFPage, in frame: PDFFrame) { add(page, in: frame, edges: false) }

    /// These rules, and the edges of filled rectangles. Nil for a page without such edges.
    func withEdges(of page: PDFPage, in frame: PDFFrame) -> PDFRules? {
        guard page.rules.contains(where: { $0.is_edge != 0 }) else { return nil }
        var rules = self
        rules.add(page, in: frame, edges: true)
        return rules
    }

    private mutating func add(_ page: PDFPage, in frame: PDFFrame, edges: Bool) {
        guard !frame.isVertical, abs(frame.x) > 0.99 || abs(frame.y) > 0.99 else { return }
        for rule in page.rules where (rule.is_edge != 0) == edges {
            let (a, b) = (
                frame.point(onPage(rule.left), onPage(rule.top)), frame.point(onPage(rule.right), onPage(rule.bottom))
            )
            let (width, height) = (abs(a.u - b.u), abs(a.v - b.v))
            if height > width {
                down.append(Rule(place: (a.u + b.u) / 2, from: min(a.v, b.v), to: max(a.v, b.v)))
            } else {
                across.append(Rule(place: (a.v + b.v) / 2, from: min(a.u, b.u), to: max(a.u, b.u)))
            }
        }
        down = Self.joined(down)
        across = Self.joined(across)
    }

    /// Joins the pieces of which a page makes a line, such as the borders of the cells of a column.
    private static func joined(_ rules: [Rule]) -> [Rule] {
        let sorted = rules.sorted { $0.place < $1.place }
        var joined: [Rule] = []
        var start = 0
        while start < sorted.count {
            var end = start + 1
            while end < sorted.count, sorted[end].place - sorted[start].place < 1 { end += 1 }
            let first = joined.count
            for rule in sorted[start..<end].sorted(by: { $0.from < $1.from }) {
                if joined.count > first, rule.from <= joined[joined.count - 1].to + near {
                    joined[joined.count - 1].to = max(joined[joined.count - 1].to, rule.to)
                } else {
                    joined.append(Rule(place: sorted[start].place, from: rule.from, to: rule.to))
                }
            }
            start = end
        }
        return joined
    }

    /// Whether a long rule runs down between two places at the height of a row.
    func part(_ left: Double, _ right: Double, top: Double, bottom: Double) -> Bool {
        let middle = (top + bottom) / 2
        let first = down.partitioningIndex { $0.place >= left }
        return down[first...].prefix { $0.place <= right }.contains {
            $0.from < middle && $0.to > middle && $0.to - $0.from > 2.5 * (bottom - top)
        }
    }
}
