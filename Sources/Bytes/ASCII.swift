/// The classes of bytes that readers, words and sentences distinguish.
extension UInt8 {
    /// Whether the byte is white space: a space, or one of tab, line feed, vertical tab, form feed, carriage return.
    @inlinable package var isSpace: Bool { self == 0x20 || self &- 0x09 < 5 }

    /// Whether the byte is a space or a control character below it.
    @inlinable package var isControlOrSpace: Bool { self <= 0x20 }

    /// Whether the byte is a digit from 0 to 9.
    @inlinable package var isDigit: Bool { self &- 0x30 < 10 }

    /// Whether the byte is a letter from a to z.
    @inlinable package var isLowercase: Bool { self &- 0x61 < 26 }

    /// Whether the byte is a letter from A to Z.
    @inlinable package var isUppercase: Bool { self &- 0x41 < 26 }

    /// Whether the byte is a letter from A to Z or from a to z.
    @inlinable package var isLetter: Bool { (self | 0x20).isLowercase }

    /// Whether the byte is a letter or a digit of ASCII.
    @inlinable package var isAlphanumeric: Bool { isDigit || isLetter }

    /// The lower-case letter for A to Z, and the byte itself for every other byte.
    @inlinable package var lowercasedASCII: UInt8 { isUppercase ? self | 0x20 : self }
}
