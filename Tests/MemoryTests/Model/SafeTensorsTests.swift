import Foundation
import Memory
import Testing

@Suite struct SafeTensorsTests {
    private func file(_ header: String, _ data: [UInt8], length: UInt64? = nil) -> Data {
        let length = length ?? UInt64(header.utf8.count)
        return Data((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8) + data)
    }

    private func tensor(_ dtype: String, _ shape: String, _ offsets: String) -> String {
        #"{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)}"#
    }

    private var good: Data {
        let header = """
            {"__metadata__":{"format":"r3mem-model-2"},"a":\(tensor("I8", "[2,2]", "[0,4]")),
            "b":\(tensor("U16", "[3]", "[4,10]")),"c":\(tensor("F32", "[1,2]", "[10,18]")),
            "d":\(tensor("F64", "[]", "[18,26]")),"e":\(tensor("U8", "[0,7]", "[26,26]"))}
            """
        let floats = [Float(1.5), -0.25].flatMap { value in (0..<4).map { UInt8(value.bitPattern >> (8 * $0) & 255) } }
        let double = (0..<8).map { UInt8(Double(-2).bitPattern >> (8 * UInt64($0)) & 255) }
        return file(header, [255, 0, 127, 128, 1, 0, 0, 1, 255, 255] + floats + double)
    }

    private func rejects(_ contents: Data, _ fact: String) {
        let error = #expect(throws: MemoryError.self) { try SafeTensors(contents: contents, path: "m.safetensors") }
        guard case .notSafeTensors(let found)? = error?.code else {
            Issue.record("\(error.map(String.init(describing:)) ?? "none")")
            return
        }
        #expect(found.contains(fact), "\(found)")
        #expect(error!.description.hasPrefix("m.safetensors: not a safetensors file"))
    }

    @Test func elementsAreThoseOfTheFile() throws {
        let file = try SafeTensors(contents: good, path: "m")
        #expect(file.metadata == ["format": "r3mem-model-2"])
        #expect(try file.int8("a", shape: [2, 2]) == [-1, 0, 127, -128])
        #expect(try file.uint16("b") == [1, 256, 65_535])
        #expect(try file.float("c", shape: [1, 2]) == [1.5, -0.25])
        #expect(try file.double("d", shape: []) == [-2])
        #expect(try file.uint8("e", shape: [0, 7]) == [])
    }

