import Foundation

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
        guard let system = error.underlying as? POSIXError else { return error.localizedDescription }
        return String(cString: strerror(system.code.rawValue))
    }
}
