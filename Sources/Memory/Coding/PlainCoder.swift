/// Codes the bytes of a passage without the backbone, for passages that the backbone codes badly.
///
/// Each bit has adaptive probabilities of orders 0 to 3, mixed in the logistic domain (Mahoney 2005), all in integers. Every
/// passage starts from the same state, so each can be read alone. The code is never longer than the bytes.
package enum PlainCoder {
    /// The code of some bytes. A code as long as the bytes is the bytes themselves.
    package static func encode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var model = ByteModel.primed
        var coder = SymbolEncoder()
        for byte in bytes {
            for shift in (0..<8).reversed() {
                let bit = byte >> UInt8(shift) & 1
                let one = model.probability()
                coder.encode(
                    cumulative: bit == 1 ? 0 : one, frequency: bit == 1 ? one : ByteModel.total - one,
                    total: ByteModel.total)
                model.update(bit)
            }
        }
        let code = coder.finish()
        return code.count < bytes.count ? code : Array(bytes)
    }

    /// The `count` bytes of a code. Damaged codes give other bytes.
    package static func decode(_ code: ArraySlice<UInt8>, count: Int) -> [UInt8] {
        if code.count == count { return Array(code) }
        var model = ByteModel.primed
        var coder = SymbolDecoder(Array(code))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(max(count, 0), 1 << 16))
        while bytes.count < count {
            for _ in 0..<8 {
                let one = model.probability()
                let bit: UInt8 = coder.target(total: ByteModel.total) < one ? 1 : 0
                coder.consume(cumulative: bit == 1 ? 0 : one, frequency: bit == 1 ? one : ByteModel.total - one)
                model.update(bit)
            }
            bytes.append(model.lastByte)
        }
        return bytes
    }
}
