extension MarkupBuilder {
    /// A space that a formula keeps. White space between its elements means nothing.
    static let formulaSpace = "\u{A0}"

    /// Adds a formula of Office (ECMA-376, part 1, 22.1) as the elements of MathML that the renderer writes on one line.
    mutating func formula(_ element: XMLElement) {
        self.element(.math) { $0.formulaParts(element) }
    }

    private mutating func formulaParts(_ element: XMLElement) {
        for part in element.elements { formulaPart(part) }
    }

    private mutating func group(_ element: XMLElement?) {
        self.element(.other) { this in if let element { this.formulaParts(element) } }
    }

    private mutating func formulaPart(_ element: XMLElement) {
        switch element.name {
        case "r" where element.first("rPr")?.first("nor") != nil: self.element(.mtext) { $0.formulaParts(element) }
        case "r", "e", "num", "den", "sub", "sup", "lim", "deg", "mr": formulaParts(element)
        // The name of a function does not run into its argument.
        case "fName": group(element)
        case "t":
            // Spaces at the ends of a run part words.
            let words = element.text
            guard words.contains(where: \.isLetter) else { return text(words) }
            let inner = words.trimmed
            text(
                (words.first?.isWhitespace == true ? Self.formulaSpace : "") + inner
                    + (words.last?.isWhitespace == true ? Self.formulaSpace : ""))
        case "f":
            self.element(.mfrac) { this in
                this.group(element.first("num"))
                this.group(element.first("den"))
            }
        case "sSup": pair(.msup, element.first("e"), element.first("sup"))
        case "sSub": pair(.msub, element.first("e"), element.first("sub"))
        case "sSubSup":
            self.element(.msup) { this in
                this.pair(.msub, element.first("e"), element.first("sub"))
                this.group(element.first("sup"))
            }
        case "sPre":
            self.element(.msup) { this in
                this.pair(.msub, nil, element.first("sub"))
                this.group(element.first("sup"))
            }
            group(element.first("e"))
        case "acc": accent(element.first("e"), element.first("accPr")?.first("chr")?["val"] ?? "\u{302}")
        case "bar":
            let isAbove = element.first("barPr")?.first("pos")?["val"] == "top"
            accent(element.first("e"), isAbove ? "\u{305}" : "\u{332}")
        case "groupChr":
            group(element.first("e"))
            // A brace holds together what stands alone here. An arrow says something.
            let sign = element.first("groupChrPr")?.first("chr")?["val"] ?? ""
            if sign.unicodeScalars.contains(where: { $0.properties.isMath && $0.value < 0x23B4 }) { text(sign) }
        case "rad":
            let isHidden = element.first("radPr")?.first("degHide").map {
                !["0", "false", "off"].contains($0["val"] ?? "1")
            }
            if let degree = element.first("deg"), isHidden != true, !degree.descendants("t").allSatisfy(\.text.isEmpty) {
                pair(.mroot, element.first("e"), degree)
            } else {
                self.element(.msqrt) { this in this.group(element.first("e")) }
            }
        case "nary": sum(element)
        case "limLow", "limUpp": pair(element.name == "limLow" ? .msub : .msup, element.first("e"), element.first("lim"))
        case "d":
            let properties = element.first("dPr")
            text(properties?.first("begChr")?["val"] ?? "(")
            for (index, part) in element.all("e").enumerated() {
                if index > 0 { text(properties?.first("sepChr")?["val"] ?? ",") }
                formulaParts(part)
            }
            text(properties?.first("endChr")?["val"] ?? ")")
        case "m":
            text("[")
            for (index, row) in element.all("mr").enumerated() {
                if index > 0 { text("; ") }
                for (column, cell) in row.all("e").enumerated() {
                    if column > 0 { text(", ") }
                    formulaParts(cell)
                }
            }
            text("]")
        case "eqArr":
            for (index, row) in element.all("e").enumerated() {
                if index > 0 { text("; ") }
                formulaParts(row)
            }
        case _ where element.name.hasSuffix("Pr"): break
        default: formulaParts(element)
        }
    }

    /// A formula with a mark over or under it, which a character of its own adds to the last character of the formula.
    private mutating func accent(_ base: XMLElement?, _ mark: String) {
        let words = base?.text.trimmed ?? ""
        guard words.count != 1 else { return text(words + mark) }
        text("(")
        if let base { formulaParts(base) }
        text(")" + mark)
    }

    /// A sum, product or integral with its bounds.
    private mutating func sum(_ element: XMLElement) {
        let sign = element.first("naryPr")?.first("chr")?["val"] ?? "∫"
        self.element(.msup) { this in
            this.element(.msub) { this in
                this.element(.other, sign)
                this.group(element.first("sub"))
            }
            this.group(element.first("sup"))
        }
        text(" ")
        if let body = element.first("e") { formulaParts(body) }
    }

    private mutating func pair(_ tag: HTMLTag, _ first: XMLElement?, _ second: XMLElement?) {
        element(tag) { this in
            this.group(first)
            this.group(second)
        }
    }
}
