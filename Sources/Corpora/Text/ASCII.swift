/// The classes of bytes that readers tell apart.
extension UInt8 {
    /// A space, tab, or line end of any kind.
    var isSpace: Bool { self == 32 || (9...13).contains(self) }

    /// A space, or any control character below it.
    var isControlOrSpace: Bool { self <= 32 }

    /// A digit from 0 to 9.
    var isDigit: Bool { (0x30...0x39).contains(self) }

    /// The lower-case letter where the byte is one of A to Z, else the byte.
    var lowercasedASCII: UInt8 { (65...90).contains(self) ? self | 0x20 : self }
}
