/// Words whose baselines run at a right angle to those of the text of a page, as the heads of narrow columns do.
struct PDFTurnedWords {
    /// A word with its place in the frame of the text.
    struct Word {
        fileprivate let frame: Int
        fileprivate let index: Int
        let left: Double
        let right: Double
        let top: Double
        let bottom: Double
        let size: Double
    }

    /// The words that no table has taken.
    private(set) var words: [Word] = []
    private let frames: [PDFFrame]
    /// The indices in `frames` and in their words of what was taken.
    private var taken: [Int: Set<Int>] = [:]

    /// No words.
    init() { frames = [] }

    /// The words of all frames that stand at a right angle to one of them.
    init(_ frames: [PDFFrame], besides text: PDFFrame) {
        self.frames = frames
        for (i, frame) in frames.enumerated() {
            guard !text.isVertical, !frame.isVertical, abs(frame.x * text.x + frame.y * text.y) < 0.01 else { continue }
            for (j, word) in frame.words.enumerated() {
                let a = text.point(of: word.left, word.top, in: frame)
                let b = text.point(of: word.right, word.bottom, in: frame)
                words.append(
                    Word(
                        frame: i, index: j, left: min(a.u, b.u), right: max(a.u, b.u), top: min(a.v, b.v),
                        bottom: max(a.v, b.v),
                        size: word.size))
            }
        }
    }

    /// The text of some of the words: their lines, one after the other.
    func text(_ some: [Word]) -> String {
        let lines = Dictionary(grouping: some, by: \.frame).sorted { $0.key < $1.key }.flatMap { frame, words in
            PDFRow.rows(frames[frame].words.selecting(words.map(\.index).sorted()))
        }
        return PDFTable.joined(lines.map { PDFLine($0.words, mirrors: false).text })
    }

    /// Takes words out.
    mutating func take(_ some: [Word]) {
        for word in some { taken[word.frame, default: []].insert(word.index) }
        words.removeAll { taken[$0.frame]?.contains($0.index) == true }
    }

    /// The frames without the words that were taken.
    var rest: [PDFFrame] {
        frames.enumerated().map { i, frame in
            guard let taken = taken[i] else { return frame }
            var rest = frame
            rest.words = frame.words.selecting(frame.words.indices.filter { !taken.contains($0) })
            return rest
        }
    }
}

extension PDFFrame {
    /// The point of this frame for a point of another one.
    fileprivate func point(of u: Double, _ v: Double, in other: PDFFrame) -> (u: Double, v: Double) {
        point(u * other.x - v * other.y, u * other.y + v * other.x)
    }
}
