import Indexes
import Retrieval

/// Errors in words. This is the only place that names flags and commands for errors of an index.
enum Remedies {
    /// The thing, the fact about it, and the remedy where there is one.
    static func describe(_ error: any Error) -> String {
        guard let error = error as? IndexError, let remedy = remedy(for: error.code) else { return ErrorText.description(of: error) }
        return "\(error.description); \(remedy)"
    }

    /// The remedy for a file with damaged parts.
    static let damage =
        "restore the file from a copy, save what is left with 'r3mem verify --repair', or index its sources again"

    private static func remedy(for code: IndexError.Code) -> String? {
        switch code {
        case .notAnIndex: "name a file that 'r3mem index' made"
        case .missing: "make it with 'r3mem index'"
        case .exists: "refresh it, or remove it first"
        case .truncated, .damaged: damage
        case .unrepairable: "restore the file from a copy, or index its sources again"
        case .newerFormat: "use a newer r3mem"
        case .olderFormat: "delete it and index its sources again"
        case .otherModel, .otherLexicon: "pass --model with the model that wrote it"
        case .writerBusy: "run again when it has finished; searches are possible meanwhile"
        case .readOnly: "check the permissions of the file and of its folder"
        case .unreadable: "check its permissions"
        case .diskFull: "free some and run again: what was committed is kept"
        case .inputOutput: "check the disk and its free space and run again: what was committed is kept"
        case .invalidBatch: nil
        }
    }
}
