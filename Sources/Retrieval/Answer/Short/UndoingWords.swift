import Bytes
import Memory

/// Words of English and German that turn what a sentence or a cell says round, or leave it open.
enum UndoingWords {
    /// What is said below these did not come about, or is over.
    private static let ended = set(
        """
        rejected refused declined failed stopped ceased resigned withdrawn cancelled canceled abandoned abolished repealed revoked lacks \
        lack abgelehnt verworfen gescheitert eingestellt zurückgezogen abgesagt abgeschafft zurückgetreten fehlt fehlen
        """)
    /// What is said below these may come about or not.
    private static let undecided = set(
        """
        denied denies promised promises plans planned intends proposed proposes suggested considered considers supposed postponed impair \
        impairs impaired claimed claims versprochen geplant plant vorgeschlagen erwogen verschoben bestritten beeinträchtigt
        """)
    static let undoing = ended.union(undecided)
    /// Words for a state, each with the word for its opposite.
    private static let opposites: [(Set<[UInt8]>, Set<[UInt8]>)] = [
        (set("open opened"), set("closed shut")), (set("offen geöffnet"), set("geschlossen")),
        (set("public"), set("non nonpublic")), (set("öffentlich"), set("nichtöffentlich")),
    ]
    static let all = set("all every each always alle jeder jede jedes immer")
    static let some = set(
        "half some most many few several sometimes usually often einige manche viele wenige hälfte meisten oft")
    static let than = set("than als")
    /// Words before who acts, behind which the order of names says nothing.
    static let agents = set("by von vom durch or oder")

    /// "No" where a text of one clause says the opposite of what is asked; nil for other texts.
    static func answer(to question: AskedQuestion, by row: WordRow) -> Answer.Short.Kind? {
        let asked = Set(question.row.words)
        let said = Set(row.words)
        let isOpposite = opposites.contains { one, other in
            [(one, other), (other, one)].contains { asks, says in
                !asked.isDisjoint(with: asks) && asked.isDisjoint(with: says) && !said.isDisjoint(with: says)
                    && (said.isDisjoint(with: asks) || says.contains(Array("non".utf8)))
            }
        }
        let isEnded = !said.subtracting(asked).isDisjoint(with: ended)
        guard isOpposite || isEnded, !row.text.dropLast().contains(where: { ",;:.".utf8.contains($0) }),
            Negation.places(in: row).isEmpty
        else { return nil }
        return .no
    }

    /// Whether a cell begins with "out of" or "sold out".
    static func isOutOf(_ cell: WordRow) -> Bool {
        guard cell.words.count > 1, cell.words.count < 4 else { return false }
        return cell.words[0].elementsEqual("out".utf8) && cell.words[1].elementsEqual("of".utf8)
            || cell.words[0].elementsEqual("sold".utf8) && cell.words[1].elementsEqual("out".utf8)
    }

    /// Whether a cell says no, none or nothing.
    static func isEmpty(_ text: ArraySlice<UInt8>, _ cell: WordRow) -> Bool {
        if cell.words.isEmpty {
            return text.contains { $0 == UInt8(ascii: "-") } || text.firstRange(of: Array("–".utf8)) != nil
        }
        return cell.words.count == 1 && noes.contains(cell.words[0])
    }

    private static let noes = set("0 no none nein kein keine keiner keins closed geschlossen")

    private static func set(_ words: String) -> Set<[UInt8]> { Set(words.split(separator: " ").map { Array($0.utf8) }) }
}
