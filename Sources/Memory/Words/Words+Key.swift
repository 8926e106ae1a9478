import Foundation

extension Words {
    /// The key by which an index orders terms that are not plain: the folded term with Latin letters of all kinds as those of
    /// ASCII. Terms that differ by accents only have one key, and terms with one beginning have keys with one beginning.
    ///
    /// The key is a part of the format of the index. Of Unicode it uses the compatibility decompositions of characters that
    /// are given in `isTakenApart`, which no version of Unicode may change.
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
            // A term is whole in UTF-8, but for what a damaged file says.
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

    private static func isMark(_ c: UInt32) -> Bool { 0x300...0x36F ~= c }

    /// The characters that the key has in another form.
    private static func isTakenApart(_ c: UInt32) -> Bool {
        switch c {
        case 0xA0...0x24F, 0x1E00...0x1EFF, 0x2070, 0x2071, 0x2074...0x208E, 0x2090...0x209C, 0xFB00...0xFB06,
            0xFF21...0xFF3A,
            0xFF41...0xFF5A:
            true
        default: false
        }
    }

    /// What stands in a key for each of these characters, where that is not the character itself.
    private static let keyLetters: [UInt32: [UInt8]] = {
        var letters: [UInt32: [UInt8]] = [:]
        for c in UInt32(0xA0)...0xFF5A where isTakenApart(c) {
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
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n",
        "ŧ": "t",
    ]
}
