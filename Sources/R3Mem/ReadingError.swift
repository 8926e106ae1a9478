internal import Indexes
internal import Retrieval

/// Why a model or an index could not be read, or a request not be answered.
public struct ReadingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The facts that a program can tell apart. Later versions may add some.
    public enum Code: Sendable, Equatable {
        /// There is no model where one was looked for, or the file is none.
        case noModel
        /// There is no index file, or the file is none.
        case noIndex
        /// Another model wrote the index, or a version of the format that this library does not read.
        case otherModel, otherFormat
        /// A part of the index is not as it was written. No text of that part is given.
        case damaged
        /// No document has this name.
        case noSuchDocument
        /// Several documents have paths that end in this name.
        case ambiguousDocument
        /// The document has no such passage.
        case noSuchPassage
        /// A condition of a search makes no sense, such as a glob with an open bracket.
        case badCondition
        /// The system did not let the file be read.
        case system
    }

    /// What is wrong.
    public let code: Code
    /// The file or the document, the fact about it, and the remedy where the library knows one, on one line.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = String(description.map { $0.isNewline ? " " : $0 })
    }

    /// Runs work of the other modules, whose errors become those of this library. `CancellationError` passes.
    static func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as IndexError {
            throw ReadingError(Code(error.code), error.description)
        } catch let error as RetrievalError {
            let remedy = error.code.suggestion.map { "; " + $0 } ?? ""
            throw ReadingError(Code(error.code), error.description + remedy)
        } catch let error as ModelError {
            // Codes of a passage are damaged; everything else concerns the model file.
            if case .damaged = error.code { throw ReadingError(.damaged, error.description) }
            throw ReadingError(.noModel, error.description)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw ReadingError(.system, ErrorText.description(of: error))
        }
    }
}

extension ReadingError.Code {
    fileprivate init(_ code: IndexError.Code) {
        self =
            switch code {
            case .notAnIndex, .missing: .noIndex
            case .newerFormat, .olderFormat: .otherFormat
            case .otherModel, .otherLexicon: .otherModel
            case .truncated, .damaged, .unrepairable, .invalidBatch: .damaged
            case .exists, .inTheWay, .writerBusy, .readOnly, .unreadable, .diskFull, .inputOutput: .system
            }
    }

    fileprivate init(_ code: RetrievalError.Code) {
        self =
            switch code {
            case .modelMissing: .noModel
            case .noSuchDocument: .noSuchDocument
            case .ambiguousDocument: .ambiguousDocument
            case .noSuchPassage, .noSuchPart: .noSuchPassage
            case .badDate, .badPattern: .badCondition
            case .lostText, .pathOutside, .linkOutside: .damaged
            case .targetIsFile, .targetNotEmpty, .targetNotWritable: .system
            }
    }
}
