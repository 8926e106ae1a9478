import Bytes
import Memory

/// Superlatives of French and Spanish: "le plus cher", "más barato".
extension Superlative {
    private static let mores = Set.words("plus más")
    private static let lesses = Set.words("moins menos")
    private static let ors = Set.words("o ou")
    private static let times = Set.words("tiempo longtemps")
    private static let joining = Set.words("est es son sont le la les el los las")

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

    /// What "plus" or "moins" with the word behind it compares.
    static func romance(_ words: [[UInt8]], at i: Int) -> Superlative? {
        let isMore = mores.contains(words[i])
        guard isMore || lesses.contains(words[i]), i + 1 < words.count else { return nil }
        if times.contains(words[i + 1]) { return Superlative(isMore ? .greatest : .least, [.since], word: words[i + 1]) }
        guard let (end, quality) = adjectives[words[i + 1]] else { return nil }
        var found = Superlative(isMore ? end : end == .least ? .greatest : .least, [quality], word: words[i + 1])
        found.isOfTwo = words.contains(where: ors.contains)
        found.noun = words[..<i].last { !joining.contains($0) }.flatMap(content)
        return found
    }
}
