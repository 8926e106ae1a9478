import Bytes
import Memory

/// A number in a text with what stands around it: "$1.1 billion", "10 to 12 litres", "15th".
package struct Quantity: Sendable {
    /// The positions of its words in the row.
    package let words: Range<Int>
    /// Its bytes in the row's text, with its signs.
    package let range: Range<Int>
    /// Whether a sign of money, of a share or of degrees stands beside it.
    package let hasSign: Bool
    /// The position of the word right behind it, which it may count; nil where none follows.
    package let unit: Int?
    /// Whether a hyphen joins that word to the number, as in "12-year".
    package let isCompound: Bool
    /// A bare number of the 20th or 21st century.
    package let isYear: Bool
    /// A time of day: "9:30", "5 pm", "at six".
    package let isHour: Bool
}

extension WordRow {
    /// The numbers of a text, in digits and letters. Digits that are a part of a name, as in "Mi-17", are none.
    package var quantities: [Quantity] {
        var found: [Quantity] = []
        var i = 0
        while i < words.count {
            guard Numerals.isNumber(words[i]), !isPartOfName(i) else {
                i += 1
                continue
            }
            let end = endOfNumber(i)
            found.append(quantity(i..<end))
            i = end
        }
        return found
    }

    /// The bytes between a word and the next one.
    func gap(after i: Int) -> ArraySlice<UInt8> { text[places[i].upperBound..<places[i + 1].lowerBound] }

    /// Whether nothing but one space stands between a word and the next one.
    func isBesideNext(_ i: Int) -> Bool {
        i + 1 < words.count && [" ", "\u{A0}", "\u{202F}", "\u{2009}"].contains { gap(after: i).elementsEqual($0.utf8) }
    }

    private func isPartOfName(_ i: Int) -> Bool {
        guard i > 0, words[i][0].isDigit, !words[i - 1][0].isDigit else { return false }
        let gap = gap(after: i - 1)
        if Quantity.moneySigns.contains(where: { words[i - 1].elementsEqual($0.utf8) }) { return false }
        return gap.isEmpty || gap.elementsEqual("-".utf8) || gap.elementsEqual("_".utf8)
    }

    /// The end of the words of a number: of its groups, its decimals, its words, and of the other end of a range.
    private func endOfNumber(_ first: Int) -> Int {
        var end = first + 1
        while end < words.count, isNumberGoingOn(end) { end += 1 }
        if end < words.count, gap(after: end - 1).isEmpty, Quantity.ordinals.contains(words[end]) { return end + 1 }
        end = pastScale(end)
        // "10 to 12", "between 10 and 12".
        let isBetween = first > 0 && Quantity.between.contains(words[first - 1])
        guard end + 1 < words.count, (isBetween ? Quantity.and : Quantity.to).contains(words[end]), isBesideNext(end - 1),
            isBesideNext(end), Numerals.isNumber(words[end + 1])
        else { return end }
        var last = end + 2
        while last < words.count, isNumberGoingOn(last) { last += 1 }
        return pastScale(last)
    }

    /// Whether a word belongs to the number that ends before it.
    private func isNumberGoingOn(_ i: Int) -> Bool {
        let gap = gap(after: i - 1)
        guard words[i][0].isDigit, words[i - 1].last?.isDigit == true else {
            return Numerals.isNumber(words[i]) && !words[i][0].isDigit && !words[i - 1][0].isDigit
                && (isBesideNext(i - 1) || gap.elementsEqual("-".utf8))
        }
        if isBesideNext(i - 1) { return !Quantity.isYear(words[i - 1]) }
        return gap.isEmpty || [".", ",", ":", "-", "–", "'", "’"].contains { gap.elementsEqual($0.utf8) }
    }

    private func pastScale(_ end: Int) -> Int {
        end < words.count && Quantity.scales.contains(words[end]) && isBesideNext(end - 1) ? end + 1 : end
    }

    private func quantity(_ number: Range<Int>) -> Quantity {
        var start = places[number.lowerBound].lowerBound
        var end = places[number.upperBound - 1].upperBound
        var hasSign = false
        for sign in Quantity.moneySigns where text[..<start].suffix(sign.utf8.count).elementsEqual(sign.utf8) {
            start -= sign.utf8.count
            hasSign = true
        }
        let space = text[end...].prefix(while: \.isSpace).count
        for sign in ["%", "€", "£", "°", "$", "¥"]
        where space < 2 && text[(end + space)...].starts(with: sign.utf8) && !(hasSign && space > 0) {
            end += space + sign.utf8.count
            hasSign = true
            break
        }
        let last = number.upperBound - 1
        // "€" and "°C" are words, too.
        let next = last + 1 < words.count ? places[last + 1] : nil
        let isSignWord = next.map { hasSign && ($0.lowerBound < end || $0.lowerBound == end && $0.count == 1) } ?? false
        if isSignWord { end = max(end, places[last + 1].upperBound) }
        let isJoined = last + 1 < words.count && gap(after: last).elementsEqual("-".utf8)
        let isBeside = last + 1 < words.count && !isSignWord && (gap(after: last).isEmpty || isBesideNext(last))
        let unit = isBeside || isJoined ? last + 1 : nil
        return Quantity(
            words: number, range: start..<end, hasSign: hasSign, unit: unit, isCompound: isJoined,
            isYear: number.count == 1 && !hasSign && Quantity.isYear(words[last]),
            isHour: !hasSign && isHour(number, unit))
    }
}

extension WordRow {
    private func isHour(_ number: Range<Int>, _ unit: Int?) -> Bool {
        if let unit, Quantity.hours.contains(words[unit]) { return true }
        let bytes = text[places[number.lowerBound].lowerBound..<places[number.upperBound - 1].upperBound]
        if bytes.contains(UInt8(ascii: ":")) { return true }
        // "at six", and not "at 20 degrees".
        let i = number.lowerBound
        return i > 0 && Quantity.beforeHours.contains(words[i - 1]) && words[i].count < 6 && !Quantity.isYear(words[i])
            && !(unit.map { Measure.isUnit(words[$0]) || AnswerWords.money.contains(words[$0]) } ?? false)
    }
}

extension Quantity {
    fileprivate static let hours = Set.words("am pm uhr")
    fileprivate static let beforeHours = Set.words("at um")

    fileprivate static let moneySigns = ["€", "$", "£", "¥"]

    /// Whether a sign of money stands in a text.
    static func hasMoneySign(_ text: [UInt8]) -> Bool {
        moneySigns.contains { text.firstRange(of: Array($0.utf8)) != nil }
    }

    fileprivate static let ordinals = Set.words("st nd rd th")
    fileprivate static let scales = Set.words(
        "hundred thousand million millions billion billions trillion dozen hundert tausend million millionen milliarde milliarden"
    )
    fileprivate static let between = Set.words("between zwischen")
    fileprivate static let and = Set.words("and und")
    fileprivate static let to = Set.words("to bis")

    fileprivate static func isYear(_ word: [UInt8]) -> Bool {
        word.count == 4 && Int(String(decoding: word, as: UTF8.self)).map { (1900...2100).contains($0) } == true
    }
}
