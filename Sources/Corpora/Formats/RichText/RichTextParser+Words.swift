extension RichTextParser {
    /// Obeys a control word.
    mutating func word(_ word: String, _ number: Int?) {
        switch word {
        // Characters.
        case "u": character(number ?? 0)
        case "tab", "emspace", "enspace", "qmspace", "softline", "softcol", "softpage": append(" ")
        // A file does not say where all of its pages start, so that these tell nothing.
        case "line", "lbr", "column", "page": append("\n")
        case "emdash": append("—")
        case "endash": append("–")
        case "lquote": append("‘")
        case "rquote": append("’")
        case "ldblquote": append("“")
        case "rdblquote": append("”")
        case "bullet": append("•")
        default:
            if group.destination == .math, mathElement(word) { return }
            if numbering(word, number) || place(word, number) || define(word, number) || form(word, number) { return }
            destination(word)
        }
    }

    /// Obeys a word for paragraphs, tables and pages. Returns false for another word.
    private mutating func place(_ word: String, _ number: Int?) -> Bool {
        let isBody = group.destination == .body
        switch word {
        case "par", "sect":
            if isBody { endParagraph() } else { append(" ") }
        // Labels and notes have paragraphs of their own.
        case "pard":
            if isBody {
                level = nil
                style = 0
                listLevel = 0
                list = 0
                isInTable = false
            }
        case "intbl": if isBody { isInTable = true }
        case "itap":
            if isBody {
                isInTable = number != 0
                if number ?? 1 > 1 { startNested() }
            }
        case "cell": if isBody { endCell() }
        case "row": if isBody { endRow() }
        case "nestcell": if isBody { separate(by: ", ") }
        case "nestrow": if isBody || group.destination == .nestedRow { endNestedRow() }
        case "outlinelevel":
            let heading = number.flatMap { (0..<9).contains($0) ? $0 + 1 : nil }
            if group.destination == .styles { group.styleLevel = heading } else if isBody { level = heading }
        case "s":
            if group.destination == .styles { group.styleNumber = number ?? 0 } else if isBody { style = number ?? 0 }
        case "ilvl": if isBody { listLevel = max(0, min(8, number ?? 0)) }
        default: return false
        }
        return true
    }

    /// Obeys a word for the form of text. Returns false for another word.
    private mutating func form(_ word: String, _ number: Int?) -> Bool {
        let isOn = number != 0
        switch word {
        case "plain":
            group.isStruck = false
            group.isHidden = false
            group.position = nil
            if group.destination != .fonts { group.font = nil }
        case "deff": usualFont = number
        case "strike", "striked", "deleted": group.isStruck = isOn
        case "v": group.isHidden = isOn
        case "super": group.position = isOn ? .sup : nil
        case "sub": group.position = isOn ? .sub : nil
        case "nosupersub": group.position = nil
        case "ffres": box.state = number ?? 25
        case "ffdefres": box.usual = number ?? 0
        case "up": shift(number ?? 6, .sup)
        case "dn": shift(number ?? 6, .sub)
        case "f":
            if group.destination == .fonts { group.fontNumber = number ?? 0 } else { group.font = number }
        case "fcharset": if let encoding = Self.encoding(ofCharset: number ?? 0) { fonts[group.fontNumber] = encoding }
        case "cpg": if let encoding = Self.encoding(ofPage: number ?? 0) { fonts[group.fontNumber] = encoding }
        case "uc": group.replacements = max(0, min(10, number ?? 1))
        case "ansicpg": codePage = Self.encoding(ofPage: number ?? 0) ?? codePage
        case "mac": codePage = .macRoman
        case "pc", "pca": codePage = .dosLatin1
        default: return false
        }
        return true
    }

    /// Shifts text by half points. Less than two points are for looks.
    private mutating func shift(_ number: Int, _ position: HTMLTag) {
        if number >= 4 {
            group.position = position
        } else if number == 0 {
            group.position = nil
        }
    }

    /// A character by its number in UTF-16. The characters after it stand for it in old programs.
    private mutating func character(_ number: Int) {
        let unit = UInt16(truncatingIfNeeded: number)
        if unit & 0xFC00 == 0xDC00 {
            if let high = highSurrogate {
                append(String(decoding: [high, unit], as: UTF16.self))
                highSurrogate = nil
            }
        } else {
            decode()
            highSurrogate = unit & 0xFC00 == 0xD800 ? unit : nil
            // Symbol fonts have their characters among the private ones.
            if highSurrogate == nil {
                let isPrivate = unit >= 0xE000 && unit < 0xF900
                append(
                    isPrivate
                        ? SymbolFont.symbol(UInt32(unit), font: font.flatMap { symbolFonts[$0] })
                        : String(decoding: [unit], as: UTF16.self))
            }
        }
        skips = group.replacements
    }

    /// Says where the text of the group goes.
    private mutating func destination(_ word: String) {
        switch word {
        case "fonttbl": group.destination = .fonts
        case "stylesheet": group.destination = .styles
        case "title": if group.destination == .skipped { group.destination = .title }
        case "fldinst": if group.destination != .skipped { group.destination = .instruction }
        case "footnote": group.destination = .note
        case "annotation": group.destination = .comment
        case "atnauthor": group.destination = .author
        case "listtable": group.destination = .lists
        case "listoverridetable": group.destination = .overrides
        case "listtext", "pntext": group.destination = .label
        case "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf":
            // Its text must not run into that of the paragraph in which it stands.
            if !group.isRunning, group.destination == .body { endParagraph() }
            group.isRunning = true
        // Beside a box may stand a copy of it for old programs.
        case "dptxbxtext" where group.destination == .skipped: break
        case "shptxt", "dptxbxtext":
            // The text of a box must not run into that of the paragraph in which it stands.
            if group.destination == .body { endParagraph() }
            group.destination = .body
        case "upr":
            // The first of two groups is the text for old programs, the second the text.
            group.chosen = group.destination
            group.destination = .skipped
        case "ud":
            if let chosen = group.chosen { group.destination = chosen }
            group.chosen = nil
        case "nesttableprops": group.destination = .nestedRow
        case "pict": if group.destination != .skipped { group.destination = .picture }
        case "sp": if group.destination != .skipped { group.destination = .property }
        case "sn": if group.destination == .property { group.destination = .propertyName }
        case "sv": if group.destination == .property { group.destination = .propertyValue }
        case "moMath", "moMathPara":
            if group.destination != .skipped {
                group.destination = .math
                group.element = "oMath"
            }
        case "object": markup.remarks.add(.object("embedded object"))
        case "info", "colortbl", "objdata", "objclass", "themedata", "colorschememapping", "latentstyles",
            "datastore", "generator", "xmlnstbl", "rsidtbl", "revtbl", "bkmkstart",
            "bkmkend", "shprslt", "mmathPict", "nonshppict", "pnseclvl", "filetbl", "private", "atnid", "atrfstart",
            "atrfend",
            "atndate", "atnref", "nonesttables", "template", "operator", "company", "keywords", "comment", "doccomm",
            "subject", "category", "manager", "hlinkbase", "xe", "tc", "falt", "panose":
            group.destination = .skipped
        default: break
        }
    }
}

extension RichTextParser {
    /// The encoding of a set of characters, by the number that Windows gives it.
    private static func encoding(ofCharset number: Int) -> TextEncoding? {
        switch number {
        case 0: .windows1252
        case 77: .macRoman
        case 128: .shiftJIS
        case 129, 130: .korean
        case 134: .gb18030
        case 136: .big5HongKong
        case 161: .windows1253
        case 162: .windows1254
        case 163: .windows1258
        case 177: .windows1255
        case 178: .windows1256
        case 186: .windows1257
        case 204: .windows1251
        case 222: .thai
        case 238: .windows1250
        default: nil
        }
    }

    private static func encoding(ofPage number: Int) -> TextEncoding? {
        switch number {
        case 65001: .utf8
        case 10000: .macRoman
        case 28591...28605: TextEncoding(label: "iso-8859-\(number - 28590)")
        default: TextEncoding(label: "cp\(number)") ?? TextEncoding(label: "windows-\(number)")
        }
    }
}
