import Console
import Corpora
import Foundation
import Indexes
import Pipelines
import Retrieval

/// Why files are not indexed and corpora not read, in words for people: the fact and, where there is one, the remedy.
package enum ReasonText {
    /// What an encoder needs to write reasons in words.
    package static var userInfo: [CodingUserInfoKey: any Sendable] {
        [RefusedFile.words: words as RefusedFile.Words, FileReason.words: Remedies.words as FileReason.Words]
    }

    /// The words for a stored reason.
    package static func words(_ reason: Reason) -> String {
        if reason == .lostText {
            return "its text was lost when the index was damaged; 'r3mem refresh' reads the file again"
        }
        if let note = ReadingNote(number: reason.number, details: reason.details) { return words(note) }
        guard let refusal = Refusal(number: reason.number, details: reason.details) else {
            return (["reason \(reason.number)"] + reason.details).joined(separator: ", ")
                + "; a newer r3mem wrote this index"
        }
        return words(refusal)
    }

    /// The words for what rules left out; nil where they left out nothing.
    package static func words(_ leftOut: LeftOut) -> String? {
        let counts = [
            (leftOut.ignoreFiles, "by .gitignore"), (leftOut.exclude, "by --exclude"), (leftOut.include, "by --include"),
            (leftOut.hidden, "as hidden"),
        ]
        let told = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return told.isEmpty ? nil : told.joined(separator: ", ")
    }

    /// The words for an error about a corpus or the roots of an index: the thing, the fact and the remedy; nil for any other
    /// error.
    package static func describe(_ error: any Error) -> String? {
        switch error {
        case let error as CorporaError: describe(error)
        case let error as IndexingError: describe(error)
        case let error as MergeError: describe(error)
        default: nil
        }
    }
}

extension ReasonText {
    static func words(_ refusal: Refusal) -> String {
        switch refusal {
        case .empty: "empty"
        case .whiteSpaceOnly: "empty: it holds white space only"
        case .tooLarge(let size, let limit):
            "larger than the limit (\(size) bytes, the limit is \(limit)); raise it with --max-file-size"
        case .unsupportedFormat(Refusal.indexFormat): "an index of r3mem; 'r3mem merge' makes one index of several"
        case .unsupportedFormat(let name): "unsupported format \(name); convert it to a format that r3mem reads, such as PDF"
        case .zeroBytes: "binary data (it holds zero bytes)"
        case .controlCharacters: "binary data (it holds control characters)"
        case .unknownEncoding: "text in no encoding that is known here; convert it to UTF-8"
        case .pageWithoutText: "no text: the page shows nothing without its scripts"
        case .noTextLayer(let pages):
            "no text layer: \(Units.count(pages, "page")) of images; install tesseract-ocr, or run OCR first"
        case .lettersUnknown: "its text layer does not say which letters it shows; run OCR first"
        case .noText: "no text: it holds pictures or other objects only"
        case .languagePackMissing(let name):
            "its fonts need the characters of \(name), which are not installed; install poppler-data"
        case .folderUnreadable(let error): "the folder cannot be read (\(word(error)))"
        case .folderReadInPart(let error): "the folder could be read in part only (\(word(error)))"
        case .ignoreFileUnreadable(let error): "its .gitignore cannot be read (\(word(error)))"
        case .notExaminable(let error): "cannot be examined (\(word(error)))"
        case .nameNotUTF8: "the name is not valid UTF-8; rename it"
        case .linkBroken(let error): "a broken symbolic link (\(word(error)))"
        case .linkToRoot: "a symbolic link to the corpus itself, which is read at its own place"
        case .linkInside(let target): "a symbolic link to \(target), which is read at its own place"
        case .linkToLeftOut(let target):
            "a symbolic link to \(target), which is left out as hidden, excluded or ignored; "
                + "change --hidden, --include, --exclude or --no-ignore, or name the target as a corpus, to read it"
        case .linkOutside(let target):
            "a symbolic link that leaves the corpus (to \(target)); name that path as a corpus to read it"
        case .namedPipe: "a named pipe, not a regular file"
        case .socket: "a socket, not a regular file"
        case .device: "a device, not a regular file"
        case .rootMissing:
            "the root is not there; --allow-empty removes the documents of all roots that are missing or empty"
        case .markupUnreadable: "libxml2 makes nothing of it"
        case .invalidUTF8: "libxml2 gave invalid UTF-8"
        case .needsPassword: "needs a password to be opened; save a copy without one"
        case .pdfDamaged(let word): "cannot be opened as a PDF file (\(word))"
        case .noReadablePage: "damaged: no page can be read"
        case .containerDamaged(let part): "damaged: \(part) is missing or cannot be read"
        case .expandsTooFar(let limit): "its compressed parts are longer than \(limit >> 20) MB"
        case .textTooLong(let limit, let size):
            "its text\(size.map { " of \(Units.bytes($0))" } ?? "") is longer than \(Units.bytes(limit)); split the file"
        case .textTooRich(let size):
            "its text of \(Units.bytes(size)) has more passages or words than one document can have; split the file"
        case .processorTime(let seconds): "took more than \(seconds) s of processor time"
        case .workerCrashed(let signal): "the reader crashed (signal \(signal))"
        case .workerExited(let status): "the reader ended with status \(status)"
        case .workerLost: "the reader ended"
        case .malformedAnswer: "the reader gave a malformed answer"
        case .gone: "it was deleted while the folder was read; run refresh again"
        case .becameLink: "it was replaced by a symbolic link, which is not followed"
        case .folderBecameLink: "a folder on its path was replaced by a symbolic link, which is not followed"
        case .notRegular: "is no longer a regular file"
        case .unopenable(let error): "cannot be opened (\(word(error))); \(remedy(for: error.rawValue))"
        case .unreadable(let error): "cannot be read (\(word(error))); \(remedy(for: error.rawValue))"
        case .changedWhileRead: "changed while it was read; run refresh again"
        case .wallTime(let seconds): "took longer than \(shortest(seconds)) s; run refresh again"
        case .notHere(let service):
            "a placeholder: its content is not here (\(service)); fetch the file and run refresh again"
        case .workerKilled: "the reader was killed (signal 9), perhaps for want of memory; run refresh again"
        }
    }

