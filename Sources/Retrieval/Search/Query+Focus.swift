import Memory

extension Query {
    /// The most words between the first and the last word of the place that a citation names.
    private static let reach = 24

    /// Where a text holds most words of the query close together: the byte where the first of them
    /// starts. 0 where it holds none.
    ///
    /// A passage may span pages and headings. A citation names those of the words that were found.
    package func focus(in text: [UInt8]) -> Int {
        let wanted = Set(stems)
        var found: [(place: Int, start: Int, stem: [UInt8])] = []
        for (place, range) in Words.forms(in: text.span).enumerated() {
            let stem = Stem.of(Words.fold(Array(text[range])))
            if wanted.contains(stem) { found.append((place, range.lowerBound, stem)) }
        }
        var best = (count: 0, width: 0, start: 0)
        for i in found.indices {
            var stems: Set<[UInt8]> = []
            var width = 0
            for word in found[i...].prefix(while: { $0.place - found[i].place <= Self.reach })
            where stems.insert(word.stem).inserted { width = word.place - found[i].place }
            if (stems.count, -width) > (best.count, -best.width) { best = (stems.count, width, found[i].start) }
        }
        return best.start
    }
}
