import Foundation
import Testing

/// SwiftPM lets a target import any sibling; the architecture does not.
struct ImportTests {
    private static let allowed: [String: Set<String>] = [
        "CKernels": [], "CLibXML2": [], "CNettle": [], "CPoppler": [], "CSandbox": [],
        "Memory": ["CKernels", "CNettle", "Dispatch", "Foundation", "Glibc", "Synchronization"],
        "Corpora": ["CLibXML2", "CPoppler", "CSandbox", "Glibc", "Synchronization", "SystemPackage"],
        "Indexes": ["Algorithms", "Dispatch", "Foundation", "GRDB", "Synchronization", "SystemPackage"],
        "Pipelines": ["Corpora", "Dispatch", "Foundation", "FoundationNetworking", "Indexes", "Memory", "Synchronization", "SystemPackage", "Yams"],
        "r3mem": ["ArgumentParser", "Corpora", "Foundation", "Glibc", "Indexes", "Pipelines", "Synchronization"],
    ]

    /// Modules that the Swift files below a folder import.
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

    @Test func everyTargetIsInTheTable() throws {
        let targets = try FileManager.default.contentsOfDirectory(atPath: Command.root.appendingPathComponent("Sources").path)
        #expect(Set(targets.filter { !$0.hasPrefix(".") }) == Set(ImportTests.allowed.keys))
    }

    @Test(arguments: ImportTests.allowed.keys.sorted())
    func targetsImportOnlyWhatTheTableAllows(target: String) throws {
        let imports = try ImportTests.imports(below: Command.root.appendingPathComponent("Sources/\(target)"))
        for (module, files) in imports { #expect(ImportTests.allowed[target]?.contains(module) == true, "\(module) in \(files.sorted())") }
    }

    @Test func theKernelsIncludeOnlyTheCLibraryAndThemselves() throws {
        let folder = Command.root.appendingPathComponent("Sources/CKernels")
        let headers: Set<String> = ["math.h", "stdbool.h", "stddef.h", "stdint.h", "string.h", "limits.h", "immintrin.h"]
        for name in FileManager.default.subpaths(atPath: folder.path) ?? []
        where name.hasSuffix(".c") || name.hasSuffix(".h") || name.hasSuffix(".inc") {
            let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            for match in text.matches(of: #/#\s*include\s*<([^>]+)>/#) {
                #expect(headers.contains(String(match.output.1)), "\(match.output.1) in \(name)")
            }
        }
    }
}
