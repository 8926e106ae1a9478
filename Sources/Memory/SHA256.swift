import CNettle
import Foundation

/// SHA-256 (FIPS 180-4) of bytes that come in parts.
package struct SHA256 {
    private var context = sha256_ctx()

    /// A hash of no bytes yet.
    package init() { nettle_sha256_init(&context) }

    /// Hashes `bytes` after all bytes of earlier calls.
    package mutating func update(_ bytes: some ContiguousBytes) {
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, !buffer.isEmpty else { return }
            nettle_sha256_update(&context, buffer.count, base.assumingMemoryBound(to: UInt8.self))
        }
    }

    /// The 32 bytes of the hash.
    package mutating func finalize() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { digest, count in
            nettle_sha256_digest(&context, 32, digest.baseAddress!)
            count = 32
        }
    }

    /// The hash of one piece of data.
    package static func hash(_ data: some ContiguousBytes) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data)
        return hasher.finalize()
    }
}
