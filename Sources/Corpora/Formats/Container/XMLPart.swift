import CLibXML2

/// An XML document, owned by libxml2.
///
/// No external entity is loaded, and no entity is expanded: the text of an entity is left out.
final class XMLPart {
    private let document: xmlDocPtr
    /// Whether the document is damaged, so that its end may be missing.
    let isDamaged: Bool

    /// Parses a document. Nil when libxml2 makes nothing of it.
    init?(_ bytes: [UInt8]) {
        let options =
            XML_PARSE_RECOVER.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
            | XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue | XML_PARSE_NOCDATA.rawValue
        guard let context = xmlNewParserCtxt() else { return nil }
        defer { xmlFreeParserCtxt(context) }
        let document = bytes.withUnsafeBytes {
            xmlCtxtReadMemory(
                context, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: $0.count), nil, nil,
                Int32(options))
        }
        guard let document else { return nil }
        guard xmlDocGetRootElement(document) != nil else {
            xmlFreeDoc(document)
            return nil
        }
        self.document = document
        isDamaged = context.pointee.wellFormed == 0
    }

    deinit { xmlFreeDoc(document) }

    /// The root element.
    var root: XMLElement { XMLElement(pointer: xmlDocGetRootElement(document), owner: self) }
}

/// An element of an `XMLPart`. Names are without their name space, because programs choose the prefixes.
struct XMLElement {
    fileprivate let pointer: xmlNodePtr
    /// Keeps the document alive.
    fileprivate let owner: XMLPart

    /// A child of an element.
    enum Child {
        case element(XMLElement)
        case text(String)
    }

    /// The name without its prefix.
    var name: String { String(cString: pointer.pointee.name) }

    /// The children that are elements or text.
    var children: [Child] {
        var found: [Child] = []
        var next = pointer.pointee.children
        while let node = next {
            next = node.pointee.next
            switch node.pointee.type {
            case XML_ELEMENT_NODE: found.append(.element(XMLElement(pointer: node, owner: owner)))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                if let content = node.pointee.content { found.append(.text(String(cString: content))) }
            default: break
            }
        }
        return found
    }

    /// The children that are elements.
    var elements: [XMLElement] {
        children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// The first child of this name.
    func first(_ name: String) -> XMLElement? {
        var next = pointer.pointee.children
        while let node = next {
            next = node.pointee.next
            if node.pointee.type == XML_ELEMENT_NODE, strcmp(node.pointee.name, name) {
                return XMLElement(pointer: node, owner: owner)
            }
        }
        return nil
    }

    /// The children of this name.
    func all(_ name: String) -> [XMLElement] { elements.filter { $0.name == name } }

    /// The value of the attribute of this name, whatever its prefix. Nil without one.
    subscript(name: String) -> String? {
        var next = pointer.pointee.properties
        while let attribute = next {
            next = attribute.pointee.next
            guard strcmp(attribute.pointee.name, name) else { continue }
            guard let content = attribute.pointee.children?.pointee.content else { return "" }
            return String(cString: content)
        }
        return nil
    }

    /// The identifier of a relationship: the attribute "id" that has a prefix.
    var relationship: String? {
        var next = pointer.pointee.properties
        while let attribute = next {
            next = attribute.pointee.next
            guard attribute.pointee.ns != nil, strcmp(attribute.pointee.name, "id") else { continue }
            return attribute.pointee.children?.pointee.content.map { String(cString: $0) }
        }
        return nil
    }

    /// All text inside.
    var text: String {
        var text = ""
        for child in children {
            switch child {
            case .text(let piece): text += piece
            case .element(let element): text += element.text
            }
        }
        return text
    }

    /// The elements of this name inside, at any depth, in the order of the document.
    func descendants(_ name: String) -> [XMLElement] {
        elements.flatMap { $0.name == name ? [$0] : $0.descendants(name) }
    }

    private func strcmp(_ name: UnsafePointer<xmlChar>?, _ other: String) -> Bool {
        xmlStrEqual(name, other) != 0
    }
}
