import Foundation

/// Whether the long tests run: `make test-nightly`.
public enum Nightly {
    public static let isOn = ProcessInfo.processInfo.environment["R3MEM_NIGHTLY"] == "1"
}
