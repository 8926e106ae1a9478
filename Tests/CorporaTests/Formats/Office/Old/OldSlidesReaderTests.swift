import Corpora
import TestSupport
import Testing

/// Presentations of PowerPoint before 2007.
@Suite struct OldSlidesReaderTests {
    private func record(_ type: Int, _ content: [UInt8], instance: Int = 0, isContainer: Bool = false) -> [UInt8] {
        OldOfficeSample.number(instance << 4 | (isContainer ? 0xF : 0)) + OldOfficeSample.number(type)
            + OldOfficeSample.number(content.count, 4) + content
    }

    private func container(_ type: Int, _ content: [UInt8]..., instance: Int = 0) -> [UInt8] {
        record(type, Array(content.joined()), instance: instance, isContainer: true)
    }

    private func words(_ text: String, kind: Int = 4) -> [UInt8] {
        record(3999, OldOfficeSample.number(kind, 4)) + record(4000, text.utf16.flatMap { OldOfficeSample.number(Int($0)) })
    }

    private func shape(_ content: [UInt8], anchor: [Int] = [], instance: Int = 1, more: [UInt8] = []) -> [UInt8] {
        let place = anchor.isEmpty ? [] : record(0xF00F, anchor.flatMap { OldOfficeSample.number($0, 4) })
        return container(
            0xF004, record(0xF00A, OldOfficeSample.zeros(8), instance: instance), more, place,
            content.isEmpty ? [] : container(0xF00D, content))
    }

    private func drawing(_ shapes: [UInt8]...) -> [UInt8] {
        container(1036, container(0xF002, container(0xF003, shape([]), Array(shapes.joined()))))
    }

    private func slide(_ drawing: [UInt8], notes: Int = 0, isHidden: Bool = false, more: [UInt8] = []) -> [UInt8] {
        container(
            1006, record(1007, OldOfficeSample.zeros(16) + OldOfficeSample.number(notes, 4) + OldOfficeSample.zeros(4)),
            isHidden ? record(1017, OldOfficeSample.zeros(10) + OldOfficeSample.number(4) + OldOfficeSample.zeros(4)) : [],
            drawing, more)
    }

    private func notes(_ text: String, of slide: Int) -> [UInt8] {
        container(
            1008, record(1009, OldOfficeSample.number(slide, 4) + OldOfficeSample.zeros(4)),
            drawing(shape(words(text, kind: 2))))
    }

    /// The entry of a part in a list of the document.
    private func entry(_ part: Int, id: Int) -> [UInt8] {
        record(
            1011,
            OldOfficeSample.number(part, 4) + OldOfficeSample.zeros(8) + OldOfficeSample.number(id, 4)
                + OldOfficeSample.zeros(4))
    }

    /// A file of a document and its parts, which have the numbers 2, 3 and so on.
    private func file(
        _ lists: [UInt8], _ parts: [[UInt8]], before: [UInt8] = [], folder: String = "", more: [(String, [UInt8])] = []
    ) -> [UInt8] {
        var stream = before
        var places: [Int] = []
        for part in [container(1000, lists)] + parts {
            places.append(stream.count)
            stream += part
        }
        let directory = stream.count
        stream += record(
            6002, OldOfficeSample.number(places.count << 20 | 1, 4) + places.flatMap { OldOfficeSample.number($0, 4) })
        let edit = stream.count
        stream += record(
            4085,
            OldOfficeSample.zeros(8) + OldOfficeSample.number(0, 4) + OldOfficeSample.number(directory, 4)
                + OldOfficeSample.number(1, 4) + OldOfficeSample.zeros(8))
        let user = OldOfficeSample.zeros(16) + OldOfficeSample.number(edit, 4)
        let streams = [(folder + "PowerPoint Document", stream), (folder + "Current User", user)]
        return OldOfficeSample.compound((more + streams).map { (name: $0.0, bytes: $0.1) })
    }

