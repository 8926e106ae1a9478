import Bytes

extension MediaType {
    /// A workbook of Microsoft Excel.
    package static let workbook = MediaType(rawValue: "xlsx")
}

/// Reads workbooks of Microsoft Excel (ECMA-376, part 1). Each sheet is a heading with its rows below.
struct WorkbookReader: Reader {
    let format = Format(
        .workbook, extensions: ["xlsx", "xlsm", "xltx", "xltm", "xlsb"], signatures: [.container([0x50, 0x4B, 0x03, 0x04])])

    func longestFile(_ limits: ExtractionLimits) -> Int { limits.pdfBytes }

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        var package = try OfficePackage(bytes, limits: limits)
        if package.main.hasSuffix(".bin") { return try BinaryWorkbook.read(package, limits: limits) }
        guard let book = package.xml(package.main) else { throw .containerDamaged(package.main) }
        let workbook = Workbook(book, &package)
        var extracted = Extracted()
        let relationships = package.relationships(of: package.main)
        for sheet in book.first("sheets")?.all("sheet") ?? [] {
            guard let relationship = relationships[sheet["id"] ?? ""] else { continue }
            let isHidden = (sheet["state"] ?? "visible") != "visible"
            let lines = try workbook.lines(relationship.target, &package, limit: limits.textBytes - extracted.text.count)
            extracted.append(sheet: sheet["name"] ?? "Sheet", isHidden: isHidden, lines: lines)
        }
        extracted.title = package.title()
        extracted.isTitledByHeading = false
        extracted.remarks.add(package.remarks)
        return try extracted.document(.workbook)
    }
}

/// What the sheets of a workbook share: texts, formats of cells, and the first day.
struct Workbook {
    private let strings: [String]
    /// The texts whose runs say whether they are struck, as they are shown in a struck cell, by their numbers.
    private var struckStrings: [Int: String] = [:]
    private let formats: [NumberFormat]
    /// Whether each format strikes its cells.
    private let strikes: [Bool]
    private let epoch1904: Bool
    /// The names of people who wrote comments, by identifier.
    private(set) var people: [String: String] = [:]

    init(_ book: XMLElement, _ package: inout OfficePackage) {
        epoch1904 = ["1", "true"].contains(book.first("workbookPr")?["date1904"] ?? "0")
        let texts = package.xml("sharedStrings", of: package.main)?.all("si") ?? []
        strings = texts.map { Self.unescaped(Self.runs($0).text) }
        let styles = package.xml("styles", of: package.main)
        var codes: [Int: String] = [:]
        for format in styles?.first("numFmts")?.all("numFmt") ?? [] {
            if let number = format["numFmtId"].flatMap({ Int($0) }) { codes[number] = format["formatCode"] }
        }
        let fonts = (styles?.first("fonts")?.all("font") ?? []).map { WordStyles.isStruck($0) ?? false }
        let cells = styles?.first("cellXfs")?.all("xf") ?? []
        strikes = cells.map { $0["fontId"].flatMap { Int($0) }.map { fonts.indices.contains($0) && fonts[$0] } ?? false }
        formats = cells.map { format in
            let number = format["numFmtId"].flatMap { Int($0) } ?? 0
            return codes[number].map { NumberFormat(code: $0) } ?? NumberFormat(builtIn: number)
        }
        people = Self.people(&package)
        guard strikes.contains(true) else { return }
        for (i, text) in texts.enumerated() {
            let runs = Self.runs(text)
            if runs.statesStrikes { struckStrings[i] = Self.unescaped(runs.text(isStruck: true)) }
        }
    }

    /// The names of people who wrote comments, by identifier.
    static func people(_ package: inout OfficePackage) -> [String: String] {
        let parts = package.xml("person", of: package.main)?.all("person") ?? []
        return Dictionary(parts.map { ($0["id"] ?? "", $0["displayName"] ?? "") }) { $1 }
    }

    /// A text with the characters that Excel writes by their numbers, as `_x000D_`.
    private static func unescaped(_ text: String) -> String {
        guard text.contains("_x") else { return text }
        return text.replacing(#/_x([0-9A-Fa-f]{4})_/#) { match in
            guard let code = UInt32(match.1, radix: 16), let scalar = Unicode.Scalar(code) else { return String(match.0) }
            return scalar.value < 32 ? "\n" : String(scalar)
        }
    }

