/// Finds the running lines of a document: headers, footers and page numbers.
///
/// A running line is at the top or bottom of a page and comes again on a page nearby. Only its digits may differ.
enum PDFRunningLines {
    /// The number of lines at the top of a page, and at the bottom, that may be running lines.
    private static let depth = 3
    /// The most that the height of a running line may differ between pages, in points.
    private static let tolerance = 4.0

    private struct Edge {
        let index: Int
        let key: [UInt8]
        let top: Double
        let isAtTop: Bool
    }

    /// The indices of the running lines of each page.
    static func indices(in pages: [[PDFLine]]) -> [Set<Int>] {
        let edges = pages.map(edges)
        var counts: [[UInt8]: Int] = [:]
        for page in edges {
            for key in Set(page.map(\.key)) { counts[key, default: 0] += 1 }
        }
        return edges.indices.map { page in
            var found: Set<Int> = []
            for edge in edges[page] where counts[edge.key]! >= 3 {
                // The pages before and after, and the next left or right pages: two pages away.
                for other in [page - 2, page - 1, page + 1, page + 2] where edges.indices.contains(other) {
                    let again = edges[other].contains {
                        $0.key == edge.key && $0.isAtTop == edge.isAtTop && abs($0.top - edge.top) <= tolerance
                    }
                    if again {
                        found.insert(edge.index)
                        break
                    }
                }
            }
            // Where every line of a page comes again, the page repeats content, as a form does.
            return found.count == pages[page].count && found.count > 2 ? [] : found
        }
    }

    /// The lines at the top and at the bottom of a page.
    private static func edges(_ lines: [PDFLine]) -> [Edge] {
        let order = lines.indices.sorted { lines[$0].top < lines[$1].top }
        let top = order.prefix(depth)
        let bottom = order.dropFirst(depth).suffix(depth)
        return top.map { Edge(index: $0, key: key(lines[$0].text), top: lines[$0].top, isAtTop: true) }
            + bottom.map { Edge(index: $0, key: key(lines[$0].text), top: lines[$0].top, isAtTop: false) }
    }

    /// The text of a line, with "#" in place of each run of digits.
    private static func key(_ text: String) -> [UInt8] {
        var key: [UInt8] = []
        for byte in text.utf8 {
            if byte.isDigit {
                if key.last != UInt8(ascii: "#") { key.append(UInt8(ascii: "#")) }
            } else {
                key.append(byte)
            }
        }
        return key
    }
}
