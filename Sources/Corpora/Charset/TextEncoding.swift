/// A character encoding of text files. The raw value is the name that iconv knows.
package enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case utf32LittleEndian = "UTF-32LE"
    case utf32BigEndian = "UTF-32BE"
    case latin1 = "ISO-8859-1"
    case latin2 = "ISO-8859-2"
    case latin4 = "ISO-8859-4"
    case isoCyrillic = "ISO-8859-5"
    case isoArabic = "ISO-8859-6"
    case isoGreek = "ISO-8859-7"
    case isoHebrew = "ISO-8859-8"
    case latin5 = "ISO-8859-9"
    case latin9 = "ISO-8859-15"
    case windows1250 = "CP1250"
    case windows1251 = "CP1251"
    case windows1252 = "CP1252"
    case windows1253 = "CP1253"
    case windows1254 = "CP1254"
    case windows1255 = "CP1255"
    case windows1256 = "CP1256"
    case windows1257 = "CP1257"
    case windows1258 = "CP1258"
    case koi8r = "KOI8-R"
    case koi8u = "KOI8-U"
    case dosLatin1 = "CP850"
    case dosCyrillic = "CP866"
    case macRoman = "MACINTOSH"
    case macCyrillic = "MAC-CYRILLIC"
    case thai = "TIS-620"
    case gb18030 = "GB18030"
    case big5 = "BIG5"
    case big5HongKong = "BIG5-HKSCS"
    case shiftJIS = "CP932"
    case eucJapanese = "EUC-JP"
    case iso2022Japanese = "ISO-2022-JP"
    case korean = "UHC"
    /// Only mails have it; no label of a page or a file names it.
    case utf7 = "UTF-7"
    /// Chinese in seven bits. The C library does not know it; `HZ` does.
    case hz = "HZ"
}

extension TextEncoding {
    /// The bytes of a code unit. A decoder skips one code unit when a sequence does not decode.
    var unit: Int {
        switch self {
        case .utf16LittleEndian, .utf16BigEndian: 2
        case .utf32LittleEndian, .utf32BigEndian: 4
        default: 1
        }
    }

    /// Whether the meaning of a byte depends on earlier escapes. Such text cannot be converted piece by piece.
    var isStateful: Bool { self == .iso2022Japanese || self == .hz || self == .utf7 }

    /// The byte order mark in this encoding. Empty when the encoding has none.
    var byteOrderMark: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        case .utf32LittleEndian: [0xFF, 0xFE, 0, 0]
        case .utf32BigEndian: [0, 0, 0xFE, 0xFF]
        case .gb18030: [0x84, 0x31, 0x95, 0x33]
        default: []
        }
    }
}