    /// The runs of a text. Readings for pronunciation are left out.
    static func runs(_ element: XMLElement) -> RunText {
        var runs = RunText()
        for part in element.elements {
            switch part.name {
            case "t": runs.add(part.text)
            case "r":
                let font = part.first("rPr")
                let position = SheetCell.position(font?.first("vertAlign")?["val"])
                runs.add(
                    part.all("t").map(\.text).joined(), position,
                    isStruck: font.map { WordStyles.isStruck($0) ?? false })
            default: break
            }
        }
        return runs
    }

    /// The rows of a sheet as lines, with its comments and the texts of its drawings.
    func lines(_ path: String, _ package: inout OfficePackage, limit: Int) throws(Refusal) -> String {
        var grid = SheetGrid(limit: max(0, limit))
        var controls: [Control] = []
        if let bytes = package.bytes(path), let stream = XMLStream(bytes) {
            try rows(stream, &grid, &controls)
            if stream.isDamaged { package.remark(.damaged(path)) }
        }
        let relationships = package.relationships(of: path)
        var boxes = Self.boxes(controls, relationships, &package)
        for relationship in relationships.values.sorted(by: { $0.target < $1.target }) where !relationship.isOutside {
            switch relationship.kind {
            case "comments": if let part = package.xml(relationship.target) { comments(part, &grid) }
            case "threadedComment": if let part = package.xml(relationship.target) { Self.threads(part, people, &grid) }
            case "drawing": Self.drawing(relationship.target, &boxes, &package, &grid)
            default: break
            }
        }
        for box in boxes.sorted(by: { $0.key < $1.key }) { grid.addDrawn(box.value.state + " " + box.value.name) }
        return grid.lines
    }

    private func rows(
        _ stream: XMLStream, _ grid: inout SheetGrid, _ controls: inout [Control]
    ) throws(Refusal) {
        var number = -1
        var cells: [String] = []
        var column = -1
        var cell = SheetCell()
        var collects = false
        var text = ""
        var position: HTMLTag?
        var isStruck: Bool?
        // Formulas that several cells share, by their numbers, and the number of the one that is read.
        var shared: [String: String] = [:]
        var sharing: String?
        while let piece = stream.next() {
            switch piece {
            case .start("row"):
                number = stream.attribute("r").map(SheetCell.row) ?? number + 1
                cells = []
                column = -1
            case .start("c"):
                column = stream.attribute("r").flatMap(SheetCell.column) ?? column + 1
                cell = SheetCell(type: stream.attribute("t") ?? "n", style: stream.attribute("s").flatMap { Int($0) } ?? 0)
                (position, isStruck) = (nil, nil)
            case .start("v"), .start("t"), .start("f"), .start("oddHeader"), .start("oddFooter"), .start("evenHeader"),
                .start("evenFooter"), .start("firstHeader"), .start("firstFooter"):
                collects = true
                text = ""
                if case .start("f") = piece { sharing = stream.attribute("t") == "shared" ? stream.attribute("si") : nil }
            case .start("rPh"): while let inner = stream.next() { if case .end("rPh") = inner { break } }
            case .text(let piece): if collects { text += piece }
            case .end("v"):
                cell.value = text
                collects = false
            case .start("r"): (position, isStruck) = (nil, nil)
            case .start("rPr"): isStruck = false
            case .start("strike"): isStruck = !["0", "false"].contains(stream.attribute("val"))
            case .start("vertAlign"): position = SheetCell.position(stream.attribute("val"))
            case .end("t"):
                cell.inline.add(text, position, isStruck: isStruck)
                collects = false
            case .end("f"):
                if let sharing, !text.isEmpty {
                    shared[sharing] = text + ", shared from " + SheetCell.reference(row: number, column: column)
                }
                cell.formula = text.isEmpty ? sharing.flatMap { shared[$0] } ?? "" : text
                collects = false
            case .end("oddHeader"), .end("oddFooter"), .end("evenHeader"), .end("evenFooter"), .end("firstHeader"),
                .end("firstFooter"):
                collects = false
                grid.addEdge(text)
            case .end("c"):
                guard (0..<SheetGrid.mostColumns).contains(column) else { continue }
                let shown = self.text(cell)
                guard !shown.isEmpty else { continue }
                while cells.count < column { cells.append("") }
                if cells.count == column { cells.append(shown) } else { cells[column] = shown }
            case .end("row"): try grid.add(row: number, cells)
            case .start("dataValidation"):
                if let cells = stream.attribute("sqref") {
                    grid.addPrompt(on: cells, stream.attribute("promptTitle") ?? "", stream.attribute("prompt") ?? "")
                }
            case .start("control"):
                if let shape = stream.attribute("shapeId"), let id = stream.attribute("r:id") {
                    controls.append(Control(shape: shape, relationship: id, name: stream.attribute("name") ?? ""))
                }
            case .start("mergeCell"): if let range = stream.attribute("ref") { merge(range, &grid) }
            default: break
            }
        }
    }

