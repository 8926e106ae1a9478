import Corpora
import TestSupport
import Testing

@Suite struct PassageCutterTests {
    /// The ends of tokens. A token is a run of letters with the white space before it.
    private func tokenEnds(_ text: [UInt8]) -> [Int] {
        var ends: [Int] = []
        for i in text.indices.dropFirst() where text[i] <= 32 && text[i - 1] > 32 { ends.append(i) }
        if !text.isEmpty { ends.append(text.count) }
        return ends
    }

    private func prose(seed: UInt64, paragraphs: Int) -> String {
        var random = SeededGenerator(seed)
        return (0..<paragraphs).map { _ in
            (0..<Int.random(in: 1...6, using: &random)).map { _ in
                (0..<Int.random(in: 3...20, using: &random)).map { _ in
                    String(
                        (0..<Int.random(in: 1...9, using: &random)).map { _ in
                            "abcdefghij".randomElement(using: &random)!
                        })
                }.joined(separator: " ") + "."
            }.joined(separator: " ")
        }.joined(separator: "\n\n")
    }

    private func passages(_ text: String, limit: Int) -> [String] {
        let bytes = Array(text.utf8)
        let ends = tokenEnds(bytes)
        return PassageCutter.cut(text: bytes, tokenEnds: ends, limit: limit).map { range in
            let start = range.lowerBound == 0 ? 0 : ends[range.lowerBound - 1]
            return String(decoding: bytes[start..<ends[range.upperBound - 1]], as: UTF8.self)
        }
    }

    @Test func passagesCoverTheTokensInOrderWithinTheLimit() {
        for seed in UInt64(1)...200 {
            var random = SeededGenerator(seed)
            let count = Int.random(in: 0...300, using: &random)
            var ends: [Int] = []
            var text: [UInt8] = []
            for _ in 0..<count {
                for _ in 0..<Int.random(in: 1...5, using: &random) {
                    text.append(Array("ab. \n\u{E9}".utf8).randomElement(using: &random)!)
                }
                ends.append(text.count)
            }
            let limit = Int.random(in: 1...64, using: &random)
            let ranges = PassageCutter.cut(text: text, tokenEnds: ends, limit: limit)
            #expect(ranges.flatMap(Array.init) == Array(0..<count), "seed \(seed)")
            #expect(ranges.allSatisfy { !$0.isEmpty && $0.count <= limit }, "seed \(seed)")
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func portionsOfTokensGiveThePassagesOfAll(_ seed: UInt64) {
        var random = SeededGenerator(seed)
        let text = Array(prose(seed: seed, paragraphs: 40).utf8)
        let ends = tokenEnds(text)
        let limit = Int.random(in: 1...40, using: &random)
        var cut: [Range<Int>] = []
        var read = 0
        while read < ends.count {
            read = min(ends.count, read + Int.random(in: 1...90, using: &random))
            let start = cut.last?.upperBound ?? 0
            let known = Array(ends[start..<read])
            let ranges = PassageCutter.cut(
                text: text.span, tokenEnds: known.span, limit: limit, isEnd: read == ends.count)
            cut += ranges.map { start + $0.lowerBound..<start + $0.upperBound }
        }
        #expect(cut == PassageCutter.cut(text: text, tokenEnds: ends, limit: limit))
    }

    @Test func nothingGivesNoPassage() {
        #expect(PassageCutter.cut(text: [], tokenEnds: [], limit: 8).isEmpty)
    }

    @Test func theLastParagraphEndInTheWindowIsTaken() {
        let text = "a b c d e.\n\nf g h.\n\ni j k l. m n o p q r s t u v w x y z"
        #expect(passages(text, limit: 10).first == "a b c d e.\n\nf g h.")
    }

    @Test func aLineEndIsBetterThanASentenceEndAndThatThanASpace() {
        let tail = " " + String(repeating: "z ", count: 30) + "z"
        #expect(passages("a b c d\ne. f g h i j" + tail, limit: 6).first == "a b c d")
        #expect(passages("a b c d e. f g h i j" + tail, limit: 6).first == "a b c d e.")
        #expect(passages("a b c d e.” f g h i j" + tail, limit: 6).first == "a b c d e.”")
        #expect(passages("a b c d e f g h i j" + tail, limit: 6).first == "a b c d e f")
    }

    @Test func theLastTwoPassagesAreBalanced() {
        let text = (0..<21).map { "w\($0)" }.joined(separator: " ")
        #expect(passages(text, limit: 16).map { $0.split(separator: " ").count } == [10, 11])
        let law = passages(prose(seed: 3, paragraphs: 40), limit: 64).map {
            $0.split(whereSeparator: \.isWhitespace).count
        }
        #expect(law.last! >= 16)
    }

    @Test func aCharacterIsNotCutWhereThatCanBeHelped() {
        let bytes = Array(String(repeating: "中", count: 40).utf8)
        let ends = Array(1...bytes.count)
        for range in PassageCutter.cut(text: bytes, tokenEnds: ends, limit: 20) {
            #expect(range.lowerBound % 3 == 0)
        }
        let one = PassageCutter.cut(text: bytes, tokenEnds: ends, limit: 1)
        #expect(one.count == bytes.count)
    }

    @Test func cutsFallBackIntoPlaceAfterAnEdit() {
        for seed in UInt64(1)...20 {
            let text = prose(seed: seed, paragraphs: 300)
            let before = Set(passages(text, limit: 128).map { $0.filter { !$0.isWhitespace } })
            let after = passages(prose(seed: seed + 99, paragraphs: 1) + "\n\n" + text, limit: 128)
                .map { $0.filter { !$0.isWhitespace } }
            let kept = after.filter(before.contains).count
            #expect(Double(kept) > 0.75 * Double(after.count), "seed \(seed): \(kept) of \(after.count)")
        }
    }
}
