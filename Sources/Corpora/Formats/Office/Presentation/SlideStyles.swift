/// What the layout of a slide and its master say about the lists of its boxes (ECMA-376, part 1, 19.3.1 and 21.1.2.4).
struct SlideStyles {
    private let layout: XMLElement?
    private let master: XMLElement?

    /// The styles of slides without a layout.
    init() { (layout, master) = (nil, nil) }

    /// - Parameters:
    ///   - layout: the root of the layout of a slide.
    ///   - master: the root of the master of the layout.
    init(layout: XMLElement?, master: XMLElement?) { (self.layout, self.master) = (layout, master) }

    /// The styles of the paragraphs of a box, the nearest first.
    func lists(for shape: XMLElement) -> [XMLElement] {
        var lists = [shape.listStyle]
        if let place = shape.placeholder {
            let kind = place.placeholderKind
            let isTitle = ["title", "ctrTitle"].contains(kind)
            let onLayout = layout?.placeholders.first { Self.isSame($0.placeholder, place) }
            // A master has one box for the texts of all layouts.
            let onMaster = master?.placeholders.first { box in
                guard let other = box.placeholder?.placeholderKind else { return false }
                return isTitle ? other == "title" : other == kind || other == "body"
            }
            lists += [onLayout?.listStyle, onMaster?.listStyle]
            let isText = ["obj", "body", "subTitle"].contains(kind)
            lists.append(master?.first("txStyles")?.first(isTitle ? "titleStyle" : isText ? "bodyStyle" : "otherStyle"))
        }
        return lists.compactMap(\.self)
    }

    /// Whether a box of a layout is the one of a box of a slide.
    private static func isSame(_ place: XMLElement?, _ other: XMLElement) -> Bool {
        guard let place else { return false }
        if let index = other["idx"], index != "0" { return place["idx"] == index }
        return place.placeholderKind == other.placeholderKind
    }

    /// How a paragraph is numbered. Nil for one without a number.
    static func numbering(_ properties: XMLElement?, level: Int, _ lists: [XMLElement]) -> XMLElement? {
        for properties in [properties] + lists.map({ $0.first("lvl\(level &+ 1)pPr") }) {
            if let numbering = properties?.first("buAutoNum") { return numbering }
            if ["buNone", "buChar", "buBlip"].contains(where: { properties?.first($0) != nil }) { return nil }
        }
        return nil
    }
}

extension XMLElement {
    /// What says which box of its layout a shape fills.
    var placeholder: XMLElement? { elements.first { $0.name.hasPrefix("nv") }?.first("nvPr")?.first("ph") }

    /// What a placeholder is for. One that does not say so is for an object (ST_PlaceholderType).
    fileprivate var placeholderKind: String { self["type"] ?? "obj" }

    fileprivate var listStyle: XMLElement? { first("txBody")?.first("lstStyle") }

    fileprivate var placeholders: [XMLElement] { first("cSld")?.first("spTree")?.all("sp") ?? [] }
}
