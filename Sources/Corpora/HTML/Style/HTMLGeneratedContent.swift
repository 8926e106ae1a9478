import Bytes
import CLibXML2

/// What a style sheet writes before or after the content of an element (`content` of `::before` and `::after`).
struct HTMLGeneratedContent {
    /// A piece of the written text.
    private enum Part {
        case text(String)
        /// The value of an attribute of the element.
        case attribute(String)
        /// A number that the browser counts. It is not written.
        case number
    }

    /// What the rules say of a property: what the rule with the highest rank says.
    private struct Property<Value> {
        var value: Value?
        private var rank = -1

        mutating func add(_ other: Property, rank: Int) {
            guard other.value != nil, rank > self.rank else { return }
            (value, self.rank) = (other.value, rank)
        }
    }

    /// The pieces. Empty where the style says that nothing is written.
    private var parts = Property<[Part]>()
    private var isNotDisplayed = Property<Bool>()
    private var isInvisible = Property<Bool>()
    private var isTransparent = Property<Bool>()
    /// Whether the text stands apart from the words beside it.
    private var isApart = Property<Bool>()

    /// The most bytes that one style writes once.
    private static let longest = 1000

    init() {}

    /// The content that some declarations give.
    ///
    /// - Parameter isSymbol: whether a lone letter stands for a drawing, as fonts of symbols have it.
    init(_ declarations: ArraySlice<UInt8>, isSymbol: Bool) {
        var isSymbol = isSymbol
        for (name, value) in Self.declarations(declarations) {
            let word = String(decoding: value.prefix { $0 != UInt8(ascii: "!") }.map(\.lowercasedASCII), as: UTF8.self)
                .trimmed
            let isZero = word.first == "0" && !word.contains { ("1"..."9").contains($0) }
            switch name {
            case "content": parts.value = Self.parts(value) ?? parts.value
            case "display":
                isNotDisplayed.value = word == "none"
                if word != "inline", word != "contents" { isApart.value = true }
            case "visibility": isInvisible.value = word == "hidden"
            case "opacity", "font-size": isTransparent.value = isZero
            case "position": if word == "absolute" || word == "fixed" { isApart.value = true }
            case "float": if word != "none" { isApart.value = true }
            case _ where name.hasPrefix("margin") || name.hasPrefix("padding"): if !isZero { isApart.value = true }
            case "font", "font-family": isSymbol = true
            default: break
            }
        }
        if isSymbol, parts.value?.count == 1, case .text(let text)? = parts.value?.first, text.count == 1 {
            parts.value = []
        }
    }

    /// Whether a rule with this content can change what is written.
    var saysSomething: Bool {
        parts.value != nil || isNotDisplayed.value != nil || isInvisible.value != nil || isTransparent.value != nil
    }

    /// Takes over what a rule says, where no rule of a higher rank has said it.
    mutating func add(_ other: HTMLGeneratedContent, rank: Int) {
        parts.add(other.parts, rank: rank)
        isNotDisplayed.add(other.isNotDisplayed, rank: rank)
        isInvisible.add(other.isInvisible, rank: rank)
        isTransparent.add(other.isTransparent, rank: rank)
        isApart.add(other.isApart, rank: rank)
    }

    /// The text that is written beside the content of an element. Empty where none is.
    func text(for element: UnsafeMutablePointer<xmlNode>) -> String {
        guard let parts = parts.value, !parts.isEmpty else { return "" }
        guard isNotDisplayed.value != true, isInvisible.value != true, isTransparent.value != true else { return "" }
        var text = ""
        var counts = false
        for part in parts {
            switch part {
            case .text(let words): text += words
            case .attribute(let name): text += HTMLConditions.attribute(name, of: element) ?? ""
            case .number: counts = true
            }
        }
        // Fonts of symbols draw the first of these characters, which have no meaning of their own. The others show nothing.
        text.unicodeScalars.removeAll { [.privateUse, .format].contains($0.properties.generalCategory) }
        let words = text.trimmed
        // The marks around a number mean nothing without it.
        if counts, !words.contains(where: \.isLetter) { return "" }
        guard !words.isEmpty, text.utf8.count <= Self.longest else { return words.isEmpty && !text.isEmpty ? " " : "" }
        return isApart.value == true ? " " + words + " " : text
    }
}

/// The syntax of declarations and of the value of `content`.
extension HTMLGeneratedContent {
    private static let quotes: Set<UInt8> = [UInt8(ascii: "\""), UInt8(ascii: "'")]

    /// The index of the bracket that closes a block of declarations. A bracket in a string closes nothing.
    static func end(of block: ArraySlice<UInt8>) -> Int { end(of: block, at: UInt8(ascii: "}")) }

