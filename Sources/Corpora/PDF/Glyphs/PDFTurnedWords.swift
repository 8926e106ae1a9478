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

    /// Takes the heads of columns out: lines beside one another that end at one height, each close above pieces of several
    /// rows. They come back as pieces of a row above these.
    mutating func heads(of pieces: [PDFLine]) -> [PDFLine] {
        guard words.count > 1, words.count < Self.mostHeads else { return [] }
        let lines = Dictionary(grouping: words, by: \.frame).flatMap { frame, words -> [[Word]] in
            let byIndex = Dictionary(words.map { ($0.index, $0) }) { first, _ in first }
            return PDFRow.rows(frames[frame].words.selecting(words.map(\.index).sorted())).map { row in
                // A row of the frame holds the words at one of its heights.
                byIndex.values.filter { word in
                    let own = frames[frame].words[word.index]
                    return own.top < row.bottom && own.bottom > row.top && abs(own.top - row.top) < 0.5 * own.size
                }
            }
        }
        var found: [PDFLine] = []
        let heads = lines.compactMap { line -> (words: [Word], place: PDFLine)? in
            guard let first = line.first, let left = line.map(\.left).min(), let right = line.map(\.right).max(),
                let bottom = line.map(\.bottom).max()
            else { return nil }
            let place = PDFLine(
                text: text(line), left: left, right: right, top: bottom - 0.8 * first.size, bottom: bottom)
            let below = pieces.filter { piece in
                piece.left < right && piece.right > left && piece.top > bottom - 0.3 * first.size && piece.table == nil
            }
            guard below.count > 1, let next = below.map(\.top).min(), next - bottom < 2.5 * first.size else { return nil }
            return (line, place)
        }
        for head in heads {
            let row = heads.filter { abs($0.place.bottom - head.place.bottom) < 2 * head.words[0].size }
            let isAlone = row.allSatisfy { other in
                other.place.left == head.place.left || other.place.right <= head.place.left + 1
                    || other.place.left >= head.place.right - 1
            }
            guard row.count > 1, isAlone else { continue }
            var piece = head.place
            let bottom = row.map(\.place.bottom).max() ?? piece.bottom
            (piece.top, piece.bottom) = (bottom - piece.height, bottom)
            found.append(piece)
            take(head.words)
        }
        return found
    }

    /// The most words that are looked at as heads.
    private static let mostHeads = 200

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
