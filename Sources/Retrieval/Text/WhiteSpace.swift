import Bytes

extension RandomAccessCollection<UInt8> where Index == Int, SubSequence: RandomAccessCollection<UInt8> {
    /// The length of the white space character at `i` in UTF-8; 0 where another character stands there.
    func spaceLength(at i: Int) -> Int {
        if self[i].isSpace { return 1 }
        let rest = self[i..<endIndex]
        if rest.starts(with: [0xC2, 0xA0]) { return 2 }  // no-break space
        guard self[i] >= 0xE2, rest.count > 2 else { return 0 }
        let isSpace =
            switch (self[i], self[i + 1], self[i + 2]) {
            case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80): true
            default: false
            }
        return isSpace ? 3 : 0
    }
}
