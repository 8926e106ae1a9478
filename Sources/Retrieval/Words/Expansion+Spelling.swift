import Bytes
import Algorithms
import Memory

/// Senses of words that the index lacks.
extension Expansion {
    /// A word that is spelled alike but for one slip; or forms of the word in any language of its script; or a word that is spelled
    /// alike but for two slips.
    ///
    /// - Parameter isName: whether the word is a name, of which fewer slips are slips.
    mutating func guesses(for word: [UInt8], isName: Bool) throws -> [Sense] {
        let script = Script(of: word)
        guard script != .other, script != .unspaced else { return [] }
        let plain = forms.plain(word)
        // A word that the model knows is spelled right. Its neighbours are other words.
        let isKnown = snapshot.isBaseTerm(word)
        var near = isKnown ? [] : try alike(plain, script, atMost: plain.count > 7 && !isName ? 2 : 1)
        if isName { near = near.filter { Expansion.isSlipInName(plain, forms.plain($0.term)) } }
        let inflected = try inflections(of: word, plain, script, in: Language.all(of: script)).filter { term in
            // A stemmer of another language may take off too much.
            let other = forms.plain(term)
            let common = zip(plain, other).prefix { $0 == $1 }.count
            return common > 2 && common + 2 >= min(plain.count, other.count) && abs(plain.count - other.count) < 6
        }
        let held = try inflected.filter { try count($0) > 0 }
        // One slip is likelier than an ending of a language that the index does not hold.
        let isSlip = near.first.map { $0.distance == 1 && !held.contains($0.term) } ?? false
        guard isSlip || held.isEmpty else {
            return held.prefix(10).map { Sense([$0], .inflected, weight: Sense.Kind.inflected.weight) }
        }
        return near.prefix(3).map { Sense([$0.term], .spelling, weight: $0.distance == 1 ? 0.5 : 0.4) }
    }

    /// Whether one of two names is a slip of the other. Names of different people differ in their last letters, in a vowel, or in
    /// a letter that is doubled: what is left is a letter inside a long name that is missing, that is too many, or that changed
    /// places with its neighbour.
    static func isSlipInName(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        let (short, long) = one.count < other.count ? (one, other) : (other, one)
        let start = zip(short, long).prefix { $0 == $1 }.count
        let end = zip(short.reversed(), long.reversed()).prefix { $0 == $1 }.count
        guard long.count > 5, start > 0, end > 1 else { return false }
        if short.count == long.count {
            return start + end + 2 == long.count && short[start] == long[start + 1] && short[start + 1] == long[start]
        }
        guard short.count + 1 == long.count, start + end >= short.count else { return false }
        return long[start] != long[start - 1] && long[start] != long[start + 1]
    }

    /// The terms that are nearest in spelling to a word, all at the same distance, those that most passages hold first.
    mutating func alike(
        _ plain: [UInt8], _ script: Script, atMost limit: Int
    ) throws -> [(term: [UInt8], distance: Int)] {
        let word = EditDistance.scalars(plain)
        guard word.count > 3, limit > 0, !plain.contains(where: \.isDigit) else { return [] }
        let sound = Expansion.sound(plain)
        let isASCII = plain.allSatisfy { $0 < 0x80 }
        var found: [(term: [UInt8], distance: Int)] = []
        try table.forEach(script) { form, term in
            guard abs(form.count - plain.count) <= 2 * limit else { return }
            let other = isASCII ? form.map(UInt32.init) : EditDistance.scalars(form)
            guard Expansion.begins(word, other) else { return }
            if let distance = EditDistance.between(word, other, atMost: limit) {
                found.append((term(), distance))
            } else if Expansion.sound(form) == sound {
                found.append((term(), 1))
            }
        }
        let least = found.map(\.distance).min() ?? 0
        return try found.filter { $0.distance == least }.uniqued(on: \.term).map { ($0, try count($0.term)) }.filter {
            $0.1 > 0
        }
        .sorted { ($1.1, $0.0.term.count) < ($0.1, $1.0.term.count) }.map(\.0)
    }

    /// Slips at the first letter are rare: the first letters are equal, or exchanged, or the rest of a long word is equal.
    private static func begins(_ word: [UInt32], _ other: [UInt32]) -> Bool {
        guard other.count > 2 else { return false }
        if word[0] == other[0] || word[0] == other[1] && word[1] == other[0] { return true }
        if isSoundOfF(word, other) { return true }
        return word.count > 5
            && (word.dropFirst().elementsEqual(other.dropFirst()) || word.dropFirst().elementsEqual(other)
                || word.elementsEqual(other.dropFirst()))
    }

    private static func isSoundOfF(_ word: [UInt32], _ other: [UInt32]) -> Bool {
        let f: UInt32 = 0x66
        let p: UInt32 = 0x70
        return word[0] == f && other[0] == p || word[0] == p && other[0] == f
    }

    /// The letters of a word with ph as f, ck as k and each double letter once.
    private static func sound(_ word: some Sequence<UInt8>) -> [UInt8] {
        var sound: [UInt8] = []
        for byte in word {
            if byte == UInt8(ascii: "h"), sound.last == UInt8(ascii: "p") {
                sound[sound.count - 1] = UInt8(ascii: "f")
            } else if byte == UInt8(ascii: "k"), sound.last == UInt8(ascii: "c") {
                sound[sound.count - 1] = byte
            } else if byte != sound.last {
                sound.append(byte)
            }
        }
        return sound
    }
}
