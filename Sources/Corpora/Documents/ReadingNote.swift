/// What was not read of a file, or read with doubt, although the file holds a document.
///
/// An index stores a note as `number` and `details`, like a refusal. The program makes the words for people from these facts.
package enum ReadingNote: Sendable, Hashable {
    /// Pages that are images.
    case pagesWithoutText(Int, of: Int)
    case damagedPages(Int, of: Int)
    /// Characters whose font does not say which letters they show.
    case lettersUnknown(characters: Int)
    /// Text that no reader sees: white, tiny, covered or unpainted. It is read and marked.
    case hiddenText(characters: Int)
    /// Text outside the page. It is not read.
    case textOutsidePage(characters: Int)
    /// Files inside the file. The payload has their names.
    case attachments([String])
    /// The payload is the character collection that the system cannot read.
    case languagePackMissing(String)
    /// Pages that are images whose text was recognised. It may hold errors.
    case pagesRecognised(Int, of: Int)
    /// Words with letters that are most likely wrong, because the fonts name other ones than they show.
    case lettersDoubtful(words: Int)
    /// Running lines that stand on more pages than they are kept for, and are more than a hundredth of the text.
    case linesKeptOnce(Int)
    /// Pictures without alternative text.
    case pictures(Int)
    /// Objects of other programs and macros. The payload says what they are.
    case objects([String])
    /// Parts that a password locks.
    case lockedParts([String])
    /// Damaged parts, whose text may be incomplete.
    case damagedParts([String])
    /// Parts that are too long, or nested too deep.
    case partsBeyondLimit([String])
    /// Pieces of text that the program of the file does not show. They are not read.
    case hiddenPieces(Int)
    /// A form that its pages do not show (XFA). So many lines of its texts and values are read, without their places.
    case dynamicForm(lines: Int)
    /// A note about a file that was read inside the file, such as an attachment. The payload has its name first.
    indirect case inside(String, ReadingNote)
}

extension ReadingNote {
    /// The most details of a note. Further names of attachments are left out.
    private static let mostDetails = 100

    /// The number that an index stores. Numbers of notes start at 100, so that none is the number of a refusal.
    package var number: Int { stored.number }

    /// The payload as an index stores it.
    package var details: [String] { stored.details }

    private var stored: (number: Int, details: [String]) {
        switch self {
        case .pagesWithoutText(let count, let all): (100, ["\(count)", "\(all)"])
        case .damagedPages(let count, let all): (101, ["\(count)", "\(all)"])
        case .lettersUnknown(let count): (102, ["\(count)"])
        case .hiddenText(let count): (103, ["\(count)"])
        case .textOutsidePage(let count): (104, ["\(count)"])
        case .attachments(let names): (105, Array(names.prefix(Self.mostDetails)))
        case .languagePackMissing(let name): (106, [name])
        case .pagesRecognised(let count, let all): (107, ["\(count)", "\(all)"])
        case .lettersDoubtful(let words): (108, ["\(words)"])
        case .linesKeptOnce(let count): (109, ["\(count)"])
        case .pictures(let count): (110, ["\(count)"])
        case .objects(let names): (111, Array(names.prefix(Self.mostDetails)))
        case .lockedParts(let names): (112, Array(names.prefix(Self.mostDetails)))
        case .damagedParts(let names): (113, Array(names.prefix(Self.mostDetails)))
        case .partsBeyondLimit(let names): (114, Array(names.prefix(Self.mostDetails)))
        case .hiddenPieces(let count): (115, ["\(count)"])
        case .dynamicForm(let lines): (117, ["\(lines)"])
        case .inside(let name, let note): (116, [name, "\(note.number)"] + note.details)
        }
    }

    /// Makes a note from its stored values. Nil when no note has these values.
    package init?(number: Int, details: [String]) {
        let numbers = details.compactMap { Int($0) }
        let note: ReadingNote? =
            switch number {
            case 100 where numbers.count == 2: .pagesWithoutText(numbers[0], of: numbers[1])
            case 101 where numbers.count == 2: .damagedPages(numbers[0], of: numbers[1])
            case 102 where numbers.count == 1: .lettersUnknown(characters: numbers[0])
            case 103 where numbers.count == 1: .hiddenText(characters: numbers[0])
            case 104 where numbers.count == 1: .textOutsidePage(characters: numbers[0])
            case 105 where !details.isEmpty: .attachments(details)
            case 106 where details.count == 1: .languagePackMissing(details[0])
            case 107 where numbers.count == 2: .pagesRecognised(numbers[0], of: numbers[1])
            case 108 where numbers.count == 1: .lettersDoubtful(words: numbers[0])
            case 109 where numbers.count == 1: .linesKeptOnce(numbers[0])
            case 110 where numbers.count == 1: .pictures(numbers[0])
            case 111 where !details.isEmpty: .objects(details)
            case 112 where !details.isEmpty: .lockedParts(details)
            case 113 where !details.isEmpty: .damagedParts(details)
            case 114 where !details.isEmpty: .partsBeyondLimit(details)
            case 115 where numbers.count == 1: .hiddenPieces(numbers[0])
            case 117 where numbers.count == 1: .dynamicForm(lines: numbers[0])
            case 116 where details.count > 1:
                Int(details[1]).flatMap { ReadingNote(number: $0, details: Array(details[2...])) }.map {
                    .inside(details[0], $0)
                }
            default: nil
            }
        guard let note, note.details == details else { return nil }
        self = note
    }
}
