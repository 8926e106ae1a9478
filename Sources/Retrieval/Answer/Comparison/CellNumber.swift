import Bytes
import Memory

/// The number of a cell with the unit behind it.
package struct CellNumber {
    package let value: Double
    /// Folded; nil where none follows.
    let unit: [UInt8]?
    /// Whether the point may part thousands or decimals: "1.204". The value is the one with decimals.
    package let isAmbiguous: Bool

    /// The first number of a cell, or what a word such as "none" or "unlimited" stands for; nil for another cell.
    package init?(_ cell: WordRow) {
        let numbers = cell.quantities
        guard let number = numbers.first(where: { cell.words[$0.words.lowerBound][0].isDigit }) else {
            guard cell.words.count == 1, let value = CellNumber.words[cell.words[0]] else { return nil }
            (self.value, unit, isAmbiguous) = (value, nil, false)
            return
        }
        // "3:1" and "9:30" are two numbers.
        guard !number.isHour else { return nil }
        // "1 hour 50 minutes" is one length of time in two numbers.
        guard numbers.count(where: { Measure.of($0, in: cell) != nil }) < 2 else { return nil }
        let text = cell.text
        let start = text[number.range].firstIndex(where: \.isDigit) ?? number.range.lowerBound
        let plain = WrittenNumber.ungrouped(Array(text[start...]))
        let digits = plain.prefix { $0.isDigit || $0 == UInt8(ascii: ".") }
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: true)
        guard let first = parts.first, parts.count < 3,
            let value = Double(parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "."))
        else { return nil }
        let isNegative = text[..<start].last == UInt8(ascii: "-") || text[..<start].suffix(3).elementsEqual("−".utf8)
        self.value = isNegative ? -value : value
        isAmbiguous = parts.count == 2 && parts[1].count == 3 && first.count < 4
        unit = number.unit.map { cell.words[$0] }
    }

    /// A number that is known.
    init(value: Double, unit: [UInt8]?) {
        self.value = value
        self.unit = unit
        isAmbiguous = false
    }

    /// The numbers of some cells in one unit; nil where their units cannot be compared.
    package static func inOneUnit(_ numbers: [CellNumber]) -> [Double]? {
        let written = numbers.filter { !words.values.contains($0.value) || $0.unit != nil }
        if Set(written.map(\.unit)).count < 2 { return withThousands(numbers) }
        guard !numbers.contains(where: \.isAmbiguous) else { return nil }
        var values: [Double] = []
        var measures: Set<Measure> = []
        for number in numbers {
            if number.unit == nil, words.values.contains(number.value) {
                values.append(number.value)
                continue
            }
            guard let unit = number.unit, let scale = scales[unit] else { return nil }
            measures.insert(scale.measure)
            values.append(number.value * scale.factor)
        }
        return measures.count == 1 ? values : nil
    }

    /// The point of "1.150" beside 540 and 810 parts thousands; beside smaller numbers, and with decimals, nothing tells what it parts.
    private static func withThousands(_ numbers: [CellNumber]) -> [Double]? {
        guard numbers.contains(where: \.isAmbiguous) else { return numbers.map(\.value) }
        let plain = numbers.filter { !$0.isAmbiguous }.map(\.value)
        guard !plain.isEmpty, plain.allSatisfy({ $0 >= 100 && $0 == $0.rounded() }) else { return nil }
        return numbers.map { $0.isAmbiguous ? $0.value * 1000 : $0.value }
    }

    /// Words that stand for a number by themselves.
    private static let words: [[UInt8]: Double] = {
        var values: [[UInt8]: Double] = [:]
        for word in ["none", "free", "keine", "keiner", "kostenlos", "gratis"] {
            values[Array(word.utf8)] = 0
        }
        for word in ["unlimited", "unbegrenzt", "unbeschränkt", "infinite"] { values[Array(word.utf8)] = .infinity }
        return values
    }()

    /// What some units measure, and how many metres, kilograms or seconds they are.
    private static let scales: [[UInt8]: (measure: Measure, factor: Double)] = {
        var scales: [[UInt8]: (measure: Measure, factor: Double)] = [:]
        func add(_ measure: Measure, _ factor: Double, _ words: String) {
            for word in words.split(separator: " ") { scales[Array(word.utf8)] = (measure, factor) }
        }
        add(.length, 0.001, "mm")
        add(.length, 0.01, "cm")
        add(.length, 1, "m metre metres meter meters")
        add(.length, 1000, "km kilometre kilometres kilometer kilometers")
        add(.weight, 0.001, "g gram grams gramm")
        add(.weight, 1, "kg kilogram kilograms kilogramm")
        add(.weight, 1000, "t tonne tonnes ton tons tonnen")
        add(.time, 1, "s second seconds sekunde sekunden")
        add(.time, 60, "min minute minutes minuten")
        add(.time, 3600, "h hour hours stunde stunden")
        add(.time, 86_400, "day days tag tage tagen")
        add(.time, 604_800, "week weeks woche wochen")
        add(.time, 2_629_800, "month months monat monate monaten")
        add(.time, 31_557_600, "year years jahr jahre jahren")
        return scales
    }()
}
