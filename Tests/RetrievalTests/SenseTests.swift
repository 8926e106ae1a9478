import Foundation
import Indexes
import Retrieval
import Testing

/// What the words of a query stand for in an index.
struct SenseTests {
    private func kind(_ query: String, _ term: String, in texts: String...) throws -> Sense.Kind? {
        let senses = try WordIndex(texts: texts).senses(query)
        return senses["\(query.lowercased()) > \(term)"]
    }

    @Test(arguments: [
        ("smietnik", "śmietnik", "Śmietnik stoi za domem."), ("zazolc", "zażółć", "Zażółć gęślą jaźń."),
        ("prilis", "příliš", "Příliš žluťoučký kůň."), ("isik", "ışık", "Bu ışık yanıyor."),
        ("duong", "đường", "Con đường dài."),
        ("oeuvre", "œuvre", "Une œuvre rare."), ("strasse", "straße", "Die Straße ist gesperrt."),
        ("straße", "strasse", "Die Strasse ist gesperrt."), ("schlussel", "schlüssel", "Der Schlüssel hängt dort."),
        ("schluessel", "schlüssel", "Der Schlüssel hängt dort."), ("schlüssel", "schluessel", "Der Schluessel haengt dort."),
        ("smorgas", "smørgås", "Et smørgås."), ("πορτα", "πόρτα", "Η πόρτα είναι κλειστή."),
        ("елка", "ёлка", "Зелёная ёлка."),
        ("jalapeno", "jalapen\u{303}o", "A jalapen\u{303}o."),
        ("office", "oﬃce", "The oﬃce is shut."), ("nth", "nᵗʰ", "The nᵗʰ case."), ("jarm", "ⱼarm", "An ⱼarm."),
        ("gross", "groẞ", "Wie groẞ."), ("مدرسه", "مُدَرِّسَة", "هنا مُدَرِّسَة"), ("שלום", "שָׁלוֹם", "שָׁלוֹם לכם"),
    ])
    func accentsAndFormsOfUnicodeMeet(query: String, term: String, text: String) throws {
        let index = try WordIndex(texts: [text, "Nothing of it."])
        let senses = try index.senses(query)
        #expect(senses.contains { $0.key.hasSuffix("> \(term)") && $0.value == .variant }, "\(senses)")
    }

    @Test(arguments: [
        ("mouse", "mice", "Mice ate it."), ("goose", "geese", "Two geese."), ("children", "child", "A child."),
        ("write", "wrote", "She wrote it."), ("leaf", "leaves", "Dry leaves."), ("criterion", "criteria", "Three criteria."),
        ("replies", "reply", "A reply."), ("häuser", "haus", "Das Haus steht."), ("buch", "büchern", "Mit den Büchern."),
        ("kunde", "kunden", "Die Kunden warten."), ("kündigen", "gekündigt", "Er hat gekündigt."),
        ("gemeldet", "melden", "Schäden melden."), ("anrufen", "angerufen", "Sie hat angerufen."),
        ("luz", "luces", "Las luces."), ("voces", "voz", "La voz."),
    ])
    func formsOfEnglishAndGermanMeet(query: String, term: String, text: String) throws {
        #expect(try kind(query, term, in: text, "Nothing of it.") == .inflected)
    }

    @Test(arguments: [
        ("biblioteca", "bibliotecas", "Las bibliotecas cierran a las nueve."),
        ("animal", "animaux", "Les animaux sont interdits."), ("libro", "libri", "I libri della sala."),
        ("janela", "janelas", "As janelas fecham às nove."), ("книга", "книги", "Все книги здесь."),
        ("fietser", "fietsers", "De fietsers wachten."), ("stol", "stolarna", "Stolarna står där."),
        ("auto", "autot", "Autot ovat tuolla."), ("kitap", "kitaplar", "Kitaplar burada."),
    ])
    func formsOfOtherLanguagesMeetWhereTheIndexLacksTheWord(query: String, term: String, text: String) throws {
        #expect(try kind(query, term, in: text, "Nothing of it.") == .inflected)
    }

    @Test(arguments: [
        ("휴가", "휴가는", "휴가는 열흘입니다."), ("휴가를", "휴가는", "휴가는 열흘입니다."), ("사무실", "사무실에서", "사무실에서 기다린다."),
        ("مكتب", "المكتب", "المكتب مغلق"), ("المكتب", "والمكتب", "البيت والمكتب"), ("ספר", "הספר", "הספר על השולחן"),
    ])
    func particlesAndArticlesBelongToNoWord(query: String, term: String, text: String) throws {
        #expect(try kind(query, term, in: text, "Nothing of it.") == .inflected)
    }

