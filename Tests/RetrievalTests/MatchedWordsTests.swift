import Retrieval
import Testing

struct MatchedWordsTests {
    private func marked(_ text: String, _ matched: [String]) -> [String] {
        let bytes = Array(text.utf8)
        return MatchedWords(matched).places(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    @Test func aWordIsMatchedInAnyCaseAndWhole() {
        #expect(marked("Bikes, BIKES. (bikes) bike motorbikes bikeshed", ["bikes"]) == ["Bikes", "BIKES", "bikes"])
        #expect(marked("ÜBER dem Markt, über uns", ["über"]) == ["ÜBER", "über"])
    }

    /// A search names each form that stands in the text; a rule of its own for beginnings or accents would mark more.
    @Test func onlyTheFormsThatWereFoundAreMatched() {
        #expect(marked("The key of the keys; a keyboard", ["key", "keys"]) == ["key", "keys"])
        #expect(marked("uber Über", ["uber"]) == ["uber"])
    }

    @Test func severalWordsAreMatchedOneByOne() {
        #expect(marked("one e-bike, two bikes", ["e bike"]) == ["e", "bike"])
        #expect(marked("a text", []).isEmpty)
        #expect(MatchedWords(["key"]).stand(in: "(Key)") && !MatchedWords(["key"]).stand(in: "keys"))
    }
}
