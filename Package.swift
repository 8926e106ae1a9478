// swift-tools-version: 6.1
import Foundation
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

// libFuzzer brings its own `main`: the target exists only where scripts/fuzz.sh asks for it.
let fuzzing: [Target] =
    ProcessInfo.processInfo.environment["R3MEM_FUZZ"] == "1"
    ? [
        .executableTarget(
            name: "fuzz", dependencies: ["Corpora", "Indexes", "Memory", "Pipelines", "Retrieval", "TestSupport"],
            path: "Tests/Fuzz",
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
    ] : []

// The programs that `make bench` measures with.
let benchmarks: [Target] =
    ProcessInfo.processInfo.environment["R3MEM_BENCH"] == "1"
    ? [
        .executableTarget(
            name: "extract", dependencies: ["Corpora"], path: "Tests/Benchmarks/Extraction", swiftSettings: strict),
        .target(name: "CPeak", dependencies: ["CKernels"], path: "Tests/Benchmarks/Peak"),
        .executableTarget(
            name: "kernels", dependencies: ["CKernels", "CPeak"], path: "Tests/Benchmarks/Kernels", swiftSettings: strict),
    ] : []

let package = Package(
    name: "r3mem",
    products: [.executable(name: "r3mem", targets: ["Command"]), .library(name: "R3Mem", targets: ["R3Mem"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-algorithms", from: "1.2.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        // Without traits: no configuration files, and of Foundation only what is used.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .target(name: "Bytes", swiftSettings: strict),
        .target(name: "CFileLock"),
        .target(name: "CKernels"),
        .target(name: "CSandbox", linkerSettings: [.linkedLibrary("seccomp")]),
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CGMime", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"])]),
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
        .systemLibrary(
            name: "CPoppler", pkgConfig: "poppler", providers: [.apt(["libpoppler-dev", "libpoppler-private-dev"])]),
        // Poppler's own layout loses what reading needs: the shim hands out the glyphs, before any layout.
        .target(name: "CPDF", dependencies: ["CPoppler"]),
        .target(
            name: "Memory",
            dependencies: ["Bytes", "CKernels", "CNettle", .product(name: "HeapModule", package: "swift-collections")],
            swiftSettings: strict),
        .target(
            name: "Corpora",
            dependencies: [
                "Bytes", "CArchive", "CGMime", "CLibXML2", "CPDF", "CSandbox",
                .product(name: "Algorithms", package: "swift-algorithms"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .target(
            name: "Indexes",
            dependencies: [
                "CFileLock", .product(name: "Algorithms", package: "swift-algorithms"),
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .target(
            name: "Retrieval",
            dependencies: [
                "Bytes", "Corpora", "CStemmer", "Indexes", "Memory",
                .product(name: "Algorithms", package: "swift-algorithms"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .target(
            name: "Pipelines",
            dependencies: [
                "Corpora", "Indexes", "Memory", "Retrieval", .product(name: "Algorithms", package: "swift-algorithms"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),
        .target(name: "Console", swiftSettings: strict),
        .target(
            name: "Interface", dependencies: ["Console", "Corpora", "Indexes", "Pipelines", "Retrieval"],
            swiftSettings: strict),
        .target(
            name: "Server",
            dependencies: [
                "Corpora", "Interface", "Pipelines", "Retrieval", .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            ],
            swiftSettings: strict),
        // The module of the program is not called r3mem: beside R3Mem that would be one folder where case does not count.
        .target(name: "R3Mem", dependencies: ["Indexes", "Retrieval"], swiftSettings: strict),
        .executableTarget(
            name: "Command",
            dependencies: [
                "Console", "Corpora", "Interface", "Pipelines", "Retrieval", "Server",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .target(name: "TestSupport", path: "Tests/Support", exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(name: "BytesTests", dependencies: ["Bytes"], swiftSettings: strict),
        .testTarget(name: "ConsoleTests", dependencies: ["Console"], swiftSettings: strict),
        .testTarget(name: "MemoryTests", dependencies: ["Memory", "CKernels", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "CorporaTests", dependencies: ["Corpora", "CSandbox", "TestSupport", "Command"], swiftSettings: strict),
        .testTarget(
            name: "IndexesTests",
            dependencies: ["CFileLock", "Indexes", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .testTarget(
            name: "RetrievalTests", dependencies: ["Indexes", "Memory", "Retrieval", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "PipelinesTests",
            dependencies: [
                "Corpora", "Indexes", "Memory", "Pipelines", "Retrieval", "TestSupport", "Command",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "R3MemTests", dependencies: ["Corpora", "Pipelines", "R3Mem", "Retrieval", "TestSupport", "Command"],
            swiftSettings: strict),
        .testTarget(
            name: "InterfaceTests", dependencies: ["Interface", "Retrieval", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "Corpora", "Pipelines", "Retrieval", "CKernels", "TestSupport", "Command",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["Goldens"],
            swiftSettings: strict),
    ] + fuzzing + benchmarks,
    cxxLanguageStandard: .cxx17
)
