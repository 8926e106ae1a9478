/// The documents inside an OpenDocument file: formulas, charts, texts, sheets.
struct OpenObjects {
    private let parts: [String: XMLElement]

    /// - Parameter parts: the roots of the documents by the paths of their folders.
    init(_ parts: [String: XMLElement]) { self.parts = parts }

    /// The root of what an object shows. It stands inside the element, as in flat files, or is a part of the file.
    func root(of object: XMLElement) -> XMLElement? {
        if let inside = object.elements.first(where: { $0.name == "math" || $0.name == "document" }) { return inside }
        let path = (object["href"] ?? "").split(separator: "/").filter { $0 != "." }
        return parts[path.joined(separator: "/")]
    }
}
