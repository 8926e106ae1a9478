import Indexes
import TestSupport
import Testing

@Suite struct RecordTests {
    /// Known answers: each is what the Python package cbor2 writes in its canonical form.
    @Test(
        arguments: [
            (Record(), ""),
            (Record(["ext": .bool(true)]), "a163657874f5"),
            (Record(["b": .integer(23), "a": .integer(24)]), "a261611818616217"),
            (Record(["n": .integer(-1)]), "a1616e20"),
            (Record(["n": .integer(-25)]), "a1616e3818"),
            (Record(["n": .integer(256)]), "a1616e190100"),
            (Record(["n": .integer(65536)]), "a1616e1a00010000"),
            (Record(["n": .integer(.max)]), "a1616e1b7fffffffffffffff"),
            (Record(["n": .integer(.min)]), "a1616e3b7fffffffffffffff"),
            (Record(["bb": .bool(false), "c": .text("ä")]), "a2616362c3a4626262f4"),
            (Record(["l": .list([.bytes([1, 2]), .list([])])]), "a1616c8242010280"),
            (Record(["r": .record(Record(["x": .integer(0)]))]), "a16172a1617800"),
        ])
    func knownBytes(record: Record, hex: String) {
        #expect(record.bytes.hexadecimal == hex)
        #expect(Record(bytes: record.bytes) == record)
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func recordsComeBack(seed: UInt64) {
        var random = SeededGenerator(seed)
        func value(_ depth: Int) -> Record.Value {
            switch Int.random(in: 0..<(depth < 4 ? 6 : 4), using: &random) {
            case 0: .integer(Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<64, using: &random))
            case 1: .bool(Bool.random(using: &random))
            case 2: .bytes(Fixture.bytes(Int.random(in: 0..<300, using: &random), &random))
            case 3: .text(String(repeating: "ß", count: Int.random(in: 0..<30, using: &random)))
            case 4: .list((0..<Int.random(in: 0..<30, using: &random)).map { _ in value(depth + 1) })
            default: .record(record(depth + 1))
            }
        }
        func record(_ depth: Int) -> Record {
            var record = Record()
            for i in 0..<Int.random(in: 0..<6, using: &random) {
                record[String(repeating: "k", count: Int.random(in: 0..<30, using: &random)) + "\(i)"] = value(depth)
            }
            return record
        }
        let record = record(1)
        #expect(Record(bytes: record.bytes) == record)
        for count in 0..<record.bytes.count where count > 0 { #expect(Record(bytes: Array(record.bytes[..<count])) == nil) }
        #expect(Record(bytes: record.bytes + [0]) == nil)
    }

    /// A record has one form only. Every other form of the same values, and every other kind of value, is refused.
    @Test(
        arguments: [
            [0xa0], [0x80], [0x01], [0x61, 0x61], [0xff],
            [0xa1, 0x61, 0x61, 0x18, 0x17],  // a short number in two bytes
            [0xa1, 0x61, 0x61, 0x19, 0x00, 0xff],  // a number in three bytes that fits into two
            [0xa1, 0x61, 0x61, 0x1b, 0x80, 0, 0, 0, 0, 0, 0, 0],  // beyond 63 bits
            [0xa1, 0x61, 0x61, 0xf6], [0xa1, 0x61, 0x61, 0xf8, 0x14], [0xa1, 0x61, 0x61, 0xfb, 0, 0, 0, 0, 0, 0, 0, 0],
            [0xa1, 0x61, 0x61, 0x9f, 0xff], [0xa1, 0x61, 0x61, 0xc0, 0x01],
            [0xa1, 0x01, 0x01],  // a key that is no text
            [0xa1, 0x61, 0xff, 0x01], [0xa1, 0x61, 0x61, 0x61, 0xff],  // not UTF-8
            [0xa2, 0x61, 0x62, 0x01, 0x61, 0x61, 0x01],  // out of order
            [0xa2, 0x61, 0x61, 0x01, 0x61, 0x61, 0x01],  // a key twice
            [0xa1, 0x61, 0x61, 0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],  // a list without its values
            [0xa1, 0x61, 0x61, 0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],  // a string without its bytes
        ] as [[UInt8]])
    func otherFormsAreRefused(bytes: [UInt8]) { #expect(Record(bytes: bytes) == nil) }

    @Test func deepNestingIsRefused() {
        let start: [UInt8] = [0xa1, 0x61, 0x61]
        let deep = start + Array(repeating: 0x81, count: 1_000_000) + [0]
        #expect(Record(bytes: deep) == nil)
    }
}

@Suite struct StoredRecordTests {
    // MARK: Options

    @Test func defaultOptionsTakeNoByte() {
        #expect(StoredOptions().bytes == [])
        #expect(StoredOptions(bytes: []) == StoredOptions())
    }

    @Test func optionsHaveTheNamesOfTheFormatPage() throws {
        var options = StoredOptions()
        options.roots = ["/a", "/b"]
        options.include = ["*.md"]
        options.exclude = ["old/"]
        options.honoursIgnoreFiles = false
        options.readsHidden = true
        options.maximumFileSize = 20_000_000
        let record = try #require(Record(bytes: options.bytes))
        #expect(
            record.fields == [
                "roots": .texts(["/a", "/b"]), "include": .texts(["*.md"]), "exclude": .texts(["old/"]),
                "ignore-files": .bool(false), "hidden": .bool(true), "max-file-size": .integer(20_000_000),
            ])
        #expect(StoredOptions(bytes: options.bytes) == options)
    }

    /// An index that was written before a key was added lacks the key; one that was written later has more keys.
    @Test func missingKeysHaveDefaultsAndUnknownKeysAreKept() throws {
        let record = Record(["roots": .texts(["/a"]), "later": .list([.integer(1), .text("x")])])
        var options = try #require(StoredOptions(bytes: record.bytes))
        #expect(options.roots == ["/a"] && options.honoursIgnoreFiles && options.maximumFileSize == nil)
        #expect(options.bytes == record.bytes)
        options.readsHidden = true
        #expect(Record(bytes: options.bytes)?["later"] == record["later"])
    }

    @Test(arguments: ["roots", "include", "exclude", "ignore-files", "hidden", "max-file-size"])
    func aFieldOfAnotherKindIsDamage(key: String) {
        #expect(StoredOptions(bytes: Record([key: .bytes([1])]).bytes) == nil)
    }

    // MARK: Originals

    @Test func originalsHaveKnownBytes() {
        #expect(StoredOriginal().bytes == [])
        var extracted = StoredOriginal()
        extracted.isExtracted = true
        #expect(extracted.bytes.hexadecimal == "a163657874f5")  // {"ext": true}
        var lines = StoredOriginal()
        lines.lineEnds = .crlf
        #expect(lines.bytes.hexadecimal == "a163656f6c6463726c66")  // {"eol": "crlf"}
        var latin = StoredOriginal()
        latin.encoding = "ISO-8859-1"
        latin.hasByteOrderMark = true
        latin.repairs = [
            StoredOriginal.Repair(offset: 200, bytes: [0xff]), StoredOriginal.Repair(offset: 203, bytes: [1, 2]),
        ]
        // {"bad": h'c80101ff03020102', "bom": true, "enc": "ISO-8859-1"}
        #expect(latin.bytes.hexadecimal == "a36362616448c80101ff0302010263626f6df563656e636a49534f2d383835392d31")
        var coloured = StoredOriginal()
        coloured.escapes = "us"
        coloured.repairs = [
            StoredOriginal.Repair(offset: 10, bytes: [0x1b, 0x5b], count: 0),
            StoredOriginal.Repair(offset: 12, bytes: [0x1b, 0x5b], count: 0),
            StoredOriginal.Repair(offset: 14, bytes: [0], count: 1),
        ]
        // {"edt": h'0200021b5b0101000a0002000201', "esc": "us"}
        #expect(coloured.bytes.hexadecimal == "a2636564744e0200021b5b0101000a000200020163657363627573")
        for original in [StoredOriginal(), extracted, lines, latin, coloured] {
            #expect(StoredOriginal(bytes: original.bytes) == original)
        }
    }

    @Test func unknownKeysOfAnOriginalAreKept() throws {
        let record = Record(["eol": .text("cr"), "zip": .bytes([1, 2, 3])])
        let original = try #require(StoredOriginal(bytes: record.bytes))
        #expect(original.lineEnds == .cr && original.encoding == "UTF-8")
        #expect(original.bytes == record.bytes)
    }

    @Test(
        arguments: [
            Record(["eol": .text("nel")]), Record(["eol": .bool(true)]), Record(["enc": .integer(1)]),
            Record(["ext": .integer(1)]), Record(["bom": .text("yes")]), Record(["bad": .bytes([0x80])]),
            Record(["bad": .bytes([1, 5, 1])]), Record(["bad": .list([])]),
        ])
    func anOriginalOfNonsenseIsDamage(record: Record) { #expect(StoredOriginal(bytes: record.bytes) == nil) }

    // MARK: Spans

    @Test func spansHaveKnownBytes() {
        var spans = StoredSpans()
        #expect(spans.bytes == [])
        spans.pages = [StoredSpans.Page(start: 0, number: 1), StoredSpans.Page(start: 300, number: 2)]
        #expect(spans.bytes.hexadecimal == "a16470616765450001ac0202")
        spans = StoredSpans()
        spans.headings = [
            StoredSpans.Heading(start: 1, path: [.written("A")]),
            StoredSpans.Heading(start: 3, path: [.written("A"), .written("B")]),
            StoredSpans.Heading(start: 4, path: []),
        ]
        #expect(spans.bytes.hexadecimal == "a164686561644a01100141021101420100")
        spans.headings = [
            StoredSpans.Heading(start: 0, path: [.line(0)]), StoredSpans.Heading(start: 5, path: [.line(5)]),
            StoredSpans.Heading(start: 9, path: [.line(5), .line(9)]),
        ]
        #expect(spans.bytes.hexadecimal == "a1646865616449001000051000041100")
        #expect(StoredSpans(bytes: spans.bytes) == spans)
        spans = StoredSpans()
        spans.outline = [StoredSpans.Line(start: 0, depth: 1), StoredSpans.Line(start: 20, depth: 9)]
        #expect(spans.bytes.hexadecimal == "a1646c696e654301a701")
        #expect(StoredSpans(bytes: spans.bytes) == spans)
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func spansComeBack(seed: UInt64) {
        var random = SeededGenerator(seed)
        var spans = StoredSpans()
        func starts() -> [Int] {
            (0..<Int.random(in: 0..<20, using: &random)).map { _ in
                Int.random(in: 0..<(1 << Int.random(in: 1..<40, using: &random)), using: &random)
            }.sorted()
        }
        spans.pages = starts().map { StoredSpans.Page(start: $0, number: Int.random(in: 0..<3000, using: &random)) }
        var path: [StoredSpans.Name] = []
        spans.headings = starts().map { start in
            // A line of an earlier entry can be kept, but no path keeps more than 15 names.
            path = Array(path.prefix(Int.random(in: 0...min(15, path.count), using: &random)))
            for _ in 0..<Int.random(in: 0..<20, using: &random) {
                let words = ["é", "e\u{301}", nil, "A heading", "第一章"].randomElement(using: &random)!
                path.append(words.map { .written($0) } ?? .line(start))
            }
            return StoredSpans.Heading(start: start, path: path)
        }
        spans.outline = starts().map { StoredSpans.Line(start: $0, depth: Int.random(in: 0...7, using: &random)) }
        let back = StoredSpans(bytes: spans.bytes)
        #expect(back == spans)
        // Strings that differ in Unicode form are equal; their bytes are not.
        func bytes(_ spans: StoredSpans?) -> [[[UInt8]]]? {
            spans.map { $0.headings.map { heading in heading.path.map { Array("\($0)".utf8) } } }
        }
        #expect(bytes(back) == bytes(spans))
        #expect(back?.bytes == spans.bytes)
    }

    @Test func unknownKeysOfSpansAreKept() throws {
        let record = Record(["line": .bytes([1]), "cell": .bytes([9])])
        let spans = try #require(StoredSpans(bytes: record.bytes))
        #expect(spans.outline == [StoredSpans.Line(start: 0, depth: 1)])
        #expect(spans.bytes == record.bytes)
    }

    @Test(
        arguments: [
            Record(["page": .bytes([1])]), Record(["page": .text("1")]), Record(["page": .bytes([0x80])]),
            Record(["head": .bytes([0, 1])]),  // a heading shared with none
            Record(["head": .bytes([0, 0x10, 5, 0x41])]),  // a heading cut short
            Record(["head": .bytes([0, 0x10, 1, 0xff])]),  // not UTF-8
            Record(["line": .bytes([0x80, 0x80])]),
            Record(["page": .bytes(StoredRecordTests.farPages)]),
        ])
    func spansOfNonsenseAreDamage(record: Record) { #expect(StoredSpans(bytes: record.bytes) == nil) }

    /// Pages whose places add up to more than any text has.
    static let farPages: [UInt8] = (0..<300).flatMap { _ -> [UInt8] in
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 2]
    }

    @Test func theChainOfAnOutlineHoldsTheHeadingsAbove() {
        var spans = StoredSpans()
        for (start, depth) in [(0, 1), (10, 2), (20, 3), (30, 2), (40, 1)] {
            spans.outline.append(StoredSpans.Line(start: start, depth: depth))
        }
        #expect(spans.outlineChain(at: 25) == [0, 10, 20])
        #expect(spans.outlineChain(at: 30) == [0, 30])
        #expect(spans.outlineChain(at: 39) == [0, 30])
        #expect(spans.outlineChain(at: 1000) == [40])
        #expect(StoredSpans().outlineChain(at: 5) == [])
    }

    // MARK: Reasons

    @Test func reasonsHaveKnownBytes() throws {
        #expect(Reason(0).bytes == [])
        #expect(Reason(3, ["64 MB"]).bytes.hexadecimal == "a2616481653634204d42616e03")
        for reason in [Reason(0), Reason(1), Reason(-70_000, ["", "ü"]), Reason.lostText] {
            #expect(Reason(bytes: reason.bytes) == reason)
        }
        #expect(Reason(bytes: Record(["n": .integer(2), "later": .bool(true)]).bytes) == Reason(2))
        #expect(Reason(bytes: Record(["n": .text("2")]).bytes) == nil)
        #expect(Reason(bytes: Record(["d": .list([.integer(1)])]).bytes) == nil)
    }
}

extension [UInt8] {
    fileprivate var hexadecimal: String {
        map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
