import Foundation
import SystemPackage

/// What an error says to a person.
package enum ErrorText {
    /// The path that the error is about, where the system names one, and the reason. The project's own errors describe
    /// themselves.
    package static func description(of error: any Error) -> String {
        guard let path = (error as? CocoaError)?.filePath else { return reason(of: error) }
        return "\(path): \(reason(of: error))"
    }

    /// The reason alone, in the system's words where the system gave an error number.
    package static func reason(of error: any Error) -> String {
        guard let error = error as? CocoaError else { return "\(error)" }
        return (error.underlying as? POSIXError).map { Errno(rawValue: $0.code.rawValue).description.lowercased() }
            ?? error.localizedDescription
    }
}
