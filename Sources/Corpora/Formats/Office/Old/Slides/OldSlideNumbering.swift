/// How PowerPoint 2000 and later number paragraphs in files of the old kind ([MS-PPT], 2.9.67).
struct OldSlideNumbering {
    /// The kind of number as in files of today, such as "arabicPeriod".
    let kind: String
    let start: Int

    /// The kinds of numbers, in the order of their codes ([MS-PPT], 2.13.31). The others are written as plain digits.
    private static let kinds = [
        "alphaLcPeriod", "alphaUcPeriod", "arabicParenR", "arabicPeriod", "romanLcParenBoth", "romanLcParenR",
        "romanLcPeriod", "romanUcPeriod", "alphaLcParenBoth", "alphaLcParenR", "alphaUcParenBoth", "alphaUcParenR",
        "arabicParenBoth", "arabicPlain", "romanUcParenBoth", "romanUcParenR",
    ]

    /// The numbering of each group of runs. Nil for a group without numbers.
    static func groups(_ stream: [UInt8], _ range: Range<Int>) -> [OldSlideNumbering?] {
        var groups: [OldSlideNumbering?] = []
        var i = range.lowerBound
        while i + 12 <= range.upperBound {
            let masks = stream.number(i, 4)
            i += 4
            if masks >> 23 & 1 != 0 { i += 2 }
            var isNumbered = false
            if masks >> 25 & 1 != 0 {
                isNumbered = stream.number(i, 2) & 1 != 0
                i += 2
            }
            // Numbers without a kind are those of the program.
            var numbering = OldSlideNumbering(kind: "arabicPeriod", start: 1)
            if masks >> 24 & 1 != 0 {
                let code = stream.number(i, 2)
                let kind = code < kinds.count ? kinds[code] : "arabicPlain"
                numbering = OldSlideNumbering(kind: kind, start: stream.number(i + 2, 2))
                i += 4
            }
            groups.append(isNumbered ? numbering : nil)
            i += stream.number(i, 4) >> 20 & 1 != 0 ? 8 : 4
            let special = stream.number(i, 4)
            i += 4
            for (bit, length) in [(0, 2), (1, 2), (2, 2), (6, 2), (5, 4)] where special >> bit & 1 != 0 { i += length }
            if special >> 9 & 1 != 0 { i += 4 + 4 * stream.number(i, 4) }
        }
        return groups
    }
}
