/// What the styles of an OpenDocument file say about text.
struct OpenStyles {
    private struct Style {
        var parent: String?
        var isStruck: Bool?
        var position: HTMLTag?
        var isHidden: Bool?
        var level: Int?
        var font: String?
        /// Whether a page of the text ends before and after the paragraph.
        var breaksBefore: Bool?
        var breaksAfter: Bool?
        var name = ""
    }

    private var styles: [String: Style] = [:]
    /// Whether each level of a list is numbered, by the name of its style.
    private var lists: [String: [Int: Numbering]] = [:]

    /// The numbers of a level of a list.
    struct Numbering {
        var format = ""
        var prefix = ""
        var suffix = ""
        var start = 1
        /// The number of levels in the label, as in "1.2.3".
        var depth = 1
    }

    init(_ roots: [XMLElement?]) {
        for root in roots {
            for group in root?.elements ?? [] where group.name == "automatic-styles" || group.name == "styles" {
                for element in group.elements { add(element) }
            }
        }
    }

    private mutating func add(_ element: XMLElement) {
        guard let name = element["name"] else { return }
        switch element.name {
        case "style":
            var style = Style(parent: element["parent-style-name"])
            style.name = (element["display-name"] ?? name).lowercased()
            style.level = element["default-outline-level"].flatMap { Int($0) }
            let text = element.first("text-properties")
            style.isStruck = (text?["text-line-through-style"] ?? text?["text-line-through-type"]).map { $0 != "none" }
            if let position = text?["text-position"] {
                if position.hasPrefix("super") || position.first?.isNumber == true && !position.hasPrefix("0") {
                    style.position = .sup
                }
                if position.hasPrefix("sub") || position.hasPrefix("-") { style.position = .sub }
            }
            style.isHidden =
                text?["display"].map { $0 == "none" }
                ?? element.first("table-properties")?["display"].map { $0 == "false" }
                ?? element.first("drawing-page-properties")?["visibility"].map { $0 == "hidden" }
            let paragraph = element.first("paragraph-properties") ?? element.first("table-properties")
            style.breaksBefore = paragraph?["break-before"].map { $0 == "page" }
            // A page of another kind starts a page.
            if let master = element["master-page-name"], !master.isEmpty { style.breaksBefore = true }
            style.breaksAfter = paragraph?["break-after"].map { $0 == "page" }
            style.font = text?["font-name"] ?? text?["font-family"]
            styles[name] = style
        case "list-style", "outline-style":
            for level in element.elements {
                guard let index = level["level"].flatMap({ Int($0) }) else { continue }
                var numbering = Numbering()
                if level.name == "list-level-style-number" || level.name == "outline-level-style" {
                    numbering.format = level["num-format"] ?? ""
                    numbering.prefix = level["num-prefix"] ?? ""
                    numbering.suffix = level["num-suffix"] ?? ""
                    numbering.start = level["start-value"].flatMap { Int($0) } ?? 1
                    numbering.depth = max(1, level["display-levels"].flatMap { Int($0) } ?? 1)
                }
                lists[name, default: [:]][index] = numbering
            }
        default: break
        }
    }

    private func chain(_ name: String?) -> [Style] {
        var found: [Style] = []
        var next = name
        while let name = next, let style = styles[name], found.count < 20 {
            found.append(style)
            next = style.parent
        }
        return found
    }

    /// Whether text of a style is struck through. Nil where no style says so.
    func isStruck(_ name: String?) -> Bool? { chain(name).lazy.compactMap(\.isStruck).first }
    func position(_ name: String?) -> HTMLTag? { chain(name).lazy.compactMap(\.position).first }
    func font(_ name: String?) -> String? { chain(name).lazy.compactMap(\.font).first }
    func isHidden(_ name: String?) -> Bool { chain(name).lazy.compactMap(\.isHidden).first ?? false }

    func breaksBefore(_ name: String?) -> Bool { chain(name).lazy.compactMap(\.breaksBefore).first ?? false }
    func breaksAfter(_ name: String?) -> Bool { chain(name).lazy.compactMap(\.breaksAfter).first ?? false }

    /// Whether a paragraph of this style is the title of the document.
    func isTitle(_ name: String?) -> Bool { chain(name).contains { $0.name == "title" } || name?.lowercased() == "title" }

    /// The label of an item: its number, or "-".
    func label(list: String?, level: Int, counters: [Int]) -> String {
        guard let list, let levels = lists[list], let numbering = levels[level + 1], !numbering.format.isEmpty else {
            return "-"
        }
        let first = max(0, level + 1 - numbering.depth)
        let numbers = (first...level).map { index in
            // A level above whose item holds a list alone has not been counted yet.
            Self.number(
                index < counters.count ? max(counters[index], index < level ? start(list: list, level: index) : .min) : 1,
                levels[index + 1]?.format ?? "1")
        }
        return (numbering.prefix + numbers.joined(separator: ".") + numbering.suffix).trimmed
    }

    func start(list: String?, level: Int) -> Int { list.flatMap { lists[$0]?[level + 1]?.start } ?? 1 }

    private static func number(_ number: Int, _ format: String) -> String {
        switch format {
        case "a": Numerals.text(number, "lowerLetter")
        case "A": Numerals.text(number, "upperLetter")
        case "i": Numerals.text(number, "lowerRoman")
        case "I": Numerals.text(number, "upperRoman")
        default: "\(number)"
        }
    }
}
