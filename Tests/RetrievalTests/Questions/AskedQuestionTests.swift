import Retrieval
import Testing

struct AskedQuestionTests {
    @Test(arguments: [
        ("Who keeps the gate of Elmstow?", ["Elmstow"]), ("What is the range of the TX-90?", ["TX-90"]),
        ("how many rooms has floor 14", ["14"]), ("Did Ruth's brother sing?", ["Ruth's"]),
        ("What Is The Name Of The Dog?", []),
        ("When does the fair begin in March?", []), ("Was I late?", []), ("Wer leitet die Schule in der Stadt?", []),
        ("Wer ist der Vogt von Elmstow?", ["Elmstow"]), ("Welche Schuhe trägt der Koch?", []),
        ("It rained. Why did Bo leave?", ["Bo"]), ("What did Mrs Krogh buy?", ["Krogh"]),
        ("Wann kam denn die alte Frau Krogh an?", ["Krogh"]),
        ("How long is 3.10 supported?", ["3.10"]), ("Who won the 2nd race?", ["2nd"]),
    ])
    func namesAndNumbersAreRequired(question: String, names: [String]) {
        #expect(AskedQuestion(question).required.map(\.written) == names)
    }

    @Test(arguments: [
        ("Does it rain?", true), ("Is tea or coffee served?", false), ("What does it cost?", false),
        ("Darf man hier rauchen?", true), ("Was kostet das Boot?", false), ("Was backt Oda?", false),
        ("Was the boat sold?", true), ("Was Oda late?", true), ("Backt Oda seit Mai?", true),
        ("Zahlt der Verein das Boot?", true),
        ("Backen wir am Montag Brot?", true), ("Wann kommt das Boot?", false),
        ("Gibt es Tee oder Kaffee?", false), ("Kosten der Ausleihe?", false), ("Anschrift der Werft?", false),
        ("Laut Satzung, wer wählt den Vorstand?", false), ("Pflegt der Verein den Garten?", true),
    ])
    func someQuestionsWantYesOrNo(question: String, isYesNo: Bool) { #expect(AskedQuestion(question).isYesNo == isYesNo) }

    @Test(arguments: [
        ("Ist die Laube offen?", true), ("Was wiegt Butter?", true), ("Repariert Oda Boote?", true),
        ("Ist das Tor am Sonntag zu?", true),
        ("Was wird erneuert?", true), ("Was ist verboten?", true), ("Was war declared?", false),
        ("Was Butter weighed?", false), ("When did Oda die?", false), ("Am I late?", false),
        ("Did the Bäcker sleep?", false), ("Var bor Björn?", false), ("Prix des billets à Paris?", false),
        ("war memorial Bodo opening", false), ("Pflegt der Verein den Garten?", true),
    ])
    func germanIsToldByItsWords(question: String, isGerman: Bool) { #expect(AskedQuestion(question).isGerman == isGerman) }

    @Test(arguments: [
        ("What does a kayak cost?", QuestionKind.number), ("Was kostet das Kanu?", .number),
        ("What does the fee cover?", .other),
        ("Combien coûte le canot ?", .number), ("¿Cuándo sale el barco?", .time), ("Waar ligt de boot?", .place),
        ("Qui garde la porte ?", .person), ("À quelle heure part le bac ?", .time),
    ])
    func theKindIsToldByTheFirstWords(question: String, kind: QuestionKind) { #expect(AskedQuestion(question).kind == kind) }

    @Test func dieIsAVerbOfEnglish() {
        #expect(AskedQuestion("When did Bo Lind die?").predicate?.word == bytes("died"))
        #expect(AskedQuestion("Wann kommen die Kühe?").row.holds(bytes("die")))
    }

    @Test func whatIsMeasuredAndWhichIsChosen() {
        #expect(AskedQuestion("How long is the north pier?").measured == [bytes("north"), bytes("pier")])
        #expect(AskedQuestion("How long is the pier that burned?").measured == [bytes("pier"), bytes("burned")])
        #expect(AskedQuestion("Which valve feeds the boiler?").column == bytes("valve"))
        #expect(AskedQuestion("Which is the valve?").column == nil)
    }

    @Test(arguments: [
        ("What is not allowed?", true), ("Who doesn’t pay?", true), ("What is sold except bread?", true),
        ("Was ist nicht erlaubt?", true),
        ("Who can pay no later than May?", false), ("Who paints?", false), ("Don't they sing?", true),
    ])
    func negationIsHeard(question: String, isNegated: Bool) { #expect(AskedQuestion(question).isNegated == isNegated) }

    @Test(arguments: [
        ("How steep is the path?", QuestionKind.number), ("Wie voll darf der Krug sein?", .number),
        ("What share of the oars broke?", .number), ("By which date must I pay?", .time), ("How well does it sail?", .other),
        ("How quickly can I come?", .other), ("Wie heißt das Boot?", .other), ("How is it made?", .other),
        ("Wie kann ich kommen?", .other),
    ])
    func degreesAreNumbers(question: String, kind: QuestionKind) { #expect(AskedQuestion(question).kind == kind) }

    @Test func whatIsPaidFor() {
        #expect(AskedQuestion("How much does the north boat cost?").measured == [bytes("north"), bytes("boat")])
        #expect(AskedQuestion("Was kostet das Boot im Mai?").measured == [bytes("boot")])
        #expect(AskedQuestion("What does Oda paint?").measured.isEmpty)
    }

    @Test func theNounThatIsAskedFor() {
        #expect(AskedQuestion("What is the top speed of the cart?").head == bytes("speed"))
        #expect(AskedQuestion("Who is the keeper of Elmstow?").head == bytes("keeper"))
        #expect(AskedQuestion("What is the colour?").head == nil)
        #expect(AskedQuestion("How is it made?").head == nil)
    }
}

struct RelativeClauseTests {
    @Test(arguments: [
        (
            "Who is the head of the school where the painter Gro Lie teaches drawing?",
            "school the painter Gro Lie teaches drawing",
            "Who is the head of X?"
        ),
        ("How old is the bridge that crosses the Ulva?", "bridge crosses the Ulva", "How old is X?"),
        ("What is grown on the island in which Ida was born?", "island Ida was born", "What is grown on X?"),
        (
            "Wer leitet die Schule, in der Gro Lie zeichnet?", "Schule Gro Lie zeichnet", "Wer leitet X?"
        ),
    ])
    func aDescriptionIsAskedForFirst(question: String, inner: String, outer: String) throws {
        let clause = try #require(RelativeClause(question))
        #expect(clause.inner == inner && clause.naming("X") == outer)
    }

    @Test(arguments: [
        "Who is the mayor?", "Where is the key that", "", "Is it true that all of them left early?", "Which boat is red?",
    ])
    func otherQuestionsDescribeNothing(question: String) { #expect(RelativeClause(question) == nil) }
}

struct WordRowTests {
    @Test(arguments: [
        ("pump P-12 runs", true), ("pump P12 runs", true), ("pump P 12 runs", true), ("pump P-123 runs", false),
        ("P and 12", false),
        ("pump p-12", true),
    ])
    func anIdentifierStandsAsAWhole(text: String, holds: Bool) {
        #expect(WordRow(text).holdsRun([bytes("p"), bytes("12")]) == holds)
    }

    @Test(arguments: [
        ("at 12 mm", true), ("at 12.5 mm", false), ("at 1.12 mm", false), ("at 12, then", true), ("12", true),
        ("at 112", false), ("at 09:12", false), ("at 12:30", true), ("at: 12", true),
    ])
    func aNumberIsNoPartOfAnother(text: String, holds: Bool) { #expect(WordRow(text).holdsRun([bytes("12")]) == holds) }
}

struct DocumentVersionTests {
    private func version(_ title: String, _ path: String, _ start: String = "") -> DocumentVersion {
        DocumentVersion(title: title, path: path, start: start)
    }

    @Test func ofTwoYearsTheLaterOneIsInForce() {
        let old = version("Heating rules 2019", "rules/heating-2019.md")
        let new = version("Heating rules 2022", "rules/heating-2022.md")
        #expect(new.isVersion(of: old) && new.precedes(old, on: 20240101) && !old.precedes(new, on: 20240101))
        #expect(new.written == "2022" && !new.isExplicit)
    }

    @Test func whatIsValidLaterIsNotYetInForce() {
        let now = version("Fares", "fares.md", "Valid from 1 March 2023. Children ride free.")
        let later = version("Fares", "new/fares.md", "Valid from 1 March 2031. Children pay.")
        #expect(now.precedes(later, on: 20250101) && later.precedes(now, on: 20320101))
        #expect(now.isExplicit && now.written == "1 March 2023")
    }

    @Test func whatIsWithdrawnComesLast() {
        let old = version("Dress code", "archive/dress-code-2030.md")
        let new = version("Dress code", "dress-code-2020.md")
        #expect(old.isWithdrawn && new.precedes(old, on: 20330101) && new.isVersion(of: old))
        #expect(version("Dress code", "dress.md", "This text is superseded by DC-2.").isWithdrawn)
    }

    @Test func otherDocumentsAreNoVersions() {
        #expect(!version("Heating rules 2019", "a.md").isVersion(of: version("Bathing rules 2022", "b.md")))
        // The minutes of two days are two records.
        let first = version("", "board-2024-02-11.txt")
        let second = version("", "board-2025-02-11.txt")
        #expect(!first.isVersion(of: second))
    }

    @Test(arguments: [
        ("Gültig ab 3. Mai 2021.", 20210503.0), ("In force since 2021-05-03", 20210503), ("effective May 3, 2021", 20210503),
        ("Valid from 03.05.2021", 20210503), ("Valid from May 2021", 20210501), ("gilt ab 2021", 20210000),
    ])
    func datesAreRead(start: String, day: Double) { #expect(version("x", "x.md", start).order == day) }
}