    @Test func wordsOfScriptsWithoutSpacesAreFoundInside() throws {
        #expect(try kind("ประชุม", "ห้องประชุมอยู่ชั้นสอง", in: "ห้องประชุมอยู่ชั้นสอง", "ลานจอดรถ") == .stretch)
        #expect(try kind("ປຶ້ມ", "ອ່ານປຶ້ມນີ້", in: "ອ່ານປຶ້ມນີ້", "ລົດ") == .stretch)
        #expect(try kind("ประชุม", "ลานจอดรถ", in: "ห้องประชุมอยู่ชั้นสอง", "ลานจอดรถ") == nil)
    }

    @Test func partsOfIdentifiersAreWords() throws {
        let index = try WordIndex(texts: ["let maxRetryCount = 4; parseHTTPHeader(x)", "Nothing of it."])
        let senses = try index.senses("retry header http")
        #expect(senses["retry > maxretrycount"] == .identifier)
        #expect(senses["header > parsehttpheader"] == .identifier && senses["http > parsehttpheader"] == .identifier)
        let split = try WordIndex(texts: ["max_retry_count = 4"])
        #expect(try split.senses("retryCount")["retrycount > retry count"] == .split)
    }

    @Test func wordsAreJoinedAndSplit() throws {
        let open = try WordIndex(texts: ["The note book lies in the wi fi room, by e mail.", "Nothing."])
        let senses = try open.senses("notebook wifi email")
        #expect(senses["notebook > note book"] == .split && senses["wifi > wi fi"] == .split)
        #expect(senses["email > e mail"] == .split)
        let closed = try WordIndex(texts: ["The notebook and the Arbeitszeit.", "Nothing."])
        let joined = try closed.senses("note book arbeit zeit")
        #expect(joined["note > notebook"] == .joined && joined["book > notebook"] == .joined)
        #expect(joined["zeit > arbeitszeit"] == .joined)
    }

    @Test func abbreviationsAreTheSameWithAndWithoutPoints() throws {
        let pointed = try WordIndex(texts: ["He left the U.S.A. by ship.", "Nothing."]).index
        let query = try pointed.query("ships to the USA")
        let place = try #require(query.words.firstIndex(of: bytes("usa")))
        #expect(WordBag(bytes("the U.S.A. by ship")).frequency(of: place, in: query) > 0)
        #expect(WordBag(bytes("u, then s, then a")).frequency(of: place, in: query) == 0)
        let plain = try WordIndex(texts: ["He left the USA by ship.", "Nothing."])
        #expect(try plain.senses("ships to the U.S.A.")["u > usa"] == .variant)
    }

    /// "line" is less than the word that it is a part of.
    @Test func wordsWithHyphensAreFoundInOne() throws {
        let index = try WordIndex(texts: ["A cooperation.", "The operation.", "The cooperation and the co-operation."])
        let senses = try index.senses("their co-operation")
        #expect(senses["operation > cooperation"] == .variant, "\(senses)")
        let query = try index.index.query("co-operation")
        let place = try #require(query.words.firstIndex(of: bytes("operation")))
        func frequency(_ text: String) -> Double { WordBag(bytes(text)).frequency(of: place, in: query) }
        #expect(frequency("a co-operation") > frequency("a cooperation"))
        #expect(frequency("a cooperation") > frequency("an operation"))
    }

    @Test(arguments: [
        ("frist", "widerrufsfrist", "Die Widerrufsfrist endet."), ("urlaub", "urlaubsantrag", "Ein Urlaubsantrag."),
        ("schlüssel", "kellerschlüssel", "Der Kellerschlüssel."), ("fristen", "lieferfrist", "Die Lieferfrist."),
        ("verzekering", "reisverzekering", "De reisverzekering."), ("nyckel", "husnyckel", "En husnyckel."),
        ("plan", "winterbauplanentwurf", "Der Winterbauplanentwurf. Ein Entwurf. Im Winterbau."),
        ("hafen", "hafenstrafenkatalog", "Der Hafenstrafenkatalog. Strafen. Ein Katalog."),
    ])
    func partsOfCompoundsAreFound(query: String, term: String, text: String) throws {
        #expect(try kind(query, term, in: text, "Nothing of it.") == .compound)
    }

