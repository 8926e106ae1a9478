/// Whether declarations raise or lower words from their line.
struct HTMLShift {
    /// Up is above 0, in ems.
    private var shift = 0.0
    /// Whether the words stand at the top of the line, which raises small ones.
    private var isAtTop = false
    private var isSmall = false
    private var isRelative = false
    private var offset = 0.0
    private var drawnOffset = 0.0

    /// The element that stands for the shift. Icons and labels are moved by less, and the places that links lead to by more.
    var tag: HTMLTag? {
        let isMoved = isRelative && abs(offset) <= 1.2 && abs(offset) >= (isSmall ? 0.2 : 0.4)
        let small = (isAtTop ? 1 : 0) + drawnOffset
        let up = shift + (isMoved ? offset : 0) + (isSmall ? small : 0)
        return up >= 0.15 ? .sup : up <= -0.15 ? .sub : nil
    }

    /// Adds a declaration in lower case without spaces.
    mutating func add(_ name: Substring, _ value: String) {
        switch name {
        case "vertical-align", "baseline-shift":
            isAtTop = value == "text-top" || value == "top"
            shift = value == "super" ? 1 : value == "sub" ? -1 : Self.ems(value) ?? 0
        case "position": isRelative = value == "relative"
        case "top": offset = -(Self.ems(value) ?? 0)
        case "bottom": offset = Self.ems(value) ?? offset
        // Drawings move the words of a line.
        case "dy": drawnOffset = -(Self.ems(value) ?? 0)
        case "font-size": isSmall = Self.isSmall(value)
        case "mso-text-raise": isSmall = true
        default: break
        }
    }

    /// A length or share in ems, where an em has 12 points, or 13 pixels. Nil for another value.
    static func ems(_ value: String) -> Double? {
        let unit = value.drop { $0.isASCII && ($0.isNumber || "+-.".contains($0)) }
        guard let number = Double(value.prefix(value.count - unit.count)), number.isFinite else { return nil }
        switch unit {
        case "em", "rem": return number
        case "ex", "ch": return number / 2
        case "%": return number / 100
        case "pt": return number / 12
        case "px", "": return number / 13
        case "mm": return number / 4.2
        case "cm": return number / 0.42
        case "in": return number * 6
        default: return nil
        }
    }

    /// Whether a size of letters is smaller than that of the text around.
    static func isSmall(_ value: String) -> Bool {
        if let size = ems(value) { return size < 0.9 }
        return ["smaller", "small", "x-small", "xx-small"].contains(value)
    }
}

/// Whether declarations make a box that stands apart from the words beside it.
struct HTMLRoom {
    private var isInlineBlock = false
    private var hasRoom = false
    private var isPlaced = false

    /// Letters that are moved one by one are inline blocks, too, but have no room around them.
    var isBoxed: Bool { isPlaced || isInlineBlock && hasRoom }

    /// Adds a declaration in lower case without spaces.
    mutating func add(_ name: Substring, _ value: String) {
        switch name {
        case "display": isInlineBlock = value == "inline-block"
        case "position": isPlaced = value == "absolute" || value == "fixed"
        case "width", "min-width": hasRoom = hasRoom || value.first.map { ("1"..."9").contains($0) } ?? false
        case "margin", "margin-left", "margin-right", "padding", "padding-left", "padding-right":
            hasRoom = hasRoom || !value.contains("-") && value.contains { ("1"..."9").contains($0) }
        default: break
        }
    }
}
