/// Finds headers, footers and page numbers: lines at the edge of pages that come again, but for their digits, on pages near.
enum PDFRunningLines {
    /// How many lines at the top and at the bottom of a page are looked at
    private static let depth = 3
    /// How far the place may differ, in points
    private static let tolerance = 4.0

    private struct Edge {
        let index: Int
        let key: [UInt8]
        let top: Double
        let isAtTop: Bool
    }

    /// For each page the indices of the lines to leave out.
    static func indices(in pages: [[PDFLine]]) -> [Set<Int>] {
        let edges = pages.map(edges)
        var counts: [[UInt8]: Int] = [:]
        for page in edges {
            for key in Set(page.map(\.key)) { counts[key, default: 0] += 1 }
        }
        return edges.indices.map { page in
            var found: Set<Int> = []
            for edge in edges[page] where counts[edge.key]! >= 3 {
                // The pages beside it, and those of the same hand
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
            // A page that is nothing but running lines is one of repeated content, such as forms.
            return found.count == pages[page].count && found.count > 2 ? [] : found
        }
    }

    private static func edges(_ lines: [PDFLine]) -> [Edge] {
        let order = lines.indices.sorted { lines[$0].top < lines[$1].top }
        let top = order.prefix(depth)
        let bottom = order.dropFirst(depth).suffix(depth)
        return top.map { Edge(index: $0, key: key(lines[$0].text), top: lines[$0].top, isAtTop: true) }
            + bottom.map { Edge(index: $0, key: key(lines[$0].text), top: lines[$0].top, isAtTop: false) }
    }

    /// The line with each run of digits as one "#".
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