    /// What follows a long word may be a word that the index lacks.
    @Test func aLongWordBeginsACompound() throws {
        #expect(
            try kind("haftpflicht", "haftpflichtversicherung", in: "Die Haftpflichtversicherung zahlt.", "x") == .compound)
        #expect(try kind("form", "formalisation", in: "A formalisation of it.", "x") == nil)
    }

    @Test(arguments: [
        ("4812", "4812 > 4 812", "Costs 4,812 crowns."), ("4,812", "4 > 4812", "Costs 4812 crowns."),
        ("4.812,75", "4 > 4812", "Kostet 4812,75 Euro."), ("38 507", "507 > 3850 7", "Costs 38507 crowns."),
        ("2,750,316", "750 > 2750", "Has 2750316 pins."),
        ("9 June 2023", "2023 > 2023 06 09", "Shut on 2023-06-09."),
        ("2023-06-09", "06 > june 9 2023", "Shut on June 9, 2023."),
        ("9. Juni 2023", "9 > 09 06 2023", "Am 09.06.2023 zu."), ("2023-06-09", "09 > june 9 th 2023", "On June 9th, 2023."),
        ("DE89370400440532013000", "8937 > 89 3704", "Account DE89 3704 0044 0532 0130 00."),
        ("DE89 3704 0044 0532 0130 00", "3704 > 8937 0400", "Account DE89370400440532013000."),
        ("0307654321", "0307 > 030 7654", "Call 030/7654321."), ("5551234567", "2345 > 123 4567", "Call (555) 123-4567."),
        ("030/7654321", "7654 > 0307 6543", "Call 0307654321."),
    ])
    func numbersAndDatesMeetInTheirOtherForms(query: String, sense: String, text: String) throws {
        let senses = try WordIndex(texts: [text, "Nothing of it."]).senses(query)
        #expect(senses[sense] == .variant, "\(senses)")
    }

    @Test func aVersionOrAYearIsNoOtherNumber() throws {
        let senses = try WordIndex(texts: ["Release 3 141 of 1 204 and May 3.", "Nothing."]).senses("3.1415 0204 May 2024")
        #expect(!senses.values.contains(.variant), "\(senses)")
    }

    @Test func aPieceOfAWordIsNoPart() throws {
        #expect(try kind("plan", "seeplanktonfang", in: "Der Seeplanktonfang. Ein Fang.") == nil)
        #expect(try kind("form", "formidable", in: "It is formidable.") == nil)
        #expect(try kind("rain", "brain", in: "The brain.") == nil)
    }

    @Test(arguments: [
        ("accomodation", "accommodation", "The accommodation is free."), ("recieve", "receive", "You receive it."),
        ("seperate", "separate", "A separate room."), ("wendesday", "wednesday", "On Wednesday."),
        ("filosofy", "philosophy", "The philosophy."), ("maschiene", "maschine", "Die Maschine."),
        ("reglaje", "reglage", "Le reglage."), ("конферения", "конференция", "Конференция."),
    ])
    func slipsOfThePenAreSeenThrough(query: String, term: String, text: String) throws {
        let senses = try WordIndex(texts: [text, "Nothing of it."]).senses(query)
        #expect(senses["\(query) > \(term)"] == .spelling, "\(senses)")
    }

    @Test func aWordThatIsSpelledRightIsNotChanged() throws {
        // "house" is a word of the model, "horse" another one.
        #expect(try kind("house", "horse", in: "The horse.") == nil)
        // "lamps" stands in the index; "lumps" is no slip of it.
        #expect(try kind("zorbing", "zorbung", in: "The zorbing, the zorbung.") == nil)
        // Short words and numbers have too many neighbours.
        #expect(try kind("xqz", "xqy", in: "An xqy.") == nil)
    }

    /// Short words stand in most words that are spelled wrong: "mount", "Ian".
    @Test func aSlipIsNoRowOfShortWords() throws {
        let senses = try WordIndex(texts: ["The mountain.", "Mount a horse.", "Ian came."]).senses("mountian")
        #expect(senses["mountian > mountain"] == .spelling && senses["mountian > mount ian"] == nil, "\(senses)")
        let row = try WordIndex(texts: ["The mountain.", "The tea pot."]).senses("teapot")
        #expect(row["teapot > tea pot"] == .split)
    }

    @Test(arguments: [
        // A letter is missing, too many, or changed places.
        ("Zelbander", "zelbrander", true), ("Zelbrxander", "zelbrander", true), ("Zelbarnder", "zelbrander", true),
        // Other people.
        ("Tillsten", "tillston", false), ("Kravets", "kravetz", false), ("Bergmanov", "bergmannov", false),
        ("Orvald", "orwald", false), ("Tove", "tobve", false),
    ])
    func ofNamesFewSlipsAreSlips(asked: String, held: String, isSlip: Bool) throws {
        let index = try WordIndex(texts: ["Then \(held) came.", "Nothing."]).index
        let query = try index.query("When did \(asked) come?", isQuestion: true)
        #expect((query.corrections.first?.used == [held]) == isSlip, "\(query.corrections)")
    }

    @Test func theReaderGetsWordsAsTheIndexSpellsThem() throws {
        let query = try WordIndex(texts: ["The accommodation is free.", "Nothing."]).index.query("Is accomodation free?")
        #expect(string(query.text) == "Is accommodation free?")
    }

    @Test func aNameInAQuestionIsNoSlip() throws {
        let index = try WordIndex(texts: ["The plonker is a flower.", "Nothing."]).index
        #expect(try index.query("When was the tug Plenker built?", isQuestion: true).corrections.isEmpty)
        #expect(
            try index.query("what is a plenker?", isQuestion: true).senses.contains { $0.contains { $0.kind == .spelling } })
    }

    @Test func whatWasLookedForInsteadIsTold() throws {
        let query = try WordIndex(texts: ["The accommodation is free.", "Nothing."]).index.query("free accomodation")
        #expect(query.corrections == [Correction(word: "accomodation", used: ["accommodation"])])
        #expect(query.terms.map { string($0) }.contains("accommodation"))
    }

    @Test func theExactFormWeighsMost() throws {
        let query = try WordIndex(texts: ["A resume.", "Un résumé.", "The resumes.", "Nothing."]).index.query("resume")
        #expect(query.senses[0].first == .exact(bytes("resume")))
        #expect(query.senses[0].dropFirst().allSatisfy { $0.weight < 1 } && query.senses[0].count == 3)
    }

    @Test func namesAndTitlesAreFields() throws {
        let index = try WordIndex([
            ("plans/TravelCosts2024.txt", "", "Nothing of it."), ("b.txt", "Harbour notice", "Something else."),
            ("c.txt", "", "More."),
        ]).index
        let travel = try index.query("travel costs")
        #expect(travel.fieldWeights.allSatisfy { $0 > 0 })
        let harbour = try index.query("harbuor notice")
        #expect(harbour.fieldWeights.allSatisfy { $0 > 0 }, "\(harbour.senses)")
        #expect(harbour.corrections.first?.used == ["harbour"])
        // A word of every path weighs nearly nothing.
        #expect(try index.query("txt").fieldWeights[0] < 0.1)
    }
}

