/// What the styles and numberings of a Word document say about paragraphs.
struct WordStyles {
    /// A style of paragraphs or characters.
    private struct Style {
        var name = ""
        var parent: String?
        var level: Int?
        var number: Number?
        var isStruck: Bool?
        var isHidden: Bool?
        var position: Position?
    }

    /// How characters stand.
    enum Position {
        case raised, lowered, onLine
    }

    /// A place in a numbering.
    struct Number: Equatable {
        var list: String?
        var level: Int?
    }

    /// A level of a numbering.
    private struct Level {
        var format = "decimal"
        var text = ""
        var start = 1
    }

    private var styles: [String: Style] = [:]
    private var levels: [String: [Int: Level]] = [:]
    private var abstract: [String: String] = [:]
    private var starts: [String: [Int: Int]] = [:]
    /// The counters of each numbering.
    private var counters: [String: [Int]] = [:]
    /// The lists that have counted already.
    private var begun: Set<String> = []

    private static let deepest = 9

    init(styles root: XMLElement?, numbering: XMLElement?) {
        for element in root?.all("style") ?? [] {
            guard let id = element["styleId"] else { continue }
            var style = Style()
            style.name = element.first("name")?["val"]?.lowercased() ?? ""
            style.parent = element.first("basedOn")?["val"]
            let properties = element.first("pPr")
            style.level = properties?.first("outlineLvl")?["val"].flatMap { Int($0) }
            style.number = properties?.first("numPr").map(Self.number)
            style.isStruck = Self.isStruck(element.first("rPr"))
            style.isHidden = Self.flag(element.first("rPr"), "vanish")
            style.position = Self.position(element.first("rPr"))
            styles[id] = style
        }
        for element in numbering?.all("abstractNum") ?? [] {
            guard let id = element["abstractNumId"] else { continue }
            for level in element.all("lvl") {
                guard let index = level["ilvl"].flatMap({ Int($0) }), (0..<Self.deepest).contains(index) else { continue }
                levels[id, default: [:]][index] = Self.level(level)
            }
        }
        for element in numbering?.all("num") ?? [] {
            guard let id = element["numId"], let target = element.first("abstractNumId")?["val"] else { continue }
            abstract[id] = target
            for change in element.all("lvlOverride") {
                guard let index = change["ilvl"].flatMap({ Int($0) }) else { continue }
                if let start = change.first("startOverride")?["val"].flatMap({ Int($0) }) {
                    starts[id, default: [:]][index] = start
                }
            }
        }
    }

    private static func level(_ element: XMLElement) -> Level {
        var level = Level()
        level.format = element.first("numFmt")?["val"] ?? "decimal"
        level.text = element.first("lvlText")?["val"] ?? ""
        level.start = element.first("start")?["val"].flatMap { Int($0) } ?? 1
        return level
    }

    /// The numbering in the properties of a paragraph.
    static func number(_ element: XMLElement) -> Number {
        Number(list: element.first("numId")?["val"], level: element.first("ilvl")?["val"].flatMap { Int($0) })
    }

    /// How characters with these properties stand. Nil when the properties do not say.
    static func position(_ properties: XMLElement?) -> Position? {
        switch properties?.first("vertAlign")?["val"] {
        case "superscript": return .raised
        case "subscript": return .lowered
        case .some: return .onLine
        case nil: break
        }
        // Half points. Less than two points are for looks.
        guard let points = properties?.first("position")?["val"].flatMap({ Int($0) }) else { return nil }
        return points >= 4 ? .raised : points <= -4 ? .lowered : .onLine
    }

    /// Whether characters with these properties are struck through. Nil when the properties do not say.
    static func isStruck(_ properties: XMLElement?) -> Bool? {
        let flags = [flag(properties, "strike"), flag(properties, "dstrike")].compactMap(\.self)
        return flags.isEmpty ? nil : flags.contains(true)
    }

    /// Whether a switch is on. Nil when the properties do not say.
    static func flag(_ properties: XMLElement?, _ name: String) -> Bool? {
        guard let element = properties?.first(name) else { return nil }
        return !["0", "false", "off"].contains(element["val"] ?? "1")
    }
}

