import Foundation

/// Why the server cannot listen.
struct ListenError: Error, CustomStringConvertible {
    let description: String

    /// - Parameter code: the number of the system's error.
    init(_ code: Int32, _ host: String, _ port: Int) {
        description =
            switch code {
            case EADDRINUSE: "\(host):\(port): is in use already; name another port with --port"
            case EACCES: "\(host):\(port): may not be used; name a port above 1023 with --port"
            case EADDRNOTAVAIL: "\(host): is no address of this machine; name one with --host"
            default: "\(host):\(port): cannot be listened to (\(String(cString: strerror(code))))"
            }
    }
}
