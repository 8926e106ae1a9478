import Corpora
import TestSupport
import Testing

/// Documents of Word 6 and 95, whose text is bytes in the encoding of a language.
@Suite struct Word6ReaderTests {
    private func document(_ text: [UInt8], language: Int = 0x409, pieces: [Range<Int>]? = nil) -> String? {
        let number = OldOfficeSample.number
        var stream = number(0xA5DC, 2) + number(101, 2) + OldOfficeSample.zeros(764)
        func put(_ value: Int, _ count: Int, at place: Int) {
            stream.replaceSubrange(place..<place + count, with: number(value, count))
        }
        put(language, 2, at: 6)
        put(768, 4, at: 24)
        put(768 + text.count, 4, at: 28)
        stream += text
        if let pieces {
            put(4, 2, at: 10)
            let ends = pieces.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
            let places = pieces.flatMap { number(0, 2) + number(768 + $0.lowerBound, 4) + number(0, 2) }
            let table = ends.flatMap { number($0, 4) } + places
            put(stream.count, 4, at: 352)
            put(table.count + 5, 4, at: 356)
            stream += [2] + number(table.count, 4) + table
        }
        return Readers.text(OldOfficeSample.compound([("WordDocument", stream)]), "a.doc")
    }

    @Test func paragraphsAndFieldsAreRead() {
        #expect(document(Array("The pier\rSee \u{13}PAGEREF x\u{14}page 7\u{15}.\r".utf8)) == "The pier\n\nSee page 7.\n")
        #expect(document([0xCF, 0xE8, 0xF0, 0xF1, 0x20, 0x37, 13], language: 0x419) == "Пирс 7\n")
        // A field without an end hides no more than its paragraph.
        #expect(document(Array("\u{13}TOC\rThe pier\r".utf8)) == "The pier\n")
    }

    /// A mark of its own ends each row; cells may be empty and hold paragraphs.
    @Test func tablesAreRead() {
        let table = "Fees\rBoat\u{7}Fee\u{7}\u{7}Skiff\u{7}\u{7}\u{7}Barge\u{7}12\rin May\u{7}\u{7}End\r"
        #expect(document(Array(table.utf8)) == "Fees\n\nBoat | Fee\nSkiff |\nBarge | 12 in May\n\nEnd\n")
        let two = "A\u{7}1\u{7}\u{7}Between\rB\u{7}2\u{7}3\u{7}\u{7}"
        #expect(document(Array(two.utf8)) == "A | 1\n\nBetween\n\nB | 2 | 3\n")
    }

    @Test func piecesAreReadInTheirOrder() {
        let text = Array("second\rfirst and ".utf8)
        #expect(document(text, pieces: [7..<17, 0..<7]) == "first and second\n")
        #expect(document(text, pieces: [7..<9000, 0..<7]) == nil)
    }
}
