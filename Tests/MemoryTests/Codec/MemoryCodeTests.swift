import Memory
import TestSupport
import Testing

@Suite struct MemoryCodeTests {
    @Test(arguments: 0...40) func codesComeBack(entries: Int) {
        var random = SeededGenerator(UInt64(entries) + 3)
        let code = (0..<entries).map { _ in Int8.random(in: -MemoryCode.half...MemoryCode.half, using: &random) }
        let bytes = MemoryCode.pack(code)
        #expect(bytes.count == MemoryCode.byteCount(entries: entries))
        #expect(MemoryCode.unpack(bytes, count: entries) == code)
        #expect(MemoryCode.unpack(bytes, count: entries + 2) == nil)
        #expect(MemoryCode.unpack(bytes + [0], count: entries) == nil)
    }

    @Test func theFirstEntryIsInTheLowHalf() {
        #expect(MemoryCode.pack([-7, 7, 0, -1]) == [0xE0, 0x67])
        #expect(MemoryCode.pack([1, 2, 3]) == [0x98, 0x0A])
    }

    @Test func bytesThatAreNoCodeAreRefused() {
        for byte in UInt8.min...UInt8.max {
            let isCode = byte & 15 < MemoryCode.levels && byte >> 4 < MemoryCode.levels
            #expect((MemoryCode.unpack([byte], count: 2) != nil) == isCode)
            #expect((MemoryCode.unpack([byte], count: 1) != nil) == (byte < MemoryCode.levels))
        }
    }
}
