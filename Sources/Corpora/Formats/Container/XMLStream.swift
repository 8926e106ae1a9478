import CLibXML2

/// Reads a long XML document piece by piece, without a tree in memory.
///
/// No external entity is loaded, and no entity is expanded.
final class XMLStream {
    /// A piece of the document. Names are without their prefixes.
    enum Piece {
        case start(String)
        case text(String)
        case end(String)
    }

    private let reader: xmlTextReaderPtr
    private let copy: UnsafeMutableRawBufferPointer
    private var pending: Piece?
    /// Whether the document is damaged, so that its end may be missing.
    private(set) var isDamaged = false

    init?(_ bytes: [UInt8]) {
        copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
        copy.copyBytes(from: bytes)
        let options =
            XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue
        let reader = xmlReaderForMemory(
            copy.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: bytes.count), nil, nil, Int32(options))
        guard let reader else {
            copy.deallocate()
            return nil
        }
        self.reader = reader
    }

    deinit {
        xmlFreeTextReader(reader)
        copy.deallocate()
    }

    /// The next start of an element, text, or end of an element. Nil at the end of the document or at damage.
    func next() -> Piece? {
        if let piece = pending {
            pending = nil
            return piece
        }
        while true {
            let status = xmlTextReaderRead(reader)
            guard status == 1 else {
                isDamaged = status != 0
                return nil
            }
            switch xmlTextReaderNodeType(reader) {
            case 1:
                let name = self.name
                if xmlTextReaderIsEmptyElement(reader) == 1 { pending = .end(name) }
                return .start(name)
            case 15: return .end(name)
            case 3, 4, 14:
                if let value = xmlTextReaderConstValue(reader) { return .text(String(cString: value)) }
            default: break
            }
        }
    }

    private var name: String { xmlTextReaderConstLocalName(reader).map { String(cString: $0) } ?? "" }

    /// The value of an attribute of the element that just started.
    func attribute(_ name: String) -> String? {
        guard let value = xmlTextReaderGetAttribute(reader, name) else { return nil }
        defer { cxml_free(value) }
        return String(cString: value)
    }
}