    @Test func slidesHaveTheirOrderTheirNotesAndTheirMarks() {
        let lists =
            container(4080, entry(3, id: 256), entry(2, id: 257))
            + container(4080, entry(4, id: 9), entry(5, id: 8), instance: 2)
        let bytes = file(
            lists,
            [
                slide(drawing(shape(words("Second", kind: 0))), isHidden: true),
                slide(drawing(shape(words("rope")), shape(words("First", kind: 0))), notes: 9), notes("Say it.", of: 1),
                notes("Then this.", of: 257),
            ], before: slide(drawing(shape(words("An old version")))))
        #expect(
            Readers.text(bytes, "a.ppt")
                == "Slide 1\n\nFirst\n\nrope\n\n[Notes: Say it.]\n\nSlide 2 (hidden)\n\nSecond\n\n[Notes: Then this.]\n")
    }

    @Test func textsOfTheOutlineStandInTheirShapes() {
        let outline = words("Title", kind: 0) + words("One\rTwo", kind: 1) + words("left out", kind: 1)
        let bytes = file(
            container(4080, entry(2, id: 256), outline),
            [
                slide(
                    drawing(
                        shape(record(3998, OldOfficeSample.number(1, 4))), shape(words("box")),
                        shape(record(3998, OldOfficeSample.number(0, 4)))))
            ])
        #expect(Readers.text(bytes, "a.ppt") == "Slide 1\n\nTitle\n\nOne\n\nTwo\n\nbox\n\nleft out\n")
    }

    @Test func cellsOfATableAreAGrid() {
        let isTable = record(0xF122, OldOfficeSample.number(0x39F) + OldOfficeSample.number(1, 4), instance: 1)
        let table = container(
            0xF003, shape([], more: isTable), shape(words("Pier"), anchor: [0, 0, 100, 40]),
            shape(words("Fare"), anchor: [100, 0, 300, 20]), shape(words("night"), anchor: [200, 20, 300, 40]),
            shape(words("day"), anchor: [100, 20, 200, 40]), shape(words("East"), anchor: [0, 40, 100, 60]),
            shape([], anchor: [100, 0, 100, 60], instance: 20), shape(words("4"), anchor: [101, 40, 200, 60]),
            shape(words("6"), anchor: [200, 41, 300, 60]))
        let bytes = file(
            container(4080, entry(2, id: 256)),
            [slide(container(1036, container(0xF002, container(0xF003, shape([]), table, shape(words("After"))))))])
        #expect(
            Readers.text(bytes, "a.ppt") == "Slide 1\n\nPier | Fare | Fare\nPier | day | night\nEast | 4 | 6\n\nAfter\n")
    }

    @Test func raisedCharactersAndItemsKeepTheirForm() {
        let paragraphs =
            OldOfficeSample.number(6, 4) + OldOfficeSample.number(0) + OldOfficeSample.number(1, 4)
            + OldOfficeSample.number(0)
            + OldOfficeSample.number(5, 4) + OldOfficeSample.number(0) + OldOfficeSample.number(1, 4)
            + OldOfficeSample.number(1)
        let characters =
            OldOfficeSample.number(2, 4) + OldOfficeSample.number(0, 4) + OldOfficeSample.number(1, 4)
            + OldOfficeSample.number(0xA0000, 4) + OldOfficeSample.number(20) + OldOfficeSample.number(30)
            + OldOfficeSample.number(6, 4) + OldOfficeSample.number(0, 4)
        let bytes = file(
            container(4080, entry(2, id: 256)),
            [slide(drawing(shape(words("106 m\rrope") + record(4001, paragraphs + characters))))])
        #expect(Readers.text(bytes, "a.ppt") == "Slide 1\n\n10⁶ m\n\n- rope\n")
    }

    /// A file for PowerPoint 95 and 97 holds the slides twice. The records of 95 are of another kind.
    @Test func slidesOfPowerPoint97AreReadBesideThoseOf95() {
        let older: [(String, [UInt8])] = [
            ("PowerPoint Document", OldOfficeSample.number(3, 4) + OldOfficeSample.number(0xFFFF, 4)),
            ("Current User", OldOfficeSample.number(3, 4) + Array("Ann".utf8)),
            ("PersistentStorage Directory", OldOfficeSample.zeros(62)),
        ]
        let bytes = file(
            container(4080, entry(2, id: 256)), [slide(drawing(shape(words("rope"))))], folder: "PP97_DUALSTORAGE/",
            more: older)
        #expect(Readers.text(bytes, "a.ppt") == "Slide 1\n\nrope\n")
        let alone = OldOfficeSample.compound(older.map { (name: $0.0, bytes: $0.1) })
        #expect(Readers.read(alone, path: "a.ppt").refusal == .unsupportedFormat("powerpoint 95 presentation"))
    }

    @Test func paragraphsHaveTheirNumbers() {
        typealias Sample = OldOfficeSample
        // Paragraphs by how many characters they have, and whether they have a bullet.
        func paragraphs(_ count: Int, hasBullet: Bool) -> [UInt8] {
            Sample.number(count, 4) + Sample.number(0) + Sample.number(1, 4) + Sample.number(hasBullet ? 1 : 0)
        }
        func run(_ count: Int, group: Int) -> [UInt8] {
            Sample.number(count, 4) + Sample.number(0x3C00, 4) + Sample.number(group << 10)
        }
        let text = ["Cast off", "Steer", "Wind", "Moor", "Pay"]
        let style =
            paragraphs(15, hasBullet: true) + paragraphs(5, hasBullet: false) + paragraphs(5, hasBullet: true)
            + paragraphs(4, hasBullet: true) + run(15, group: 0) + run(5, group: 0) + run(5, group: 1) + run(4, group: 2)
        // Numbers of a kind from a start, those of the program, and none.
        let groups =
            Sample.number(0x380_0000, 4) + Sample.number(0xFFFF) + Sample.number(1) + Sample.number(9) + Sample.number(3)
            + Sample.zeros(8) + Sample.number(0x200_0000, 4) + Sample.number(1) + Sample.number(0x10_0000, 4)
            + Sample.zeros(4) + Sample.number(0x40, 4) + Sample.zeros(2) + Sample.zeros(12)
        let tags = container(
            5000,
            container(
                5002, record(4026, "___PPT9".utf16.flatMap { Sample.number(Int($0)) }), record(5003, record(4012, groups))))
        let shape = shape(
            words(text.joined(separator: "\r")) + record(4001, style), more: container(0xF011, tags))
        let bytes = file(container(4080, entry(2, id: 256)), [slide(drawing(shape))])
        #expect(
            Readers.text(bytes, "a.ppt") == "Slide 1\n\nc) Cast off\nd) Steer\n\nWind\n\n1. Moor\n- Pay\n")
    }

    /// The numberings of the outline stand in the document, each behind the place of its text.
    @Test func paragraphsOfTheOutlineHaveTheirNumbers() {
        typealias Sample = OldOfficeSample
        let groups =
            Sample.number(0x300_0000, 4) + Sample.number(1) + Sample.number(7) + Sample.number(4) + Sample.zeros(8)
        let place = record(4015, Sample.number(256, 4) + Sample.number(1, 4), instance: 1)
        let added = container(4014, place, record(4012, groups))
        let tags = container(5000, container(5002, record(4026, []), record(5003, added)))
        let lists =
            container(4080, entry(2, id: 256), words("Title", kind: 0), words("Moor\rPay", kind: 1)) + container(2000, tags)
        let bytes = file(lists, [slide(drawing(shape(record(3998, Sample.number(1, 4)))))])
        #expect(Readers.text(bytes, "a.ppt") == "Slide 1\n\nTitle\n\nIV. Moor\nV. Pay\n")
    }

    @Test func feetAndCommentsAreRead() {
        func string(_ text: String, _ instance: Int) -> [UInt8] {
            record(4026, text.utf16.flatMap { OldOfficeSample.number(Int($0)) }, instance: instance)
        }
        let foot = container(
            4057, record(4058, OldOfficeSample.number(0) + OldOfficeSample.number(0x24)), string("3 May 1999", 0),
            string("Board", 2))
        let comment = container(12000, string("Ann", 0), string("Check this.", 1))
        let tags = container(5000, container(5002, string("___PPT10", 0), record(5003, comment)))
        let parts = [slide(drawing(shape(words("a"))), more: foot + tags), slide(drawing(shape(words("b"))), more: foot)]
        let bytes = file(container(4080, entry(2, id: 256), entry(3, id: 257)), parts)
        #expect(
            Readers.text(bytes, "a.ppt")
                == "Slide 1\n\na\n\n3 May 1999\n\nBoard\n\n[Comment: Check this.]\n\nSlide 2\n\nb\n")
    }

    @Test func damagedFilesEnd() {
        let file = file(
            container(4080, entry(2, id: 256), words("Title", kind: 0)) + container(4080, entry(3, id: 9), instance: 2),
            [slide(drawing(shape(words("rope"))), notes: 9), notes("Say it.", of: 256)])
        for place in stride(from: 512, to: file.count, by: 5) {
            var bytes = file
            bytes[place] ^= 0xFF
            _ = Readers.read(bytes, path: "a.ppt")
        }
    }
}
