import Bytes
import Memory

/// Superlatives of French and Spanish: "le plus cher", "más barato".
extension Superlative {
    private static let mores = Set.words("plus más")
    private static let lesses = Set.words("moins menos")
    private static let ors = Set.words("o ou")
    private static let times = Set.words("tiempo longtemps")

    /// Adjectives with the quality whose greater end they name, and those that name its lesser end.
    private static let adjectives: [[UInt8]: (end: End, quality: Quality)] = Dictionary(
        uniqueKeysWithValues: [
            ("caro cara caros caras cher chère chers chères", End.greatest, Quality.money),
            ("barato barata baratos baratas", .least, .money),
            ("grande grandes grand grands", .greatest, .size),
            ("pequeño pequeña pequeños pequeñas petit petite petits petites", .least, .size),
            ("largo larga largos largas long longue longs longues", .greatest, .measure(.length, .length)),
            ("corto corta cortos cortas court courte courts courtes", .least, .measure(.length, .length)),
            ("alto alta altos altas haut haute hauts hautes", .greatest, .measure(.length, .height)),
            ("bajo baja bajos bajas bas basse", .least, .measure(.length, .height)),
            ("pesado pesada lourd lourde lourds lourdes", .greatest, .measure(.weight, nil)),
            ("ligero ligera léger légère", .least, .measure(.weight, nil)),
            ("rápido rápida rapide rapides", .greatest, .measure(.speed, nil)),
            ("lento lenta lent lente", .least, .measure(.speed, nil)),
            ("viejo vieja antiguo antigua vieux vieille ancien ancienne âgé âgée", .greatest, .age),
            ("joven jóvenes nuevo nueva jeune jeunes récent récente", .least, .age),
        ].flatMap { row in row.0.split(separator: " ").map { (Array($0.utf8), (row.1, row.2)) } })

    /// Whether a word stands before an adjective that it compares.
    static func isDegree(_ word: [UInt8]) -> Bool { mores.contains(word) || lesses.contains(word) }

    /// What "plus" or "moins" with the word behind it compares. The noun stands before it: "el hotel más caro".
    static func romance(_ words: [[UInt8]], at i: Int) -> Superlative? {
        guard isDegree(words[i]), i + 1 < words.count else { return nil }
        let isMore = mores.contains(words[i])
        if times.contains(words[i + 1]) { return Superlative(isMore ? .greatest : .least, [.since], word: words[i + 1]) }
        guard let (end, quality) = adjectives[words[i + 1]] else { return nil }
        let other: End = end == .least ? .greatest : .least
        var found = Superlative(isMore ? end : other, [quality], word: words[i + 1])
        found.isOfTwo = words.contains(where: ors.contains)
        found.noun = words[..<i].last { !ForeignWords.all.contains($0) }.flatMap(content)
        return found
    }
}
