import CPoppler

/// An open PDF file, owned by poppler. The bytes that it was made from must outlive it.
struct PDFFile: ~Copyable {
    private let document: OpaquePointer

    init(_ bytes: UnsafeRawBufferPointer) throws(Refusal) {
        let data = g_bytes_new_static(bytes.baseAddress, gsize(bytes.count))
        defer { g_bytes_unref(data) }
        var error: UnsafeMutablePointer<GError>?
        guard let document = poppler_document_new_from_bytes(data, nil, &error) else {
            defer { if let error { g_error_free(error) } }
            if let error, error.pointee.domain == cpoppler_error_domain(),
                error.pointee.code == Int32(POPPLER_ERROR_ENCRYPTED.rawValue)
            {
                throw .needsPassword
            }
            throw .pdfDamaged(error.map { String(cString: $0.pointee.message).lowercased() } ?? "unknown error")
        }
        self.document = document
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(document)) }

    /// The number of pages that the file claims to have.
    var pageCount: Int { max(0, Int(poppler_document_get_n_pages(document))) }

    /// The title in the file's metadata.
    var title: String? {
        guard let title = poppler_document_get_title(document) else { return nil }
        defer { g_free(title) }
        return String(cString: title)
    }

    /// The pieces of lines on a page, in poppler's order. Nil for a damaged page.
    ///
    /// - Parameter index: the number of the page, counted from 0.
    func fragments(ofPage index: Int) -> [PDFLine]? {
        guard let page = poppler_document_get_page(document, Int32(index)) else { return nil }
        defer { g_object_unref(UnsafeMutableRawPointer(page)) }
        guard let text = poppler_page_get_text(page) else { return [] }
        defer { g_free(text) }
        var boxes: UnsafeMutablePointer<PopplerRectangle>?
        var count: guint = 0
        guard poppler_page_get_text_layout(page, &boxes, &count) != 0, let boxes else { return [] }
        defer { g_free(boxes) }
        return PDFLine.fragments(of: String(cString: text), boxes: UnsafeBufferPointer(start: boxes, count: Int(count)))
    }
}
