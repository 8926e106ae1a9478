import Memory

/// Words that are written as one or as several, and parts of compounds.
extension Expansion {
    /// Sounds that join the parts of a compound.
    private static let joints = ["", "s", "n", "en", "es", "e", "er", "-"].map { Array($0.utf8) }

    /// The terms that write two neighbouring words of a query as one.
    mutating func joined(_ first: [UInt8], _ second: [UInt8]) throws -> [Sense] {
        guard first.count + second.count > 3, Script(of: first) != .other, Script(of: first) == Script(of: second) else {
            return []
        }
        var found: [Sense] = []
        for joint in Expansion.joints.dropLast() {
            if !joint.isEmpty, first.count < 4 || second.count < 4 { continue }
            let term = first + joint + second
            for term in try [term] + table.variants(of: forms.plain(term)) where try count(term) > 0 {
                found.append(Sense([term], .joined, weight: Sense.Kind.joined.weight))
            }
        }
        return found
    }

    /// The rows of terms that write a word as two words, or as up to four where the index lacks the word.
    mutating func splits(of word: [UInt8]) throws -> [Sense] {
        let scalars = String(decoding: word, as: UTF8.self).unicodeScalars.map { Array(String($0).utf8) }
        guard (4...40).contains(scalars.count) else { return [] }
        var rows: [[[UInt8]]] = []
        let most = try count(word) > 0 ? 2 : 4
        var tried = 0
        /// Appends the rows that begin with `row` and go on at `start`.
        func search(_ row: [[UInt8]], from start: Int, _ expansion: inout Expansion) throws {
            guard start < scalars.count else {
                if row.count > 1 { rows.append(row) }
                return
            }
            guard row.count < most, rows.count < 4 else { return }
            for end in (start + 1)...scalars.count where end - start > 1 || row.isEmpty {
                if row.isEmpty, end == scalars.count { continue }
                let part = Array(scalars[start..<end].joined())
                tried += 1
                guard tried < 400 else { return }
                if try expansion.snapshot.passageCount(holding: part) > 0 {
                    try search(row + [part], from: end, &expansion)
                }
            }
        }
        try search([], from: 0, &self)
        return rows.map { Sense($0, .split, weight: Sense.Kind.split.weight) }
    }

    /// The compounds of which a word is a part. What is left of the compound must be words too; what stands before a last part
    /// may be no word where it is long.
    mutating func compounds(
        with word: [UInt8], _ plain: [UInt8], _ script: Script, except taken: Set<[UInt8]>
    ) throws -> [Sense] {
        let fewest = script == .hangul ? 6 : 4
        guard [.latin, .cyrillic, .hangul, .greek].contains(script), plain.count >= fewest else { return [] }
        let stem = script == .latin ? stemmer(.german).map { forms.plain($0.stem(word)) } ?? plain : plain
        let key = stem.count >= fewest && plain.starts(with: stem) ? stem : plain
        var near: [(term: [UInt8], start: Int)] = []
        var around: [(term: [UInt8], start: Int)] = []
        try table.forEach(script) { form, term in
            guard form.count > key.count + 2 else { return }
            if form.starts(with: key) {
                near.append((term(), 0))
            } else if let start = Expansion.lastPlace(of: key, in: form, from: 1) {
                if script == .hangul || form.count - start - key.count < 4 {
                    near.append((term(), start))
                } else if start > 2 {
                    around.append((term(), start))
                }
            }
        }
        var found: [Sense] = []
        for (term, start) in near {
            guard !taken.contains(term), found.count < 40 else { continue }
            let form = forms.plain(term)
            let isHead = start > 0
            if isHead, script == .latin, !endsAlike(form, from: start, key: key, plain) { continue }
            let rest = isHead ? Array(form[..<start]) : Array(form[key.count...])
            guard script == .hangul || rest.count > 2 else { continue }
            let isWord = try isPart(rest, isFirst: isHead) || isRow(rest, isFirst: isHead)
            // What is no word is often an ending: "form" in "formal", "ration" in "administration".
            let isLong = isHead ? key.count > 4 && rest.count + key.count > 8 : key.count > 6 && rest.count > 6
            guard isWord || script == .hangul || isLong else { continue }
            found.append(Sense([term], .compound, weight: isWord ? Sense.Kind.compound.weight : 0.3))
        }
        for (term, start) in around where !taken.contains(term) && found.count < 40 {
            let form = forms.plain(term)
            guard form.count >= start + key.count else { continue }
            if try isPart(Array(form[..<start]), isFirst: true),
                try isPart(Array(form[(start + key.count)...]), isFirst: false)
            {
                found.append(Sense([term], .compound, weight: Sense.Kind.compound.weight))
            }
        }
        return found
    }

    /// Whether the rest of a compound is a compound of two words itself.
    private mutating func isRow(_ rest: [UInt8], isFirst: Bool) throws -> Bool {
        guard rest.count > 7 else { return false }
        for middle in 4...rest.count - 4 {
            let (first, second) = (Array(rest[..<middle]), Array(rest[middle...]))
            if try count(second) > 0, try isPart(first, isFirst: isFirst) { return true }
        }
        return false
    }

    /// Whether a compound ends in a word or in a form of it.
    private mutating func endsAlike(_ form: [UInt8], from start: Int, key: [UInt8], _ plain: [UInt8]) -> Bool {
        let end = Array(form[start...])
        if end == plain || end == key { return true }
        return stemmer(.german).map { forms.plain($0.stem(end)) == forms.plain($0.stem(plain)) } ?? false
    }

    /// Whether the rest of a compound is a word, without the sound that joins it to the other part.
    private mutating func isPart(_ rest: [UInt8], isFirst: Bool) throws -> Bool {
        for joint in Expansion.joints
        where isFirst ? rest.suffix(joint.count).elementsEqual(joint) : rest.starts(with: joint) {
            let part = isFirst ? Array(rest.dropLast(joint.count)) : Array(rest.dropFirst(joint.count))
            guard part.count > 2 else { continue }
            if try count(part) > 0 || snapshot.isBaseTerm(part) { return true }
            for variant in try table.variants(of: part) where try count(variant) > 0 { return true }
        }
        return false
    }

    /// Where a key stands last in a form, not before `first`.
    static func lastPlace(of key: [UInt8], in form: UnsafeBufferPointer<UInt8>, from first: Int) -> Int? {
        var start = form.count - key.count
        while start >= first {
            if form[start] == key[0], form[start..<start + key.count].elementsEqual(key) { return start }
            start -= 1
        }
        return nil
    }
}
