extension TextEncoding {
    /// The encoding of bytes that a page or a mail declares to be in this one.
    ///
    /// Letters that only the encoding of Windows has are those of Windows. Bytes that make words in quite another encoding are in
    /// that one.
    func believed(of bytes: [UInt8]) -> TextEncoding {
        if let other = EncodingDetector(bytes, counts: ByteCounts(bytes.span)).contradiction(of: self) { return other }
        guard let windows = Self.ofWindows[self], bytes.contains(where: { 0x80...0x9F ~= $0 }) else { return self }
        return windows
    }

    /// The encodings of Windows that have the letters of these at the same places, and others from 0x80 to 0x9F. Labels of Latin 1
    /// and Latin 5 name those of Windows already.
    private static let ofWindows: [TextEncoding: TextEncoding] = [
        .latin9: .windows1252, .latin2: .windows1250, .isoGreek: .windows1253, .isoHebrew: .windows1255,
    ]

    /// The encoding that pages and mails call by this name, in lower case, whatever signs part its words. Nil when the name is not
    /// known.
    init?(label: String) {
        switch String(label.unicodeScalars.filter { !"-_ :".unicodeScalars.contains($0) }) {
        case "utf8", "unicode11utf8", "xunicode20utf8": self = .utf8
        case "utf16le": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        // Browsers read Latin-1 as windows-1252, its superset.
        case "iso88591", "iso885911987", "latin1", "l1", "cp819", "ibm819", "windows1252", "cp1252", "xcp1252", "win1252",
            "usascii", "ascii", "ansix3.41968":
            self = .windows1252
        case "iso88592", "latin2", "l2", "csisolatin2": self = .latin2
        case "iso88594", "latin4": self = .latin4
        case "iso88595", "cyrillic": self = .isoCyrillic
        case "iso88596", "arabic": self = .isoArabic
        case "iso88597", "greek", "elot928": self = .isoGreek
        case "iso88598", "iso88598i", "iso88598e", "hebrew", "logical", "visual": self = .isoHebrew
        case "iso88599", "latin5", "l5", "windows1254", "cp1254", "xcp1254": self = .windows1254
        case "iso885915", "latin9", "l9": self = .latin9
        case "windows1250", "cp1250", "xcp1250", "win1250": self = .windows1250
        case "windows1251", "cp1251", "xcp1251", "win1251": self = .windows1251
        case "windows1253", "cp1253", "xcp1253": self = .windows1253
        case "windows1255", "cp1255", "xcp1255": self = .windows1255
        case "windows1256", "cp1256", "xcp1256": self = .windows1256
        case "windows1257", "cp1257", "xcp1257": self = .windows1257
        case "windows1258", "cp1258", "xcp1258": self = .windows1258
        case "koi8r", "koi8", "koi", "cskoi8r": self = .koi8r
        case "koi8u", "koi8ru": self = .koi8u
        case "macintosh", "xmacroman", "macroman", "mac": self = .macRoman
        case "xmaccyrillic", "maccyrillic": self = .macCyrillic
        case "ibm866", "cp866", "866": self = .dosCyrillic
        case "ibm850", "cp850", "ibm437", "cp437": self = .dosLatin1
        case "tis620", "windows874", "iso885911", "cp874", "dos874": self = .thai
        case "gb2312", "gbk", "gb18030", "xgbk", "cp936", "gb231280", "chinese", "csgb2312", "euccn", "windows936":
            self = .gb18030
        case "big5", "big5hkscs", "cp950", "xxbig5", "cnbig5", "csbig5": self = .big5HongKong
        case "shiftjis", "xsjis", "sjis", "cp932", "windows31j", "mskanji", "ms932", "csshiftjis": self = .shiftJIS
        case "eucjp", "xeucjp", "cseucpkdfmtjapanese": self = .eucJapanese
        case "iso2022jp", "csiso2022jp": self = .iso2022Japanese
        case "hzgb2312", "hz": self = .hz
        case "euckr", "ksc56011987", "ksc5601", "cp949", "windows949", "korean", "uhc", "cseuckr": self = .korean
        default: return nil
        }
    }
}