    private static func words(_ note: ReadingNote) -> String {
        switch note {
        case .pagesWithoutText(let count, let all):
            "\(count) of \(Units.count(all, "page")) hold no text, or hardly any: they are images; install tesseract-ocr to have them read"
        case .pagesRecognised(let count, let all):
            "the text of \(count) of \(Units.count(all, "page")) was recognised in images, and may hold errors"
        case .damagedPages(let count, let all): "\(count) of \(Units.count(all, "page")) are damaged and were not read"
        case .lettersUnknown(let count):
            "\(Units.count(count, "character")) not read: the fonts do not say which letters they show"
        case .lettersDoubtful(let words):
            "\(Units.count(words, "word")) with letters that are most likely wrong: the fonts name other ones than they show"
        case .linesKeptOnce(let count):
            "\(Units.count(count, "repeat")) of page headers and footers left out; one of each is kept"
        case .hiddenText(let count):
            "\(Units.count(count, "character")) of text that no reader sees: white, tiny, covered or not painted"
        case .textOutsidePage(let count): "\(Units.count(count, "character")) outside the page not read"
        case .pictures(let count): "\(Units.count(count, "picture")) without a description"
        case .objects(let names): "not read: " + names.joined(separator: ", ")
        case .lockedParts(let names): "locked by a password: " + names.joined(separator: ", ")
        case .damagedParts(let names): "damaged, so that text may be missing: " + names.joined(separator: ", ")
        case .partsBeyondLimit(let names): "not read, because it is nested too deep: " + names.joined(separator: ", ")
        case .hiddenPieces(let count): "\(Units.count(count, "piece")) of hidden text, not read"
        case .dynamicForm(let lines):
            (lines > 0
                ? "a form whose pages are empty (XFA): its texts and values are read without their places"
                : "a form not read (XFA)")
                + "; open it in Adobe Reader and print it to PDF to have its pages read"
        case .inside(let name, let note): "in \(name): \(words(note))"
        case .attachments(let names):
            "\(Units.count(names.count, "attached file")) not read: \(names.joined(separator: ", "))"
        case .languagePackMissing(let name):
            "text not read: its fonts need the characters of \(name), which are not installed; install poppler-data"
        }
    }

    /// What helps against an error of the system.
    /// - Parameter error: a number of `errno`.
    private static func remedy(for error: Int32) -> String {
        switch error {
        case EMFILE, ENFILE:
            "raise the limit of open files (ulimit -n) and run 'r3mem refresh' again"
        case ENOMEM: "free some memory and run 'r3mem refresh' again"
        case EIO: "check the disk"
        default: "check its permissions"
        }
    }

    /// The system's word for an error, in lower case.
    private static func word(_ error: some CustomStringConvertible) -> String { error.description.lowercased() }

    private static func shortest(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
}

extension ReasonText {
    private static func describe(_ error: CorporaError) -> String {
        let subject = error.subject
        return switch error.code {
        case .rootMissing: "\(subject): no such file or folder; check the path"
        case .rootUnreadable(let refusal): "\(subject): \(words(refusal)); check its permissions"
        case .rootUnsupported: "\(subject): is neither a folder nor a regular file; name a folder or a file"
        case .rootEmpty: "\(subject): is an empty folder; put files into it or name another one"
        case .nothingSelected(let leftOut, let skipped):
            "\(subject): no file is left to read (left out: \(words(leftOut) ?? "none"); \(skipped) skipped); "
                + "loosen --include or --exclude, or pass --no-ignore or --hidden"
        case .badPattern(let fault): "\(subject): not a glob pattern (\(words(fault))); correct it"
        case .notEncodable(let encoding):
            "\(subject): does not encode as \(encoding.rawValue); the stored form and the text do not belong together"
        case .workerUnavailable(let error):
            "\(subject): the extraction worker does not start (\(word(error))); check that the program can be run"
        }
    }

    private static func words(_ fault: CorporaError.PatternFault) -> String {
        switch fault {
        case .empty: "it is empty"
        case .endsInBackslash: "it ends in a backslash"
        case .openBracket: "a [ is not closed"
        case .takesNothingBack:
            "a \"!\" takes back what a pattern before it matches, and there is none; write \\! for the sign"
        }
    }
}
