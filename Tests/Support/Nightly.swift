import Foundation

/// Whether the long tests run: `make test-nightly`.
package enum Nightly {
    package static let isOn = ProcessInfo.processInfo.environment["R3MEM_NIGHTLY"] == "1"
}
