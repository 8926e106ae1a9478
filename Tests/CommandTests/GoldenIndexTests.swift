import CKernels
import Foundation
import Retrieval
import TestSupport
import Testing

/// Indexes of every format version that was released, with their model and their texts: they open for ever (`indexes/golden/README.md`).
@Suite struct GoldenIndexTests {
    private static let golden = Command.root.appendingPathComponent("indexes/golden")

    private static let model = golden.appendingPathComponent("format-1.safetensors").path
    private static let texts = golden.appendingPathComponent("format-1").path

    /// Files and what they are called in them: those of format 1 held the page itself, not its text.
    @Test(arguments: [("format-1", "sub/travel-expenses.html"), ("format-2", "sub/travel-expenses.html.txt")])
    func anOldIndexGivesItsTextsOnEverySetOfInstructions(name: String, found: String) throws {
        let folder = try TemporaryFolder(), file = folder.path("golden.r3")
        try FileManager.default.copyItem(at: Self.golden.appendingPathComponent(name + ".r3"), to: URL(fileURLWithPath: file))
        let model = try ModelLocation.load(explicit: Self.model)
        let expected = try Self.files(below: Self.texts)
        #expect(expected.count == 10)
        defer { ck_force_isa(-1) }
        for isa in 0...ck_isa() {
            ck_force_isa(isa)
            let index = try OpenIndex(path: file, model: model), out = folder.path("isa-\(isa)")
            #expect(try index.verify { _ in true }.wrong.isEmpty, "instruction set \(isa)")
            #expect(try index.export(to: out) { _ in true }.failed.isEmpty, "instruction set \(isa)")
            #expect(try Self.files(below: out) == expected, "instruction set \(isa)")
            #expect(try index.search("guest battery shipping").first?.citation.path == found, "instruction set \(isa)")
        }
    }

    /// Its pages are larger than those of indexes made today, which only its header says.
    @Test func anOldIndexThatLostItsFirstPageIsRepaired() throws {
        let folder = try TemporaryFolder(), out = folder.path("out")
        var bytes = try Data(contentsOf: Self.golden.appendingPathComponent("format-1.r3"))
        bytes.resetBytes(in: 0..<4096)
        let index = try folder.write("lost.r3", bytes).path
        let outcome = try Command.run("verify", "--repair", index, "--model", Self.model, "--json", "--quiet")
        #expect(try outcome.status == 0 && outcome.json(VerifyReport.self).repair?.isWhole == true, "\(outcome.errors)")
        #expect(try Command.run("export", index, "--to", out, "--model", Self.model, "--quiet").status == 0)
        #expect(try Self.files(below: out) == Self.files(below: Self.texts))
    }

    private static func files(below folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            files[path] = try? Data(contentsOf: URL(fileURLWithPath: folder + "/" + path))  // a folder has none
        }
        return files
    }
}
