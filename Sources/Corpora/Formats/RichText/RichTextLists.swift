/// The lists that a document in rich text defines (`\listtable` and `\listoverridetable`).
struct RichTextLists {
    private var numbering = ListNumbering()
    /// The list that is being defined, its levels, and the level that is being defined.
    private var levels: [Int: ListNumbering.Level] = [:]
    private var level = -1
    /// The list that the paragraphs with the next number belong to, and the numbers with which it starts again.
    private var identifier = 0
    private var starts: [Int: Int] = [:]

    /// The label of the next paragraph of a list, as `ListNumbering.label`.
    mutating func label(_ list: Int, level: Int) -> String? { numbering.label("\(list)", level: level) }

    /// Obeys a word in the definition of lists.
    mutating func define(_ word: String, _ number: Int?) {
        switch word {
        case "list":
            levels = [:]
            level = -1
        case "listlevel":
            level += 1
            if level < ListNumbering.deepest { levels[level] = ListNumbering.Level() }
        case "levelnfc", "levelnfcn": levels[level]?.format = Self.formats[number ?? 0] ?? "decimal"
        case "levelstartat": levels[level]?.start = number ?? 1
        case "levellegal": levels[level]?.isLegal = number != 0
        case "listid": numbering.levels["\(number ?? 0)"] = levels
        default: break
        }
    }

    /// Obeys a word in the table of which paragraphs belong to which list.
    mutating func override(_ word: String, _ number: Int?) {
        switch word {
        case "listoverride":
            level = -1
            starts = [:]
        case "listid": identifier = number ?? 0
        case "lfolevel": level += 1
        case "levelstartat": starts[level] = number ?? 1
        case "ls":
            numbering.numberings["\(number ?? 0)"] = "\(identifier)"
            numbering.starts["\(number ?? 0)"] = starts
        default: break
        }
    }

    /// Takes the text of a label: its length, and characters, of which those below 9 stand for the number of a level.
    mutating func setLabel(_ text: String) {
        guard let length = text.unicodeScalars.first?.value else { return }
        levels[level]?.parts = text.unicodeScalars.dropFirst().prefix(Int(min(length, 100))).map {
            $0.value < ListNumbering.deepest ? .number(Int($0.value)) : .words(String($0))
        }
    }

    /// The formats of numbers, by the numbers of rich text.
    private static let formats = [
        0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal", 6: "cardinalText",
        7: "ordinalText", 22: "decimalZero", 23: "bullet", 255: "none",
    ]
}

extension RichTextParser {
    /// Obeys a word about lists. Returns false for another word.
    mutating func numbering(_ word: String, _ number: Int?) -> Bool {
        switch group.destination {
        case .lists where word == "leveltext": group.destination = .levelText
        case .lists where ["levelnumbers", "listname", "liststylename"].contains(word): group.destination = .skipped
        case .lists: lists.define(word, number)
        case .overrides: lists.override(word, number)
        case .body where word == "ls": list = max(0, number ?? 0)
        default: return false
        }
        return true
    }
}
