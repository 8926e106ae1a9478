extension UInt8 {
    /// 0 to 9.
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    /// a to z.
    var isLowercase: Bool { self >= 0x61 && self <= 0x7A }
    /// A to Z.
    var isUppercase: Bool { self >= 0x41 && self <= 0x5A }
    /// A letter or a digit of ASCII.
    var isAlphanumeric: Bool { isDigit || (self | 0x20).isLowercase }
    /// Space, tab, line feed, vertical tab, form feed, carriage return.
    var isSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
}

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
