import Retrieval
import TestSupport
import Testing

struct EvidenceUnitsTests {
    /// The units of a text as "kind: text [context]".
    private func units(_ text: String, headings: [String] = []) -> [String] {
        let text = bytes(text)
        return EvidenceUnits(text, headings: headings).units.map { unit in
            let context = unit.context.map { " [\(string(text[$0]))]" }.joined()
            return "\(unit.kind): \(string(text[unit.range]))\(context)"
        }
    }

    @Test func proseIsItsSentences() {
        #expect(
            units("# Mole\n\nIt digs. It sleeps\nall day.\n\nNext one.") == [
                "sentence: It digs.", "sentence: It sleeps\nall day.", "sentence: Next one.",
            ])
    }

    @Test func itemsWithKeysArePairsAndAList() {
        #expect(
            units("# Crew\n\n- Cook: Ada\n- Mate: Per Lie\n") == [
                "pair: Cook: Ada", "pair: Mate: Per Lie", "list: - Cook: Ada\n- Mate: Per Lie [# Crew]",
            ])
    }

    @Test(arguments: ["[pump]\nspeed = 40\nname=north", "SPEED=40\nNAME=north"])
    func settingsArePairs(text: String) {
        let text = bytes(text)
        let pairs = EvidenceUnits(text).units
        #expect(pairs.map(\.kind) == [.pair, .pair])
        #expect(pairs.map { string(text[$0.head[0]]).lowercased() } == ["speed", "name"])
        #expect(pairs.map { string(text[$0.cells[0]]) } == ["40", "north"])
    }

    @Test func assignmentsInCodeAreNoSettings() {
        #expect(units("speed = 40\nname = find(north)").allSatisfy { !$0.hasPrefix("pair") })
    }

    @Test(arguments: [
        "| bulb | watts |\n|---|---|\n| round | 40 |\n| long | 60 |", "bulb | watts\nround | 40\nlong | 60",
        "bulb,watts,socket\nround,40,E14\nlong,60,E27", "bulb\twatts\nround\t40\nlong\t60",
        "bulb;watts;socket\nround;40;a\nlong;60;b",
    ])
    func aRowHasItsHead(table: String) {
        let found = units(table + "\n\nAfter it.")
        let lines = table.split(separator: "\n").map(String.init)
        #expect(found.count == 3 && found.last == "sentence: After it.")
        #expect(found[0].hasPrefix("row: " + lines[lines.count - 2]) && found[0].hasSuffix("[\(lines[0])]"))
        #expect(found[1].hasPrefix("row: " + lines[lines.count - 1]))
    }

    @Test func aTableWithoutHeadHasNone() {
        #expect(units("open | 8 to 17\nphone | 555 0199") == ["row: open | 8 to 17", "row: phone | 555 0199"])
        // Nothing tells whether the first row is a head, so it may answer, and it speaks for the others.
        #expect(
            units("owner | Ina\ncity | Aarhus\nboat | Alk") == [
                "row: owner | Ina", "row: city | Aarhus [owner | Ina]", "row: boat | Alk [owner | Ina]",
            ])
    }

    @Test func commasOfProseMakeNoTable() {
        let text = "red, green, blue\nold, new, odd\nhot, cold, mild"
        #expect(units(text) == ["sentence: \(text)"])
    }

    @Test func aRowIsOneUnitWhateverItHolds() {
        #expect(units("name | note\nAnna | Came late. Left early. 3\nBo | Went 4").count == 2)
    }

    @Test(arguments: [
        "Q: May I park here?\n\nA: Only at night.", "## May I park here?\n\nOnly at night.",
        "May I park here?\n\nOnly at night.",
    ])
    func aQuestionIsNoAnswer(text: String) {
        let found = units(text)
        #expect(
            found.count == 1 && found[0].hasPrefix("answer: Only at night. [") && found[0].hasSuffix("May I park here?]"))
    }

    @Test func questionsAndAnswersInLines() {
        #expect(
            units("Q: Is there soup?\nA: On Fridays.\nQ: Is there tea?\nA: Always.") == [
                "answer: On Fridays. [Q: Is there soup?]", "answer: Always. [Q: Is there tea?]",
            ])
    }

    @Test func aLeadInAnswersByItsItems() {
        let found = units("Bring along:\n\n- a towel,\n- soap.\n\nThen wait.")
        #expect(
            found == [
                "item: a towel, [Bring along:]", "item: soap. [Bring along:]", "list: - a towel,\n- soap. [Bring along:]",
                "sentence: Then wait.",
            ])
    }

    @Test func aListUnderAHeadingIsAWhole() {
        #expect(units("## Tools\n\n1. saw\n2. file").last == "list: 1. saw\n2. file [## Tools]")
    }

    @Test func aLeadInSpeaksForTheParagraphBelow() {
        #expect(
            units("The command is:\n\nmake clean all\n\nNo more.") == [
                "answer: make clean all [The command is:]", "sentence: No more.",
            ])
    }

    @Test func keysHaveValues() throws {
        let text = bytes("Door: green\nKey: under the mat")
        let units = EvidenceUnits(text).units
        #expect(units.map(\.kind) == [.pair, .pair])
        let value = try #require(units.last?.cells.first)
        #expect(string(text[value]) == "under the mat")
    }

    @Test func headingsOfOtherFormatsAreNoAnswers() {
        #expect(units("Cellar\n\nIt is dry.", headings: ["Cellar"]) == ["sentence: It is dry."])
    }

    @Test(arguments: ["", "\n\n", "|", "| |\n|-|", "?", ":", "- ", "#", "a:\n", "Q:", "1. \n2. ", "\t\t\n\t\t\n\t\t"])
    func littleTextDoesNoHarm(text: String) {
        for unit in EvidenceUnits(bytes(text)).units {
            #expect(!unit.range.isEmpty && unit.range.upperBound <= text.utf8.count)
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>) func unitsLieInTheText(seed: UInt64) {
        var random = SeededGenerator(seed)
        let pieces =
            [".", " ", "word", "B", "\n", "?", ":", "| ", " | ", "#", "1. ", "- ", "\t", ",", ";", "\u{E9}", "Q: ", "---"]
            .map(bytes)
            + [[0xFF]]
        let text = (0..<80).flatMap { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
        for unit in EvidenceUnits(text).units {
            for range in [unit.range] + unit.context + unit.headings + unit.cells + unit.head {
                #expect(range.lowerBound >= 0 && range.upperBound <= text.count, "\(text)")
            }
            #expect(!unit.range.isEmpty)
        }
    }
}
