import Foundation
import Testing

/// SwiftPM lets a target import any sibling; the architecture does not.
struct ImportTests {
    /// What every target imports: no more and no less.
    private static let imports: [String: Set<String>] = [
        "Bytes": [], "CArchive": [], "CFileLock": [], "CGMime": [], "CKernels": [], "CLibXML2": [], "CNettle": [],
        "CPDF": ["CPoppler"], "CPoppler": [], "CSandbox": [], "CStemmer": [],
        "Memory": ["Bytes", "CKernels", "CNettle", "Dispatch", "Foundation", "HeapModule", "Synchronization"],
        "Corpora": [
            "Algorithms", "Bytes", "CArchive", "CGMime", "CLibXML2", "CPDF", "CSandbox", "Glibc", "Synchronization",
            "SystemPackage",
        ],
        "Indexes": ["Algorithms", "CFileLock", "Dispatch", "Foundation", "GRDB", "Synchronization", "SystemPackage"],
        "Retrieval": [
            "Algorithms", "Bytes", "CStemmer", "Corpora", "Dispatch", "Foundation", "Indexes", "Memory", "Synchronization",
            "SystemPackage",
        ],
        "Pipelines": [
            "Algorithms", "Corpora", "Dispatch", "Foundation", "FoundationNetworking", "Glibc", "Indexes", "Memory",
            "Retrieval", "Synchronization", "SystemPackage", "Yams",
        ],
        "Console": ["Foundation", "Glibc", "Synchronization"],
        "Interface": [
            "Console", "Corpora", "Dispatch", "Foundation", "Indexes", "Pipelines", "Retrieval", "Synchronization",
        ],
        "Server": [
            "Corpora", "Dispatch", "Foundation", "HTTPTypes", "Hummingbird", "HummingbirdCore", "Interface", "Logging",
            "NIOCore", "NIOHTTPTypes", "Pipelines", "Retrieval", "Synchronization",
        ],
        "R3Mem": ["Foundation", "Indexes", "Retrieval"],
        "Command": [
            "ArgumentParser", "Console", "Corpora", "Dispatch", "Foundation", "Interface", "Pipelines", "Retrieval",
            "Server", "Synchronization",
        ],
    ]

    /// Modules that come with the compiler: no target declares them.
    private static let toolchain: Set<String> = [
        "Dispatch", "Foundation", "FoundationNetworking", "Glibc", "Synchronization",
    ]

    /// Modules that the Swift files below a folder import, with the files that do.
    private static func imports(below folder: URL) throws -> [String: Set<String>] {
        let pattern =
            #/^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var)\s+)?(\w+)/#
            .anchorsMatchLineEndings()
        var found: [String: Set<String>] = [:]
        for name in FileManager.default.subpaths(atPath: folder.path) ?? [] where name.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            for match in text.matches(of: pattern) { found[String(match.output.1), default: []].insert(name) }
        }
        return found
    }

    /// The dependencies that Package.swift declares for every target that is built from `Sources`.
    private static func declared() throws -> [String: Set<String>] {
        let manifest = try String(contentsOf: Command.root.appendingPathComponent("Package.swift"), encoding: .utf8)
        var found: [String: Set<String>] = [:]
        for match in manifest.matches(of: #/\.(?:target|executableTarget|systemLibrary)\(/#) {
            let declaration = ImportTests.balanced(manifest[match.range.lowerBound...], "(", ")")
            guard let name = declaration.firstMatch(of: #/name:\s*"(\w+)"/#)?.output.1,
                !declaration.contains("path: \"Tests/")
            else { continue }
            let start = declaration.firstRange(of: "dependencies:")?.upperBound
            let list = start.map { String(ImportTests.balanced(declaration[$0...], "[", "]")) } ?? ""
            let names = list.replacing(#/\.product\(name:\s*("\w+")[^)]*\)/#) { $0.output.1 }
            let modules = names.matches(of: #/"(\w+)"/#).map { String($0.output.1) }
            found[String(name)] = Set(modules)
        }
        return found
    }

    /// The text up to the bracket that closes the first one.
    private static func balanced(_ text: Substring, _ open: Character, _ close: Character) -> Substring {
        var depth = 0
        for i in text.indices {
            if text[i] == open { depth += 1 }
            if text[i] == close {
                depth -= 1
                if depth == 0 { return text[...i] }
            }
        }
        return text
    }

    @Test func everyTargetIsInTheTable() throws {
        let targets = try FileManager.default.contentsOfDirectory(
            atPath: Command.root.appendingPathComponent("Sources").path)
        #expect(Set(targets.filter { !$0.hasPrefix(".") }) == Set(ImportTests.imports.keys))
    }

    @Test(arguments: ImportTests.imports.keys.sorted())
    func targetsImportWhatTheTableSays(target: String) throws {
        let imports = try ImportTests.imports(below: Command.root.appendingPathComponent("Sources/\(target)"))
        let expected = try #require(ImportTests.imports[target])
        for module in Set(imports.keys).subtracting(expected) {
            Issue.record("\(module) in \(imports[module, default: []].sorted())")
        }
        // A target of C++ includes the headers of its library and imports nothing.
        guard target != "CPDF" else { return #expect(imports.isEmpty) }
        for module in expected.subtracting(imports.keys) { Issue.record("no file imports \(module)") }
    }

    @Test func thePackageDeclaresWhatTheTableSays() throws {
        let declared = try ImportTests.declared()
        #expect(Set(declared.keys) == Set(ImportTests.imports.keys))
        for (target, modules) in ImportTests.imports {
            #expect(declared[target] == modules.subtracting(ImportTests.toolchain), "\(target)")
        }
    }

    @Test func theKernelsIncludeOnlyTheCLibraryAndThemselves() throws {
        let folder = Command.root.appendingPathComponent("Sources/CKernels")
        let headers: Set<String> = [
            "math.h", "stdbool.h", "stddef.h", "stdint.h", "stdlib.h", "string.h", "limits.h",
            // What the processor can do, and its instructions.
            "cpuid.h", "sys/auxv.h", "immintrin.h", "arm_neon.h",
        ]
        for name in FileManager.default.subpaths(atPath: folder.path) ?? []
        where name.hasSuffix(".c") || name.hasSuffix(".h") || name.hasSuffix(".inc") {
            let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            for match in text.matches(of: #/#\s*include\s*<([^>]+)>/#) {
                #expect(headers.contains(String(match.output.1)), "\(match.output.1) in \(name)")
            }
        }
    }
}
