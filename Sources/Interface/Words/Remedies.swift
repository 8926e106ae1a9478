import Console
import Indexes
import Pipelines
import Retrieval

/// Errors in words. Only this type and `ReasonText` name flags and commands for errors of the libraries.
package enum Remedies {
    /// The thing, the fact about it, and the remedy where there is one.
    package static func describe(_ error: any Error) -> String {
        let fact = ErrorText.description(of: error)
        return remedy(for: error).map { "\(fact); \($0)" } ?? fact
    }

    /// The thing, the fact and the remedy on one line, without control characters.
    package static func line(_ error: any Error) -> String {
        Printable.line(ReasonText.describe(error) ?? describe(error))
    }

    /// The fact about a file, and the remedy where there is one.
    package static func words(_ reason: FileReason) -> String {
        reason.code.map { "\(reason.fact); \(remedy(for: $0))" } ?? reason.fact
    }

    /// The remedy for a file with damaged parts.
    package static let damage =
        "\(restoring), save what is left with 'r3mem verify --repair', or index its sources again"

    /// SQLite would take a log that is left there for that of the copy.
    private static let restoring = "restore the file from a copy (\(logsFirst))"
    private static let logsFirst = "remove its -wal and -shm files first"

    private static func remedy(for error: any Error) -> String? {
        switch error {
        case let error as IndexError: remedy(for: error.code)
        case let error as RetrievalError: remedy(for: error.code)
        case let error as PipelineError: remedy(for: error.code)
        case let error as ModelError: remedy(for: error.code)
        default: nil
        }
    }

    private static func remedy(for code: IndexError.Code) -> String? {
        switch code {
        case .notAnIndex: "name a file that 'r3mem index' made"
        case .missing: "make it with 'r3mem index'"
        case .exists: "refresh it, or remove it first"
        case .inTheWay: "move it away (or delete what is left of an index that is gone), or give the index another name"
        case .truncated, .damaged: damage
        case .unrepairable: "\(restoring), or index its sources again"
        case .newerFormat: "use a newer r3mem"
        case .olderFormat: "index its sources again, or export its texts with the r3mem that wrote it"
        case .otherModel, .otherLexicon: "pass --model with the model that wrote it"
        case .writerBusy: "run again when it has finished; searches are possible meanwhile"
        case .readOnly: "check the permissions of the file and of its folder"
        case .unreadable: "check its permissions"
        case .diskFull: "free some and run again; nothing that was committed is lost"
        case .inputOutput: "check the disk and its free space and run again; nothing that was committed is lost"
        case .invalidBatch: nil
        }
    }

    private static func remedy(for code: RetrievalError.Code) -> String {
        switch code {
        case .modelMissing: "pass --model FILE or set R3MEM_MODEL"
        case .lostText: "'r3mem refresh' reads the file again"
        case .targetIsFile: "name a folder"
        case .targetNotEmpty: "name another folder or pass --overwrite"
        case .targetNotWritable: "check its permissions, or name another folder"
        case .pathOutside: "the index is damaged or hostile"
        case .linkOutside: "export into an empty folder"
        case .noSuchDocument: code.suggestion ?? "'r3mem search' shows paths"
        case .ambiguousDocument: "give more of the path"
        case .noSuchPassage(let count): "name one from 0 to \(count - 1)"
        case .noSuchPart(let count): count > 0 ? "name one from 1 to \(count)" : "show the whole document, or a passage"
        case .badDate: "write dates as 2024-05-17, 2024-05, 2024 or 30d"
        case .badPattern: "write paths as in 'notes/*.md'"
        }
    }

    private static func remedy(for code: ModelError.Code) -> String {
        switch code {
        case .unreadable: "check the path and its permissions"
        case .notSafeTensors, .tensorMissing, .tensorType, .tensorShape, .invalid: "export or fetch the model again"
        case .changed: "run the command again; put a new model in place under its name when it is complete"
        case .damaged: "restore the index from a copy (\(logsFirst)) or build it again"
        }
    }
}
