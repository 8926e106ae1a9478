/// A text of runs, some of which are raised, lowered or struck through.
///
/// They are written as those of a page: 10⁻⁶, H₂O, word[3] for the mark of a note, and ~~old~~.
struct RunText {
    private struct Run {
        let words: String
        let position: HTMLTag?
        /// Nil for a run that is struck where the whole text is.
        let isStruck: Bool?
    }

    private var runs: [Run] = []

    /// Adds a run. `position` is `.sup` for a raised run, `.sub` for a lowered one.
    mutating func add(_ words: String, _ position: HTMLTag? = nil, isStruck: Bool? = nil) {
        runs.append(Run(words: words, position: position, isStruck: isStruck))
    }

    /// Whether some run says of itself whether it is struck.
    var statesStrikes: Bool { runs.contains { $0.isStruck != nil } }

    var text: String { text(isStruck: false) }

    /// - Parameter isStruck: whether the whole text is struck, such as a cell of a sheet.
    func text(isStruck: Bool) -> String {
        guard isStruck || runs.contains(where: { $0.position != nil || $0.isStruck == true }) else {
            return runs.map(\.words).joined()
        }
        var markup = MarkupBuilder()
        var rest = runs[...]
        while let first = rest.first {
            let isSame = { (run: Run) in run.isStruck ?? isStruck == first.isStruck ?? isStruck }
            let same = rest.prefix(while: isSame)
            rest = rest.dropFirst(same.count)
            markup.element(first.isStruck ?? isStruck ? .s : .span) { markup in
                for run in same { markup.element(run.position ?? .span, run.words) }
            }
        }
        return String(decoding: Extracted(markup).text, as: UTF8.self).trimmed
    }
}
