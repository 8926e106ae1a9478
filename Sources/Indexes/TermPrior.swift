/// A plain copy of the base lexicon: the terms that ship with the model, so that an index need not spell them.
package struct TermPrior: Sendable {
    /// The terms, UTF-8, the most frequent first.
    package let terms: [[UInt8]]
    /// How many of 65,536 passages hold each term, as counted when the model was made.
    package let frequency: [UInt16]
    /// The hash that names this lexicon. An index opens with the lexicon that it was written with.
    package let id: [UInt8]
    /// How terms are spelled and return in general.
    let statistics: TermStatistics
    /// The case-folded form of a term.
    package let fold: @Sendable ([UInt8]) -> [UInt8]
    /// The key by which terms that are not plain are ordered: equal for terms that differ by accents and case only.
    package let key: @Sendable ([UInt8]) -> [UInt8]
    /// The folded parts of a term with capitals inside.
    package let parts: @Sendable ([UInt8]) -> [[UInt8]]

    /// The terms by how often the model saw them.
    let classes: WordClasses

    private let positions: [[UInt8]: Int]
    /// The positions of terms with capitals inside, by their folded forms.
    private let mixed: [[UInt8]: [UInt32]]

    /// A lexicon from its parts. The first counts of a term that is given twice.
    package init(
        terms: [[UInt8]], frequency: [UInt16], id: [UInt8], statistics: TermStatistics = .blank,
        fold: @escaping @Sendable ([UInt8]) -> [UInt8], key: (@Sendable ([UInt8]) -> [UInt8])? = nil,
        parts: @escaping @Sendable ([UInt8]) -> [[UInt8]] = { _ in [] }
    ) {
        precondition(terms.count == frequency.count)
        self.terms = terms
        self.frequency = frequency
        self.id = id
        self.statistics = statistics
        self.fold = fold
        self.key = key ?? fold
        self.parts = parts
        classes = WordClasses(frequency)
        let mixed = terms.enumerated().filter { _, term in
            term.contains { $0 >= 0x80 || 0x41...0x5A ~= $0 } && fold(term) != term
        }
        self.mixed = Dictionary(grouping: mixed) { fold($0.element) }.mapValues { $0.map { UInt32($0.offset) } }
        positions = Dictionary(terms.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
    }

    /// The position of a term; nil for one that must be spelled.
    func position(of term: [UInt8]) -> Int? { positions[term] }

    /// The positions of the terms that fold to a folded term and differ from it, ascending.
    func mixedPositions(foldingTo term: [UInt8]) -> [UInt32] { mixed[term] ?? [] }
}
