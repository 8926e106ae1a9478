/// A text of runs, some of which are raised or lowered.
///
/// They are written as those of a page: 10⁻⁶, H₂O, and word[3] for the mark of a note.
struct RunText {
    private var runs: [(words: String, position: HTMLTag?)] = []

    /// Adds a run. `position` is `.sup` for a raised run, `.sub` for a lowered one.
    mutating func add(_ words: String, _ position: HTMLTag? = nil) { runs.append((words, position)) }

    var text: String {
        guard runs.contains(where: { $0.position != nil }) else { return runs.map(\.words).joined() }
        var markup = MarkupBuilder()
        for run in runs {
            if let position = run.position { markup.element(position, run.words) } else { markup.text(run.words) }
        }
        return String(decoding: Extracted(markup).text, as: UTF8.self).trimmed
    }
}
