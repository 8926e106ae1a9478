import Glibc

/// tesseract, which recognises the letters in images, where it is installed.
///
/// The library is loaded when the first page needs it: neither the build nor the program depends on it. The worker may
/// load it and its data, because both lie below `/usr`.
final class TextRecogniser {
    /// The functions of tesseract's C interface that are used; all of them exist since version 4.
    private struct Library {
        let create: @convention(c) () -> OpaquePointer?
        let delete: @convention(c) (OpaquePointer) -> Void
        let start: @convention(c) (OpaquePointer, UnsafePointer<CChar>?, UnsafePointer<CChar>?) -> CInt
        let setImage: @convention(c) (OpaquePointer, UnsafePointer<UInt8>, CInt, CInt, CInt, CInt) -> Void
        let setResolution: @convention(c) (OpaquePointer, CInt) -> Void
        let text: @convention(c) (OpaquePointer) -> UnsafeMutablePointer<CChar>?
        let deleteText: @convention(c) (UnsafeMutablePointer<CChar>) -> Void

        /// Loads the library. Nil where it is not installed.
        init?() {
            // One thread: a worker is one process of several, and the text must not depend on the number of cores.
            setenv("OMP_THREAD_LIMIT", "1", 1)
            guard let handle = dlopen("libtesseract.so.5", RTLD_NOW) ?? dlopen("libtesseract.so.4", RTLD_NOW),
                let create = dlsym(handle, "TessBaseAPICreate"), let delete = dlsym(handle, "TessBaseAPIDelete"),
                let start = dlsym(handle, "TessBaseAPIInit3"), let setImage = dlsym(handle, "TessBaseAPISetImage"),
                let setResolution = dlsym(handle, "TessBaseAPISetSourceResolution"),
                let text = dlsym(handle, "TessBaseAPIGetUTF8Text"), let deleteText = dlsym(handle, "TessDeleteText")
            else {
                return nil
            }
            func function<T>(_ symbol: UnsafeMutableRawPointer) -> T { unsafeBitCast(symbol, to: T.self) }
            self.create = function(create)
            self.delete = function(delete)
            self.start = function(start)
            self.setImage = function(setImage)
            self.setResolution = function(setResolution)
            self.text = function(text)
            self.deleteText = function(deleteText)
        }
    }

    private static let library = Library()
    /// The most languages that are looked for at once. Each one costs time on every page.
    private static let mostLanguages = 3

    private let library: Library
    private let engine: OpaquePointer

    /// Starts tesseract with the languages that are installed. Nil where it is not installed, or no language is.
    init?() {
        guard let data = Self.data(), let library = Self.library, let engine = library.create() else { return nil }
        guard library.start(engine, data.folder, data.languages) == 0 else {
            library.delete(engine)
            return nil
        }
        self.library = library
        self.engine = engine
    }

    deinit { library.delete(engine) }

    /// Recognises the text of a picture: lines, with blank lines between paragraphs. Empty where there is none.
    func text(of image: PageImage) -> String {
        library.setImage(
            engine, image.pixels, CInt(image.width), CInt(image.height), 1, CInt(image.bytesPerRow))
        library.setResolution(engine, CInt(image.resolution))
        guard let text = library.text(engine) else { return "" }
        defer { library.deleteText(text) }
        return String(cString: text)
    }

    /// The folder of the data, and the languages in it as tesseract takes them: `eng+deu`.
    private static func data() -> (folder: String, languages: String)? {
        for folder in [
            "/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata",
        ] {
            var found = glob_t()
            defer { globfree(&found) }
            guard glob(folder + "/*.traineddata", 0, nil, &found) == 0 else { continue }
            var names: [String] = []
            for i in 0..<Int(found.gl_pathc) {
                guard let path = found.gl_pathv[i] else { continue }
                let name = String(cString: path).dropFirst(folder.utf8.count + 1).dropLast(".traineddata".utf8.count)
                // "osd" and "equ" are no languages. English comes first.
                if name == "eng" {
                    names.insert("eng", at: 0)
                } else if name != "osd", name != "equ" {
                    names.append(String(name))
                }
            }
            if !names.isEmpty { return (folder, names.prefix(mostLanguages).joined(separator: "+")) }
        }
        return nil
    }
}
