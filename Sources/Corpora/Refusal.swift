import SystemPackage

/// Why a file or folder is not read.
///
/// An index stores a refusal as `number` and `details`. The program makes the words for people from these facts.
package enum Refusal: Error, Sendable, Hashable {
    /// The kinds of refusals.
    package enum Kind: Sendable {
        /// The file is not for an index. Nothing went wrong.
        case skipped
        /// The file should be in the index, but it is damaged, locked or hostile.
        case failed
        /// The file was not read for a reason outside the file. A later run may read it.
        case unread
    }

    // Files that are not for an index.
    case empty
    case whiteSpaceOnly
    case tooLarge(size: Int, limit: Int)
    /// The payload is the name of the format.
    case unsupportedFormat(String)
    /// The name that `unsupportedFormat` gives an index of this program.
    package static let indexFormat = UnsupportedFormat.index
    case zeroBytes
    case controlCharacters
    case unknownEncoding
    /// A web page without text. Its scripts may make the text.
    case pageWithoutText
    /// A PDF file whose pages are images.
    case noTextLayer(pages: Int)
    /// A PDF file whose characters do not map to letters.
    case lettersUnknown
    /// A document of another format without text, for instance one of pictures.
    case noText
    /// A PDF file without its fonts. The payload is the character collection that the system cannot read.
    case languagePackMissing(String)

    // Entries that a walk skips.
    case folderUnreadable(Errno)
    case folderReadInPart(Errno)
    case ignoreFileUnreadable(Errno)
    case notExaminable(Errno)
    case nameNotUTF8
    case linkBroken(Errno)
    case linkToRoot
    /// A symbolic link to a place below the root. The payload is the path below the root.
    case linkInside(String)
    /// A symbolic link to a place below the root that rules leave out. The payload is the path below the root.
    case linkToLeftOut(String)
    /// A symbolic link to a place outside the root. The payload is the absolute path.
    case linkOutside(String)
    case namedPipe
    case socket
    case device
    case rootMissing
    /// A placeholder of a file whose content is elsewhere. The payload names the service that has it.
    case notHere(String)

    // Files that are damaged, locked or hostile.
    case markupUnreadable
    case invalidUTF8
    case needsPassword
    /// The payload is poppler's word for the damage.
    case pdfDamaged(String)
    case noReadablePage
    /// The payload is the part that is missing or damaged.
    case containerDamaged(String)
    /// A compressed file whose parts are longer than the limit, in bytes.
    case expandsTooFar(limit: Int)
    /// The size is that of the whole text in bytes, where it is known.
    case textTooLong(limit: Int, size: Int? = nil)
    /// A text with more passages or words than an index holds in one document. The size is in bytes.
    case textTooRich(size: Int)
    case processorTime(seconds: Int)
    case workerCrashed(signal: Int32)
    case workerExited(status: Int32)
    case workerLost
    case malformedAnswer

    // Files that could not be opened or read to the end.
    case gone
    case becameLink
    case folderBecameLink
    case notRegular
    case unopenable(Errno)
    case unreadable(Errno)
    case changedWhileRead
    case wallTime(seconds: Double)
    case workerKilled
}

extension Refusal {
    /// The kind of this refusal.
    package var kind: Kind {
        switch number {
        case 10..<50: .skipped
        case 50..<70: .failed
        default: .unread
        }
    }

    /// Whether the file may be of another format than its reader took it for.
    var saysOtherFormat: Bool {
        switch self {
        case .noText, .containerDamaged, .pdfDamaged: true
        default: false
        }
    }

    /// Whether the walk could not look at a folder or file. There may be files that the walk does not list.
    package var isUnseen: Bool {
        switch self {
        case .folderUnreadable, .folderReadInPart, .ignoreFileUnreadable, .notExaminable, .rootMissing, .notHere: true
        default: false
        }
    }

    /// The number that an index stores.
    ///
    /// 10 to 49 stand for skipped files, 50 to 69 for failed files, and 70 or more for unread files.
    package var number: Int { stored.number }

    /// The payload as an index stores it.
    package var details: [String] { stored.details }

