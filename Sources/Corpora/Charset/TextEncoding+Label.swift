extension TextEncoding {
    /// The encoding that pages and mails call by this name, in lower case. Nil when the name is not known.
    init?(label: String) {
        switch label {
        case "utf-8", "utf8": self = .utf8
        case "utf-16le": self = .utf16LittleEndian
        case "utf-16be": self = .utf16BigEndian
        // Browsers read Latin-1 as windows-1252, its superset.
        case "iso-8859-1", "latin1", "windows-1252", "us-ascii", "ascii", "cp1252": self = .windows1252
        case "iso-8859-2", "latin2": self = .latin2
        case "iso-8859-4": self = .latin4
        case "iso-8859-5": self = .isoCyrillic
        case "iso-8859-6": self = .isoArabic
        case "iso-8859-7": self = .isoGreek
        case "iso-8859-8", "iso-8859-8-i": self = .isoHebrew
        case "iso-8859-9", "windows-1254": self = .windows1254
        case "iso-8859-15", "latin9": self = .latin9
        case "windows-1250", "cp1250": self = .windows1250
        case "windows-1251", "cp1251": self = .windows1251
        case "windows-1253": self = .windows1253
        case "windows-1255": self = .windows1255
        case "windows-1256": self = .windows1256
        case "windows-1257": self = .windows1257
        case "windows-1258": self = .windows1258
        case "koi8-r": self = .koi8r
        case "koi8-u": self = .koi8u
        case "macintosh", "x-mac-roman", "mac": self = .macRoman
        case "ibm866", "cp866": self = .dosCyrillic
        case "ibm850", "cp850", "ibm437", "cp437": self = .dosLatin1
        case "tis-620", "windows-874", "iso-8859-11": self = .thai
        case "gb2312", "gbk", "gb18030", "x-gbk", "cp936": self = .gb18030
        case "big5", "big5-hkscs", "cp950": self = .big5HongKong
        case "shift_jis", "shift-jis", "x-sjis", "sjis", "cp932", "windows-31j": self = .shiftJIS
        case "euc-jp": self = .eucJapanese
        case "iso-2022-jp", "csiso2022jp": self = .iso2022Japanese
        case "hz-gb-2312", "hz": self = .hz
        case "euc-kr", "ks_c_5601-1987", "cp949": self = .korean
        default: return nil
        }
    }
}