struct WordFrequencyTests {
    @Test func readingsCountByTheirWeight() throws {
        let index = try WordIndex(texts: ["A resume and a résumé.", "Nothing."]).index
        let query = try index.query("resume")
        #expect(abs(WordBag(bytes("A resume, a Résumé, two resumes.")).frequency(of: 0, in: query) - 2.4) < 1e-9)
        #expect(WordBag(bytes("résumé")).matches(of: 0, in: query).map { string($0) } == ["résumé"])
        #expect(WordBag(bytes("résumé, résumé, résumé")).frequency(of: 0, in: query) < 1)
        #expect(WordBag(bytes("none")).frequency(of: 0, in: query) == 0)
    }

    @Test func rowsCountWhereTheyAreRows() throws {
        let query = try WordIndex(texts: ["a note book", "Nothing."]).index.query("notebook")
        #expect(WordBag(bytes("a note book")).frequency(of: 0, in: query) > 0)
        #expect(WordBag(bytes("a book, a note")).frequency(of: 0, in: query) == 0)
    }

    @Test(arguments: [
        ("cooperative", "The co\u{AD}opera\u{AD}tive."), ("office", "The oﬃce."), ("zq", "Rack ＺＱ５."),
        ("café", "Un cafe\u{301}."),
    ])
    func hiddenFormsAreSeen(word: String, text: String) throws {
        let query = Query(word, model: TestModel.shared)
        #expect(WordBag(bytes(text)).frequency(of: 0, in: query) == 1)
    }
}