    private var stored: (number: Int, details: [String]) {
        switch self {
        case .empty: (10, [])
        case .whiteSpaceOnly: (11, [])
        case .tooLarge(let size, let limit): (12, ["\(size)", "\(limit)"])
        case .unsupportedFormat(let name): (13, [name])
        case .zeroBytes: (14, [])
        case .controlCharacters: (15, [])
        case .unknownEncoding: (16, [])
        case .pageWithoutText: (17, [])
        case .noTextLayer(let pages): (18, ["\(pages)"])
        case .lettersUnknown: (19, [])
        case .noText: (24, [])
        case .languagePackMissing(let name): (20, [name])
        case .folderUnreadable(let error): (30, ["\(error.rawValue)"])
        case .folderReadInPart(let error): (31, ["\(error.rawValue)"])
        case .ignoreFileUnreadable(let error): (32, ["\(error.rawValue)"])
        case .notExaminable(let error): (33, ["\(error.rawValue)"])
        case .nameNotUTF8: (34, [])
        case .linkBroken(let error): (35, ["\(error.rawValue)"])
        case .linkToRoot: (36, [])
        case .linkInside(let target): (37, [target])
        case .linkOutside(let target): (38, [target])
        case .namedPipe: (39, [])
        case .socket: (40, [])
        case .device: (41, [])
        case .rootMissing: (42, [])
        case .linkToLeftOut(let target): (43, [target])
        case .markupUnreadable: (50, [])
        case .invalidUTF8: (51, [])
        case .needsPassword: (52, [])
        case .pdfDamaged(let word): (53, [word])
        case .noReadablePage: (54, [])
        case .textTooLong(let limit, let size): (55, ["\(limit)"] + (size.map { ["\($0)"] } ?? []))
        case .processorTime(let seconds): (56, ["\(seconds)"])
        case .workerCrashed(let signal): (57, ["\(signal)"])
        case .workerExited(let status): (58, ["\(status)"])
        case .workerLost: (59, [])
        case .malformedAnswer: (60, [])
        case .containerDamaged(let part): (64, [part])
        case .expandsTooFar(let limit): (65, ["\(limit)"])
        case .textTooRich(let size): (66, ["\(size)"])
        case .gone: (70, [])
        case .becameLink: (71, [])
        case .folderBecameLink: (72, [])
        case .notRegular: (73, [])
        case .unopenable(let error): (74, ["\(error.rawValue)"])
        case .unreadable(let error): (75, ["\(error.rawValue)"])
        case .changedWhileRead: (76, [])
        case .wallTime(let seconds): (77, ["\(seconds)"])
        case .workerKilled: (78, [])
        case .notHere(let service): (79, [service])
        }
    }

    /// Makes a refusal from its stored values. Nil when no refusal has these values.
    package init?(number: Int, details: [String]) {
        let numbers = details.map { Int($0) }
        let text = details.first
        let error = numbers.first.flatMap { $0 }.flatMap { Int32(exactly: $0) }.map(Errno.init(rawValue:))
        let refusal: Refusal? =
            switch number {
            case 10: .empty
            case 11: .whiteSpaceOnly
            case 12:
                if numbers.count == 2, let size = numbers[0], let limit = numbers[1] {
                    .tooLarge(size: size, limit: limit)
                } else {
                    nil
                }
            case 13: text.map(Refusal.unsupportedFormat)
            case 14: .zeroBytes
            case 15: .controlCharacters
            case 16: .unknownEncoding
            case 17: .pageWithoutText
            case 18: numbers.first.flatMap { $0 }.map(Refusal.noTextLayer)
            case 19: .lettersUnknown
            case 24: .noText
            case 20: text.map(Refusal.languagePackMissing)
            case 30: error.map(Refusal.folderUnreadable)
            case 31: error.map(Refusal.folderReadInPart)
            case 32: error.map(Refusal.ignoreFileUnreadable)
            case 33: error.map(Refusal.notExaminable)
            case 34: .nameNotUTF8
            case 35: error.map(Refusal.linkBroken)
            case 36: .linkToRoot
            case 37: text.map(Refusal.linkInside)
            case 38: text.map(Refusal.linkOutside)
            case 39: .namedPipe
            case 40: .socket
            case 41: .device
            case 42: .rootMissing
            case 43: text.map(Refusal.linkToLeftOut)
            case 50: .markupUnreadable
            case 51: .invalidUTF8
            case 52: .needsPassword
            case 53: text.map(Refusal.pdfDamaged)
            case 54: .noReadablePage
            case 55:
                numbers.first.flatMap { $0 }.map { .textTooLong(limit: $0, size: numbers.dropFirst().first.flatMap { $0 }) }
            case 56: numbers.first.flatMap { $0 }.map(Refusal.processorTime)
            case 57: error.map { .workerCrashed(signal: $0.rawValue) }
            case 58: error.map { .workerExited(status: $0.rawValue) }
            case 59: .workerLost
            case 60: .malformedAnswer
            case 64: text.map(Refusal.containerDamaged)
            case 65: numbers.first.flatMap { $0 }.map(Refusal.expandsTooFar)
            case 66: numbers.first.flatMap { $0 }.map(Refusal.textTooRich)
            case 70: .gone
            case 71: .becameLink
            case 72: .folderBecameLink
            case 73: .notRegular
            case 74: error.map(Refusal.unopenable)
            case 75: error.map(Refusal.unreadable)
            case 76: .changedWhileRead
            case 77: text.flatMap(Double.init).map(Refusal.wallTime)
            case 78: .workerKilled
            case 79: text.map(Refusal.notHere)
            default: nil
            }
        guard let refusal, refusal.details == details else { return nil }
        self = refusal
    }
}