    /// Adds the merged cells of a range such as "B2:C5".
    private func merge(_ range: String, _ grid: inout SheetGrid) {
        let ends = range.split(separator: ":")
        guard ends.count == 2, let left = SheetCell.column(String(ends[0])), let right = SheetCell.column(String(ends[1]))
        else { return }
        let (top, bottom) = (SheetCell.row(String(ends[0])), SheetCell.row(String(ends[1])))
        grid.merge(row: top, column: left, rows: bottom - top + 1, columns: right - left + 1)
    }

    private func text(_ cell: SheetCell) -> String {
        let isStruck = strikes.indices.contains(cell.style) && strikes[cell.style]
        if cell.type == "inlineStr" { return Self.unescaped(cell.inline.text(isStruck: isStruck)) }
        if isStruck, cell.type == "s", let text = Int(cell.value ?? "").flatMap({ struckStrings[$0] }) { return text }
        let text = plainText(cell)
        return isStruck && !text.trimmed.isEmpty ? "~~\(text.trimmed)~~" : text
    }

    private func plainText(_ cell: SheetCell) -> String {
        switch cell.type {
        case "s": return Int(cell.value ?? "").flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? ""
        case "b": return cell.value == "1" ? "TRUE" : cell.value == "0" ? "FALSE" : ""
        case "n":
            guard let value = cell.value, !value.isEmpty else { return cell.formula.isEmpty ? "" : "=" + cell.formula }
            let format = formats.indices.contains(cell.style) ? formats[cell.style] : .general
            return format.text(value, epoch1904: epoch1904)
        default: return cell.value.map(Self.unescaped) ?? (cell.formula.isEmpty ? "" : "=" + cell.formula)
        }
    }
}

/// A cell of a sheet while it is read.
struct SheetCell {
    var type = "n"
    var style = 0
    var value: String?
    /// The text that the cell itself holds.
    var inline = RunText()
    var formula = ""

    init(type: String = "n", style: Int = 0) {
        self.type = type
        self.style = style
    }

    /// How a run stands by the name of its place.
    static func position(_ name: String?) -> HTMLTag? {
        name == "superscript" ? .sup : name == "subscript" ? .sub : nil
    }

    /// The number of the column in a reference such as "BC12", from 0. Nil without letters.
    static func column(_ reference: String) -> Int? {
        var number = 0
        for byte in reference.utf8 {
            let letter = byte.lowercasedASCII
            guard letter >= 0x61, letter <= 0x7A else { break }
            number = number * 26 + Int(letter - 0x60)
            if number > 1 << 20 { return nil }
        }
        return number == 0 ? nil : number - 1
    }

    /// The reference of a cell, such as "BC12", by its row and column from 0.
    static func reference(row: Int, column: Int) -> String {
        var letters: [UInt8] = []
        var rest = column + 1
        while rest > 0 {
            letters.insert(UInt8(ascii: "A") + UInt8((rest - 1) % 26), at: 0)
            rest = (rest - 1) / 26
        }
        return String(decoding: letters, as: UTF8.self) + "\(row + 1)"
    }

    /// The number of the row in a reference such as "BC12", from 0.
    static func row(_ reference: String) -> Int {
        max(0, (Int(String(decoding: reference.utf8.filter(\.isDigit).prefix(9), as: UTF8.self)) ?? 1) - 1)
    }
}
