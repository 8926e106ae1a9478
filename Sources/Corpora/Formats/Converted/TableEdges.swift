import Algorithms

/// The edges of the cells of a table, some of which are meant to be one.
struct TableEdges {
    private var edges: [Int] = []

    private let tolerance: Int

    /// - Parameter tolerance: the largest distance between edges that are meant to be one; 60 are three points in twentieths.
    init(_ edges: [Int], tolerance: Int = 60) {
        self.tolerance = tolerance
        for edge in edges.sorted() where self.edges.last.map({ edge - $0 > tolerance }) ?? true {
            self.edges.append(edge)
        }
    }

    /// The number of an edge, the outermost at the left being 0.
    func index(of edge: Int) -> Int { edges.partitioningIndex { $0 + tolerance >= edge } }
}
