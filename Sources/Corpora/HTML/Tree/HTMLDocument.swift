import CLibXML2

/// A document that libxml2 owns.
struct HTMLDocument: ~Copyable {
    private let pointer: htmlDocPtr

    init?(_ page: [UInt8]) {
        // No network and no messages. The page is UTF-8 by now, whatever charset it declares.
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
            | HTML_PARSE_NONET.rawValue | HTML_PARSE_COMPACT.rawValue
        xmlResetLastError()
        guard let context = htmlNewParserCtxt() else { return nil }
        defer { htmlFreeParserCtxt(context) }
        // Without this option libxml2 cuts a page off where 256 elements are open. Old pages often leave many <font>
        // elements open. The HTML parser has no such option of its own.
        context.pointee.options |= Int32(XML_PARSE_HUGE.rawValue)
        let document = page.withUnsafeBytes {
            htmlCtxtReadMemory(
                context, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: $0.count), nil, "UTF-8",
                Int32(options))
        }
        guard let document else { return nil }
        // After memory has run out, recovery would return half a page. No text is better than half.
        if let error = xmlGetLastError(), error.pointee.code == XML_ERR_NO_MEMORY.rawValue {
            xmlFreeDoc(document)
            return nil
        }
        pointer = document
    }

    deinit { xmlFreeDoc(pointer) }

    var root: UnsafeMutablePointer<xmlNode>? { xmlDocGetRootElement(pointer) }
}
