import Memory
import TestSupport
import Testing

/// Memory codes of the small random encoders, whose axes and products `pipelines/training/fixtures/encoder_fixtures.py`
/// stored.
struct MemoryCodesTests {
    private struct Expected: Decodable {
        let vectors: [[Float]]
        let products: [[Float]]
    }

    private func fixture(_ name: String) throws -> (codes: MemoryCodes, expected: Expected) {
        (try #require(try MemoryCodes.read(path: Fixture.path(name + ".safetensors"))), try Fixture.load(name))
    }

    @Test(arguments: ["encoder-0", "encoder-1"])
    func bitsAreTheSignsOfTheProducts(name: String) throws {
        let (codes, expected) = try fixture(name)
        for (vector, products) in zip(expected.vectors, expected.products) {
            let code = codes.code(of: vector, bytes: MemoryCodes.sectionBytes)
            #expect(code.count == 16)
            // A product of nearly 0 may have either sign, because the stored vectors are rounded.
            for (i, product) in products.enumerated() where abs(product) > 1e-4 {
                #expect((code[i / 8] >> UInt8(i % 8) & 1 == 1) == (product > 0), "axis \(i)")
            }
        }
    }

    @Test func aPassagesCodeBeginsTheCodeOfItsSection() throws {
        let (codes, expected) = try fixture("encoder-0")
        for vector in expected.vectors {
            let long = codes.code(of: vector, bytes: MemoryCodes.sectionBytes)
            #expect(Array(long.prefix(8)) == codes.code(of: vector, bytes: MemoryCodes.passageBytes))
        }
    }

    /// The table's sum over bytes is the sum over bits that the definition asks for.
    @Test func theTableGivesInnerProductsWithSigns() throws {
        let (codes, expected) = try fixture("encoder-1")
        let stored = expected.products.indices.flatMap { codes.code(of: expected.vectors[$0], bytes: 16) }
        for (vector, products) in zip(expected.vectors, expected.products) {
            let found = codes.table(for: vector, bytes: 16).products(stored)
            #expect(found.count == expected.products.count)
            for (i, value) in found.enumerated() {
                let code = stored[16 * i..<16 * i + 16]
                let sum = products.enumerated().reduce(Float(0)) { sum, product in
                    let bit = code[16 * i + product.offset / 8] >> UInt8(product.offset % 8) & 1
                    return sum + (bit == 1 ? product.element : -product.element)
                }
                #expect(abs(value - sum / Float(128).squareRoot()) < 1e-3)
            }
        }
    }

    @Test func aVectorIsNearestToItsOwnCode() throws {
        let (codes, expected) = try fixture("encoder-1")
        let distinct = expected.vectors.prefix(20)
        let stored = distinct.flatMap { codes.code(of: $0, bytes: 16) }
        for (i, vector) in distinct.enumerated() {
            let found = codes.table(for: vector, bytes: 16).products(stored)
            #expect(found[i] == found.max())
        }
    }

    @Test(arguments: [0, 1, 2, 16, 17, 100, 512, 513, 5000])
    func sectionsCoverADocumentOnce(passages: Int) {
        let sections = MemoryCodes.sections(passages)
        if passages < 2 {
            #expect(sections.isEmpty)
        } else {
            #expect(sections.flatMap(Array.init) == Array(0..<passages))
            #expect(sections.count <= 32 && (sections.count == 1 || sections[0].count >= 16))
        }
    }
}
