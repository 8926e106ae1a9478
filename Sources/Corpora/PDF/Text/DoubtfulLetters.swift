/// Words whose letters are most likely wrong, because the fonts of a file name other letters than they show.
enum DoubtfulLetters {
    /// The least number of words that are judged.
    private static let fewest = 20

    /// The number of doubtful words in a text. 0 where they are few enough to be meant.
    ///
    /// No word mixes letters of unrelated scripts, and no word of Arabic has the same letter three times in a row. Fonts that
    /// draw long joints with a letter make such words.
    static func count(in text: [UInt8]) -> Int {
        var words = 0
        var mixed = 0
        var stretched = 0
        var scripts = 0
        var last: Unicode.Scalar?
        var run = 0
        var isStretched = false
        func end() {
            guard scripts != 0 else { return }
            words += 1
            if scripts & (scripts - 1) != 0 { mixed += 1 }
            if isStretched { stretched += 1 }
            (scripts, last, run, isStretched) = (0, nil, 0, false)
        }
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            guard let script = script(of: scalar) else {
                if !scalar.properties.isDiacritic { end() }
                continue
            }
            scripts |= script
            run = scalar == last ? run + 1 : 1
            if run >= 3, script == arabic { isStretched = true }
            last = scalar
        }
        end()
        guard words >= fewest else { return 0 }
        return mixed * 5 > words || stretched * 20 > words ? mixed + stretched : 0
    }

    private static let arabic = 1 << 4

    /// A bit for the script of a letter. Nil for other characters, and for letters that stand beside those of any script.
    private static func script(of scalar: Unicode.Scalar) -> Int? {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: 1
        case 0x386...0x3FF: 2
        case 0x400...0x52F: 4
        case 0x531...0x5F4: 8
        case 0x620...0x64A, 0x66E...0x6D3: arabic
        case 0x700...0x7FF: 32
        case 0x900...0xDFF: 64
        case 0xE00...0x0FFF: 128
        case 0x1000...0x109F: 256
        default: nil
        }
    }
}
