extension Query {
    /// A text with each word that the index lacks and spells otherwise as the index spells it.
    func spelled(_ text: String) -> String {
        let wrong = lacking.compactMap { i in
            senses[i].first { $0.kind == .spelling && $0.terms.count == 1 }.map { (words[i], $0.terms[0]) }
        }
        guard !wrong.isEmpty else { return text }
        let right = Dictionary(wrong, uniquingKeysWith: { first, _ in first })
        let row = WordRow(text)
        var bytes = row.text
        for (word, place) in zip(row.words, row.places).reversed() {
            if let term = right[word] { bytes.replaceSubrange(place, with: term) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
