import Foundation
import SystemPackage

/// Errors in words.
public enum SystemError {
    /// Errors of the system name the path and the reason; ours describe themselves.
    public static func describe(_ error: any Error) -> String {
        guard let path = (error as? CocoaError)?.filePath else { return reason(error) }
        return "\(path): \(reason(error))"
    }

    /// The reason alone, in the system's words where it gave a number.
    static func reason(_ error: any Error) -> String {
        guard let error = error as? CocoaError else { return "\(error)" }
        return (error.underlying as? POSIXError).map { Errno(rawValue: $0.code.rawValue).description.lowercased() } ?? error.localizedDescription
    }
}

extension PipelineError {
    /// The bytes of a file that the user named.
    static func contents(of path: String, _ code: Code) throws(PipelineError) -> Data {
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw PipelineError(code, path, "cannot be read (\(SystemError.reason(error)))", remedy: "check the path and its permissions")
        }
    }
}
