/// Forms of German verbs and Spanish nouns that differ by more than an ending, by rule. Most of them are no words: an index says
/// which it holds.
enum RegularForms {
    /// Parts before a verb that a participle keeps before its "ge": angerufen.
    private static let separable = Set.words(
        "ab an auf aus bei ein fest frei her hin los mit nach teil um vor weg zu zurück zusammen")

    /// The other forms of a folded word.
    static func of(_ word: [UInt8]) -> [[UInt8]] {
        guard word.count > 2 else { return [] }
        return participles(of: word) + verbs(of: word) + plurals(of: word)
    }

    /// kaufen: gekauft; melden: gemeldet; anrufen: angerufen.
    private static func participles(of verb: [UInt8]) -> [[UInt8]] {
        guard verb.count > 4, verb.last == UInt8(ascii: "n") else { return [] }
        var found: [[UInt8]] = []
        for (before, rest) in cuts(of: verb) where rest.count > 3 {
            let stem = Array(rest.dropLast(rest.suffix(2).elementsEqual("en".utf8) ? 2 : 1))
            for ending in ["t", "et", "en"] { found.append(before + Array("ge".utf8) + stem + Array(ending.utf8)) }
        }
        return found
    }

    /// gekauft: kaufen; gemeldet: melden; angerufen: anrufen.
    private static func verbs(of participle: [UInt8]) -> [[UInt8]] {
        var found: [[UInt8]] = []
        for (before, rest) in cuts(of: participle) where rest.count > 5 && rest.starts(with: "ge".utf8) {
            for ending in ["t", "et", "en"] where rest.suffix(ending.utf8.count).elementsEqual(ending.utf8) {
                let stem = Array(rest.dropFirst(2).dropLast(ending.utf8.count))
                found.append(before + stem + Array("en".utf8))
            }
        }
        return found
    }

    /// A word as it is, and without each part before it.
    private static func cuts(of word: [UInt8]) -> [(before: [UInt8], rest: [UInt8])] {
        [([], word)] + separable.filter { word.starts(with: $0) }.map { ($0, Array(word.dropFirst($0.count))) }
    }

    /// luz: luces.
    private static func plurals(of noun: [UInt8]) -> [[UInt8]] {
        if noun.last == UInt8(ascii: "z") { return [Array(noun.dropLast()) + Array("ces".utf8)] }
        return noun.suffix(3).elementsEqual("ces".utf8) ? [Array(noun.dropLast(3)) + Array("z".utf8)] : []
    }
}
