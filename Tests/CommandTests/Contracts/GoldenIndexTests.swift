import CKernels
import Foundation
import Retrieval
import TestSupport
import Testing

/// The index that another build of the program wrote, with its files (`indexes/golden/README.md`).
@Suite struct GoldenIndexTests {
    private static let golden = Command.root.appendingPathComponent("indexes/golden")
    private static let texts = golden.appendingPathComponent("export").path

    private let folder: TemporaryFolder
    private let index: String

    init() throws {
        folder = try TemporaryFolder()
        index = folder.path("golden.r3")
        try folder.copy(Self.golden.appendingPathComponent("format-3.r3"), as: "golden.r3")
    }

    @Test func theGoldenIndexGivesItsTextsOnEverySetOfInstructions() throws {
        let model = try ModelLocation.load(explicit: Command.root.appendingPathComponent("models/default.safetensors").path)
        let expected = try Self.files(below: Self.texts)
        #expect(expected.count == 12)
        defer { ck_force_isa(-1) }
        for isa in 0...ck_isa() {
            ck_force_isa(isa)
            let index = try OpenIndex(path: index, model: model)
            let out = folder.path("isa-\(isa)")
            #expect(try index.verify { _ in true }.wrong.isEmpty, "instruction set \(isa)")
            #expect(try index.export(to: out) { _ in true }.failed.isEmpty, "instruction set \(isa)")
            #expect(try Self.files(below: out) == expected, "instruction set \(isa)")
            let best = try #require(try index.search("flower pot").first, "instruction set \(isa)")
            #expect(best.citation.path == "keys.pdf" && best.citation.page == 1, "instruction set \(isa)")
            let lamp = try #require(try index.search("spare bulbs drawer").first, "instruction set \(isa)")
            #expect(lamp.citation.path == "lamp.md", "instruction set \(isa)")
        }
    }

    /// All files but the extracted ones come back byte for byte.
    @Test func theExportHoldsTheFilesOfTheCorpus() throws {
        let corpus = try Self.files(below: Self.golden.appendingPathComponent("corpus").path)
        let texts = try Self.files(below: Self.texts)
        let extracted = ["keys.pdf", "sub/travel-expenses.html"]
        for (path, bytes) in corpus where !extracted.contains(path) && path != "archive.zip" {
            #expect(texts[path] == bytes, "\(path)")
        }
        #expect(extracted.allSatisfy { texts[$0 + ".txt"]?.isEmpty == false })
    }

    @Test func theGoldenIndexIsRepairedWithoutItsFirstPage() throws {
        var bytes = try Data(contentsOf: URL(fileURLWithPath: index))
        bytes.resetBytes(in: 0..<1024)
        try bytes.write(to: URL(fileURLWithPath: index))
        let outcome = try Command.run("verify", "--repair", index, "--json", "--quiet")
        #expect(try outcome.status == 0 && outcome.json(VerifyReport.self).repair?.isWhole == true, "\(outcome.errors)")
        let out = folder.path("out")
        #expect(try Command.run("export", index, "--to", out, "--quiet").status == 0)
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