    @Test func tensorsOtherThanExpectedAreRejected() throws {
        let file = try SafeTensors(contents: good, path: "m")
        #expect(throws: MemoryError(.tensorMissing("z"), subject: "m")) { try file.int8("z") }
        #expect(throws: MemoryError(.tensorType("a", found: "I8", expected: "U8"), subject: "m")) { try file.uint8("a") }
        #expect(throws: MemoryError(.tensorShape("a", found: [2, 2], expected: [4]), subject: "m")) {
            try file.int8("a", shape: [4])
        }
    }

    @Test func truncatedFilesAreRejected() {
        for length in 0..<good.count {
            #expect(throws: MemoryError.self) { try SafeTensors(contents: good.prefix(length), path: "m") }
        }
    }

    @Test func headersThatDoNotFitAreRejected() {
        rejects(file("{}", [], length: .max), "a header of 18446744073709551615 bytes in a file of 10")
        rejects(file("{}", [], length: 3), "a header of 3 bytes in a file of 10")
        rejects(file("{}", [], length: UInt64(SafeTensors.headerLimit) + 1), "a header of")
        rejects(file("[]", []), "JSON")
        rejects(file("{", []), "JSON")
        rejects(file(String(repeating: "[", count: 100_000), []), "JSON")
        rejects(file(#"{"a":{"dtype":"I8","shape":[1]}}"#, [0]), "JSON")
        rejects(file(#"{"a":\#(tensor("I8", "[1.5]", "[0,1]"))}"#, [0]), "JSON")
        rejects(file(#"{"a":\#(tensor("I8", "[true]", "[0,1]"))}"#, [0]), "JSON")
        rejects(file(#"{"a":\#(tensor("I8", "[1e40]", "[0,1]"))}"#, [0]), "JSON")
        rejects(file(#"{"__metadata__":{"x":1}}"#, []), "JSON")
    }

    @Test func tensorsThatDoNotFitAreRejected() {
        func rejectsTensors(_ tensors: String..., fact: String) {
            let entries = tensors.enumerated().map { #""t\#($0)":\#($1)"# }
            rejects(file("{" + entries.joined(separator: ",") + "}", [0, 0, 0, 0, 0, 0, 0, 0]), fact)
        }
        rejectsTensors(tensor("I4", "[8]", "[0,8]"), fact: "element type I4")
        rejectsTensors(tensor("I8", "[7]", "[0,8]"), fact: "8 bytes, its shape says 7")
        rejectsTensors(tensor("F32", "[8]", "[0,8]"), fact: "its shape says 32")
        rejectsTensors(tensor("I8", "[9]", "[0,9]"), fact: "lies at [0, 9]")
        rejectsTensors(tensor("I8", "[1]", "[9,8]"), fact: "lies at")
        rejectsTensors(tensor("I8", "[1]", "[-1,0]"), fact: "lies at")
        rejectsTensors(tensor("I8", "[1]", "[0]"), fact: "lies at")
        rejectsTensors(tensor("I8", "[-1,-8]", "[0,8]"), fact: "shape")
        rejectsTensors(tensor("I8", "[4294967296,4294967296]", "[0,0]"), fact: "shape")
        rejectsTensors(tensor("F64", "[9223372036854775807]", "[0,8]"), fact: "shape")
        rejectsTensors(tensor("I8", "[5]", "[0,5]"), tensor("I8", "[4]", "[4,8]"), fact: "overlaps")
        rejectsTensors(tensor("I8", "[8]", "[0,8]"), tensor("I8", "[8]", "[0,8]"), fact: "overlaps")
    }

    @Test func missingFilesAreNamed() {
        let error = #expect(throws: MemoryError.self) { try SafeTensors(path: "/nowhere/m.safetensors") }
        #expect(
            error == MemoryError(.unreadable("No such file or directory"), subject: "/nowhere/m.safetensors")
                && error?.description == "/nowhere/m.safetensors: cannot be read (No such file or directory)")
        #expect(throws: MemoryError(.unreadable("not a regular file"), subject: "/")) { try SafeTensors(path: "/") }
    }

    /// The hash names what was mapped, even where another file has taken its place since.
    @Test func theHashIsOfTheFileThatWasMapped() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).bin").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let bytes = Data((0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 * 31 >> 3) })
        try bytes.write(to: URL(fileURLWithPath: path))
        let file = try MappedFile(path: path)
        try Data("another file".utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        #expect(file.bytes.elementsEqual(bytes) && file.hash() == SHA256.hash(bytes))
    }

    /// What is mapped changes with the file.
    @Test func writingToAMappedFileIsSeen() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).bin").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(repeating: 7, count: 5000).write(to: URL(fileURLWithPath: path))
        let file = try MappedFile(path: path)
        #expect(file.isUnchanged)
        try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
        try Data("another file".utf8).write(to: URL(fileURLWithPath: path))
        #expect(file.isUnchanged)
        let handle = try #require(FileHandle(forUpdatingAtPath: path + ".old"))
        try handle.write(contentsOf: [8])
        try handle.close()
        #expect(!file.isUnchanged && file.bytes[0] == 8)
        try FileManager.default.removeItem(atPath: path + ".old")
    }

    @Test func flippedBitsNeverTrap() {
        let bytes = [UInt8](good)
        for i in bytes.indices {
            for bit in 0..<8 {
                var flipped = bytes
                flipped[i] ^= 1 << bit
                guard let file = try? SafeTensors(contents: Data(flipped), path: "m") else { continue }
                for (name, entry) in file.tensors where entry.type == .int8 { #expect((try? file.int8(name)) != nil) }
            }
        }
    }
}
