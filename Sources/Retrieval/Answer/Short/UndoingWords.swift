import Bytes
import Memory

/// Words of English and German that turn what a sentence or a cell says round, or leave it open.
enum UndoingWords {
    /// What is said below these did not come about, or is over.
    private static let ended = Set.words(
        """
        rejected refused declined failed stopped ceased resigned withdrawn cancelled canceled abandoned abolished repealed revoked lacks \
        lack abgelehnt verworfen gescheitert eingestellt zurückgezogen abgesagt abgeschafft zurückgetreten fehlt fehlen
        """)
    /// What is said below these may come about or not.
    private static let undecided = Set.words(
        """
        denied denies promised promises plans planned intends proposed proposes suggested considered considers supposed postponed impair \
        impairs impaired claimed claims versprochen geplant plant vorgeschlagen erwogen verschoben bestritten beeinträchtigt
        """)
    static let undoing = ended.union(undecided)
    /// Words for a state, each with the word for its opposite.
    private static let opposites: [(Set<[UInt8]>, Set<[UInt8]>)] = [
        (Set.words("open opened"), Set.words("closed shut")), (Set.words("offen geöffnet"), Set.words("geschlossen")),
        (Set.words("public"), Set.words("non nonpublic")), (Set.words("öffentlich"), Set.words("nichtöffentlich")),
    ]
    static let all = Set.words("all every each always alle jeder jede jedes immer")
    static let some = Set.words(
        "half some most many few several sometimes usually often einige manche viele wenige hälfte meisten oft")
    static let than = Set.words("than als")
    /// Words before who acts, behind which the order of names says nothing.
    static let agents = Set.words("by von vom durch or oder")

    /// The words of a question whose opposites a text of one clause has; none where the text says that what is asked ended or did not
    /// come about. Nil for other texts.
    static func turned(of question: AskedQuestion, by row: WordRow) -> Set<[UInt8]>? {
        let asked = Set(question.row.words)
        let said = Set(row.words)
        guard Negation.places(in: row).isEmpty, !row.text.dropLast().contains(where: { ",;:.".utf8.contains($0) }) else {
            return nil
        }
        for (one, other) in opposites + opposites.map({ ($1, $0) })
        where !asked.isDisjoint(with: one) && asked.isDisjoint(with: other) && !said.isDisjoint(with: other) {
            // "non-public" has the word itself, too.
            if said.isDisjoint(with: one) || other.contains(Array("non".utf8)) { return one }
        }
        return said.subtracting(asked).isDisjoint(with: ended) ? nil : []
    }

    /// Whether a cell begins with "out of" or "sold out".
    static func isOutOf(_ cell: WordRow) -> Bool {
        guard cell.words.count > 1, cell.words.count < 4 else { return false }
        return cell.words[0].elementsEqual("out".utf8) && cell.words[1].elementsEqual("of".utf8)
            || cell.words[0].elementsEqual("sold".utf8) && cell.words[1].elementsEqual("out".utf8)
    }

    /// Whether a cell says no, none or nothing: "–", "n/a", "0", "not yet".
    static func saysNo(_ text: ArraySlice<UInt8>, _ cell: WordRow) -> Bool {
        guard let first = cell.words.first else {
            return String(decoding: text, as: UTF8.self).contains { "-–—−✗✘❌".contains($0) }
        }
        if text.map(\.lowercasedASCII).elementsEqual("n/a".utf8) { return true }
        return noes.contains(first) && (cell.words.count == 1 || !first[0].isDigit && cell.words.count < 4)
    }

    /// Whether a cell begins with yes or no, says no in other words, or holds a mark.
    static func saysYesOrNo(_ text: ArraySlice<UInt8>) -> Bool {
        let cell = WordRow(Array(text))
        guard let first = cell.words.first else { return true }
        return yeses.contains(first) || saysNo(text, cell)
    }

    private static let yeses = Set.words("yes ja y x true available included open free allowed offen frei erlaubt inklusive")
    private static let noes = Set.words(
        "0 no not none never unavailable nein nicht nie kein keine keiner keins closed geschlossen")
}