    /// The index of a byte outside of strings.
    private static func end(of bytes: ArraySlice<UInt8>, at byte: UInt8) -> Int {
        var i = bytes.startIndex
        while i < bytes.endIndex, bytes[i] != byte {
            if quotes.contains(bytes[i]), let close = closingQuote(bytes[i...]) { i = close }
            i += 1
        }
        return min(i, bytes.endIndex)
    }

    /// The index of the quotation mark that closes the string which starts here. Nil where its line has none.
    private static func closingQuote(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let quote = bytes.first else { return nil }
        var i = bytes.startIndex + 1
        while i < bytes.endIndex, bytes[i] != 10 || bytes[i - 1] == UInt8(ascii: "\\") {
            if bytes[i] == quote { return i }
            i += bytes[i] == UInt8(ascii: "\\") && i + 1 < bytes.endIndex && bytes[i + 1] != 10 ? 2 : 1
        }
        return nil
    }

    /// The names in lower case and the values of declarations.
    private static func declarations(_ bytes: ArraySlice<UInt8>) -> [(name: String, value: ArraySlice<UInt8>)] {
        var rest = bytes
        var found: [(name: String, value: ArraySlice<UInt8>)] = []
        while !rest.isEmpty {
            let end = end(of: rest, at: UInt8(ascii: ";"))
            let declaration = rest[..<end]
            rest = rest[end...].dropFirst()
            guard let colon = declaration.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = String(decoding: declaration[..<colon].map(\.lowercasedASCII), as: UTF8.self).trimmed
            found.append((name, declaration[(colon + 1)...]))
        }
        return found
    }

    /// The pieces of a value of `content`. Nil where it is not understood.
    private static func parts(_ value: ArraySlice<UInt8>) -> [Part]? {
        var parts: [Part] = []
        var rest = value.drop(while: \.isControlOrSpace)
        while let byte = rest.first, byte != UInt8(ascii: "!") {
            if quotes.contains(byte) {
                guard let close = closingQuote(rest) else { return nil }
                parts.append(.text(unescaped(rest[(rest.startIndex + 1)..<close])))
                rest = rest[(close + 1)...]
            } else if byte == UInt8(ascii: "/") {
                // What follows describes a picture to who does not see it.
                if !parts.isEmpty { return parts }
                rest = rest.dropFirst()
            } else {
                let word = rest.prefix { $0.isAlphanumeric || $0 == UInt8(ascii: "-") }
                guard !word.isEmpty else { return nil }
                rest = rest[word.endIndex...]
                var argument: ArraySlice<UInt8> = []
                let isFunction = rest.first == UInt8(ascii: "(")
                if isFunction {
                    let close = end(of: rest, at: UInt8(ascii: ")"))
                    argument = rest[(rest.startIndex + 1)..<max(close, rest.startIndex + 1)]
                    rest = rest[close...].dropFirst()
                }
                switch (String(decoding: word.map(\.lowercasedASCII), as: UTF8.self), isFunction) {
                case ("none", false), ("normal", false), ("inherit", false), ("initial", false), ("unset", false): return []
                case ("open-quote", false): parts.append(.text("“"))
                case ("close-quote", false): parts.append(.text("”"))
                case ("no-open-quote", false), ("no-close-quote", false): break
                case ("attr", true):
                    let name = argument.drop(while: \.isControlOrSpace).prefix {
                        !$0.isControlOrSpace && $0 != UInt8(ascii: ",")
                    }
                    parts.append(.attribute(String(decoding: name.map(\.lowercasedASCII), as: UTF8.self)))
                case ("counter", true), ("counters", true): parts.append(.number)
                // A picture, of which nothing but its description is text.
                case (_, true): break
                default: return nil
                }
            }
            rest = rest.drop(while: \.isControlOrSpace)
        }
        return parts
    }

    /// A string without its escapes: `\` before up to six digits of a code, before a line end, or before any other character.
    private static func unescaped(_ string: ArraySlice<UInt8>) -> String {
        var out: [UInt8] = []
        var rest = string
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let next = rest.first else {
                out.append(byte)
                continue
            }
            let digits = rest.prefix(6).prefix { $0.isDigit || (0x61...0x66).contains($0.lowercasedASCII) }
            if digits.isEmpty {
                if next != 10 { out.append(next) }
                rest = rest.dropFirst()
                continue
            }
            rest = rest[digits.endIndex...]
            if rest.first?.isControlOrSpace == true { rest = rest.dropFirst() }
            let scalar = UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(Unicode.Scalar.init)
            if let scalar, scalar.value != 0 { out += Array(String(Character(scalar)).utf8) }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
