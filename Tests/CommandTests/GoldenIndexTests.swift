import CKernels
import Foundation
import Pipelines
import Testing

/// Indexes of every format version that was released, each with its model and its texts: they open for ever (`indexes/golden/README.md`).
@Suite struct GoldenIndexTests {
    private static let golden = Command.root.appendingPathComponent("indexes/golden")

    @Test(arguments: ["format-1"])
    func anOldIndexGivesItsTextsOnEverySetOfInstructions(name: String) throws {
        let folder = try TemporaryFolder(), file = folder.path("golden.r3")
        try FileManager.default.copyItem(at: Self.golden.appendingPathComponent(name + ".r3"), to: URL(fileURLWithPath: file))
        let model = try ModelLocation.load(explicit: Self.golden.appendingPathComponent(name + ".safetensors").path)
        let expected = try Self.files(below: Self.golden.appendingPathComponent(name).path)
        #expect(expected.count == 10)
        defer { ck_force_isa(-1) }
        for isa in 0...ck_isa() {
            ck_force_isa(isa)
            let index = try OpenIndex(path: file, model: model), out = folder.path("isa-\(isa)")
            #expect(try index.verify { _ in true }.wrong.isEmpty, "instruction set \(isa)")
            #expect(try index.export(to: out) { _ in true }.failed.isEmpty, "instruction set \(isa)")
            #expect(try Self.files(below: out) == expected, "instruction set \(isa)")
            #expect(try index.search("guest battery shipping").first?.citation.path == "sub/travel-expenses.html", "instruction set \(isa)")
        }
    }

    private static func files(below folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            files[path] = try? Data(contentsOf: URL(fileURLWithPath: folder + "/" + path))  // a folder has none
        }
        return files
    }
}
