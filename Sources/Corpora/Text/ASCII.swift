/// The classes of bytes that the readers distinguish.
extension UInt8 {
    /// Whether the byte is a space, a tab, or any kind of line end.
    var isSpace: Bool { self == 32 || (9...13).contains(self) }

    /// Whether the byte is a space or a control character below it.
    var isControlOrSpace: Bool { self <= 32 }

    /// Whether the byte is a digit from 0 to 9.
    var isDigit: Bool { (0x30...0x39).contains(self) }

    /// The lower-case letter for A to Z, and the byte itself for every other byte.
    var lowercasedASCII: UInt8 { (65...90).contains(self) ? self | 0x20 : self }
}
