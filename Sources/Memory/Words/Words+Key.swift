import Foundation

extension Words {
    /// The key by which an index orders terms that are not plain: the folded term with Latin letters of all kinds as those of
    /// ASCII. Terms that differ by accents only have one key, and terms with one beginning have keys with one beginning.
    ///
    /// The key is a part of the format of the index. Of Unicode it uses the compatibility decompositions of characters that
    /// are given in `takenApart`, which no version of Unicode may change.
    package static func key(_ term: [UInt8]) -> [UInt8] {
        let folded = fold(term)
        guard folded.contains(where: { $0 >= 0x80 }) else { return folded }
        var key: [UInt8] = []
        key.reserveCapacity(folded.count)
        var decoder = UTF8()
        var bytes = folded.makeIterator()
        while true {
            switch decoder.decode(&bytes) {
            case .scalarValue(let scalar): append(scalar, to: &key)
            case .emptyInput: return key
            // Only a damaged file has a term that is no UTF-8.
            case .error: return folded
            }
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to key: inout [UInt8]) {
        if scalar.value < 0x80 {
            key.append(UInt8(scalar.value))
        } else if let letters = keyLetters[scalar.value] {
            key += letters
        } else if !isMark(scalar.value) {
            key += Array(String(scalar).utf8)
        }
    }

    private static func isMark(_ c: UInt32) -> Bool {
        switch c {
        case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: true
        default: false
        }
    }

    /// The characters that the key has in another form. All of them are assigned.
    private static let takenApart: [ClosedRange<UInt32>] = [
        0xA0...0x24F, 0x2B0...0x2E4, 0x1D2C...0x1DBF, 0x1E00...0x1EFF, 0x2070...0x2071, 0x2074...0x208E, 0x2090...0x209C,
        0x2100...0x214F, 0x2160...0x217F, 0x2C7C...0x2C7D, 0xFB00...0xFB06, 0xFF10...0xFF19, 0xFF21...0xFF3A,
        0xFF41...0xFF5A,
    ]

    /// What stands in a key for each of these characters, where that is not the character itself.
    private static let keyLetters: [UInt32: [UInt8]] = {
        var letters: [UInt32: [UInt8]] = [:]
        for c in takenApart.joined() {
            guard let scalar = Unicode.Scalar(c) else { continue }
            let parts = String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars
            let kept = parts.lazy.filter { !isMark($0.value) }.flatMap { part -> [UInt8] in
                let lower = Unicode.Scalar(folded(scalar: part.value)) ?? part
                return Array((latinLetters[lower] ?? String(lower)).utf8)
            }
            if Array(kept) != Array(String(scalar).utf8) { letters[c] = Array(kept) }
        }
        return letters
    }()

    /// Letters that Unicode does not take apart.
    private static let latinLetters: [Unicode.Scalar: String] = [
        "ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i",
        "ŋ": "n",
        "ŧ": "t",
    ]
}