extension WordStyles {
    /// A style and the styles that it is based on.
    private func chain(_ id: String?) -> [Style] {
        var found: [Style] = []
        var next = id
        while let id = next, let style = styles[id], found.count < 20 {
            found.append(style)
            next = style.parent
        }
        return found
    }

    /// The level of a heading: 1 for the outermost. Nil for other text.
    func headingLevel(style: String?, outline: Int?) -> Int? {
        if let outline { return outline < 9 ? outline + 1 : nil }
        for style in chain(style) {
            if let level = style.level { return level < 9 ? level + 1 : nil }
            if style.name == "title" { return 1 }
            if style.name.hasPrefix("heading "), let level = Int(style.name.dropFirst(8)) { return max(1, level) }
        }
        // A document without styles may still use the names that Word gives them.
        if let style, styles[style] == nil, style.lowercased().hasPrefix("heading"), let level = Int(style.dropFirst(7)) {
            return max(1, level)
        }
        return nil
    }

    /// The numbering of a style.
    func number(style: String?) -> Number? { chain(style).lazy.compactMap(\.number).first { $0.list != nil } }

    /// Whether text of a style is struck through.
    func isStruck(style: String?) -> Bool { chain(style).lazy.compactMap(\.isStruck).first ?? false }

    /// How characters of a style stand.
    func position(style: String?) -> Position? { chain(style).lazy.compactMap(\.position).first }

    /// Whether text of a style is hidden.
    func isHidden(style: String?) -> Bool { chain(style).lazy.compactMap(\.isHidden).first ?? false }

    /// The label of the next paragraph of a numbering: "-" for a bullet, and a number otherwise. Nil without a numbering.
    mutating func label(_ list: String, level: Int) -> String? {
        guard list != "0", let id = abstract[list], let levels = levels[id], (0..<Self.deepest).contains(level) else {
            return nil
        }
        let own = levels[level] ?? Level()
        var counter = counters[id] ?? Array(repeating: 0, count: Self.deepest)
        // A list may start again although it shares its numbering with an earlier list.
        if begun.insert(list).inserted {
            for (index, start) in starts[list] ?? [:] where (0..<Self.deepest).contains(index) {
                counter[index] = start &- 1
            }
        }
        for above in 0..<level where counter[above] == 0 { counter[above] = levels[above]?.start ?? 1 }
        counter[level] = counter[level] == 0 && starts[list]?[level] == nil ? own.start : counter[level] &+ 1
        for below in level + 1..<Self.deepest { counter[below] = 0 }
        counters[id] = counter
        if own.format == "bullet" { return "-" }
        if own.format == "none" { return "" }
        var text = ""
        var isPlace = false
        for character in own.text {
            if isPlace, let index = character.wholeNumberValue, (1...Self.deepest).contains(index) {
                text += Numerals.text(counter[index - 1], levels[index - 1]?.format ?? "decimal")
                isPlace = false
            } else if character == "%" {
                isPlace = true
            } else {
                text.append(character)
            }
        }
        return text
    }
}

/// Numbers as lists write them.
enum Numerals {
    /// A number in one of the formats of Word.
    static func text(_ number: Int, _ format: String) -> String {
        switch format {
        case "lowerLetter": letters(number).lowercased()
        case "upperLetter": letters(number)
        case "lowerRoman": roman(number).lowercased()
        case "upperRoman": roman(number)
        case "decimalZero": number < 10 ? "0\(number)" : "\(number)"
        default: "\(number)"
        }
    }

    private static func letters(_ number: Int) -> String {
        guard number > 0, number <= 26 * 30 else { return "\(number)" }
        let letter = Character(Unicode.Scalar(UInt8(65 + (number - 1) % 26)))
        return String(repeating: letter, count: (number - 1) / 26 + 1)
    }

    private static func roman(_ number: Int) -> String {
        guard number > 0, number < 4000 else { return "\(number)" }
        var rest = number
        var text = ""
        for (value, digits) in [
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
            (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
        ] {
            while rest >= value {
                text += digits
                rest -= value
            }
        }
        return text
    }
}
