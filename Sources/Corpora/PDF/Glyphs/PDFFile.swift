import CPDF

/// An open PDF file, owned by poppler. The bytes that it was made from must outlive it.
struct PDFFile: ~Copyable {
    /// The most glyphs, letters or marks of one page. A hostile page may draw without end.
    private static let longestPage = 4 << 20

    private let document: OpaquePointer

    init(_ bytes: UnsafeRawBufferPointer) throws(Refusal) {
        var status = CPDF_OK
        var code: Int32 = 0
        guard let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
            let document = cpdf_open(start, bytes.count, &status, &code)
        else {
            if status == CPDF_ENCRYPTED { throw .needsPassword }
            throw .pdfDamaged(Self.word(for: code))
        }
        self.document = document
    }

    deinit { cpdf_close(document) }

    /// The number of pages that the file claims to have.
    var pageCount: Int { max(0, Int(cpdf_page_count(document))) }

    /// The title in the file's metadata.
    var title: String? {
        var letters: UnsafePointer<UInt32>?
        let count = cpdf_title(document, &letters)
        return count == 0 ? nil : String(scalars: UnsafeBufferPointer(start: letters, count: count))
    }

    /// The names of the files that are attached to the document as a whole.
    var attachments: [String] {
        var letters: UnsafePointer<UInt32>?
        let count = cpdf_attachments(document, &letters)
        guard count > 0 else { return [] }
        return String(scalars: UnsafeBufferPointer(start: letters, count: count)).split(separator: "\n").map(String.init)
    }

    /// The XML of a form that its pages do not show (XFA); nil for other files.
    var dynamicForm: [UInt8]? {
        var bytes: UnsafePointer<UInt8>?
        var isDynamic: CInt = 0
        let count = cpdf_form(document, &bytes, &isDynamic)
        return isDynamic != 0 ? Array(UnsafeBufferPointer(start: bytes, count: count)) : nil
    }

    /// The character collection that this machine cannot read, as "Adobe-Japan1", if the pages read so far need one.
    var missingLanguagePack: String? { cpdf_missing_pack().map { String(cString: $0) } }

    /// Reads a page. Nil for a damaged page.
    ///
    /// - Parameter index: the number of the page, counted from 0.
    func page(_ index: Int) -> PDFPage? {
        var page = cpdf_page()
        guard cpdf_read_page(document, Int32(index + 1), Self.longestPage, &page) == 0 else { return nil }
        return PDFPage(page)
    }

    /// Draws a page. Nil for a damaged or absurdly large page.
    ///
    /// - Parameter index: the number of the page, counted from 0.
    func image(of index: Int) -> PageImage? {
        var pixels: UnsafePointer<UInt8>?
        var size = (width: CInt(0), height: CInt(0), row: CInt(0))
        let resolution = cpdf_draw_page(document, Int32(index + 1), &pixels, &size.width, &size.height, &size.row)
        guard resolution > 0, let pixels, size.width > 0, size.height > 0, size.row >= size.width else { return nil }
        return PageImage(
            pixels: Array(UnsafeBufferPointer(start: pixels, count: Int(size.row) * Int(size.height))),
            width: Int(size.width), height: Int(size.height), bytesPerRow: Int(size.row), resolution: Int(resolution))
    }

    /// The damage that a code of poppler stands for.
    private static func word(for code: Int32) -> String {
        switch code {
        case 2: "no page catalogue"
        case 3: "no object table"
        default: "error \(code)"
        }
    }
}

extension String {
    /// The text of some scalars. Invalid ones are left out.
    init(scalars: some Sequence<UInt32>) {
        var view = String.UnicodeScalarView()
        for value in scalars { if let scalar = Unicode.Scalar(value) { view.append(scalar) } }
        self.init(view)
    }
}
