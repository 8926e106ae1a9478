/// The request of an extractor: that a worker reads the bytes of a file.
///
/// The path only serves to recognise the format. The worker opens no file.
package struct ExtractionRequest: Equatable {
    /// The place of the bytes.
    package enum Content: Equatable {
        /// The bytes are in the message.
        case inline([UInt8])
        /// The bytes are in a file in memory, whose descriptor comes with the message. The payload is their number.
        case memory(count: Int)
    }

    /// The path that names the file; its ending can decide the format.
    package let path: String
    /// Where the bytes of the file are.
    package let content: Content
    /// The limits of the worker.
    package let limits: ExtractionLimits

    /// A request to read one file.
    package init(path: String, content: Content, limits: ExtractionLimits) {
        self.path = path
        self.content = content
        self.limits = limits
    }
}

/// The answer of a worker.
package struct ExtractionReply: Equatable {
    /// What was read, or why nothing was.
    package let extraction: Extraction
    /// The peak of the resident memory of the worker so far, in bytes.
    package let peakBytes: Int

    /// A reply of the worker.
    package init(extraction: Extraction, peakBytes: Int) {
        self.extraction = extraction
        self.peakBytes = peakBytes
    }
}

extension ExtractionRequest {
    /// The message as the bytes of a frame.
    package var frame: [UInt8] {
        var writer = FrameWriter()
        writer.put(path)
        switch content {
        case .inline(let bytes):
            writer.put(0)
            writer.put(bytes)
        case .memory(let count):
            writer.put(1)
            writer.put(count)
        }
        writer.put(limits.fileBytes)
        writer.put(limits.longTextBytes)
        writer.put(limits.pdfBytes)
        writer.put(limits.textBytes)
        writer.put(limits.memoryBytes)
        writer.put(limits.cpuSeconds)
        writer.put(limits.recognisesPages ? Int(limits.recognitionSeconds) : 0)
        writer.put(limits.pageSeconds)
        return writer.finished()
    }

    /// Reads the bytes of a frame.
    package init(frame: [UInt8]) throws(FrameReader.Malformed) {
        var reader = FrameReader(frame)
        path = try reader.string()
        switch try reader.int() {
        case 0: content = .inline(try reader.field())
        case 1: content = .memory(count: try reader.int())
        default: throw FrameReader.Malformed()
        }
        var limits = ExtractionLimits()
        limits.fileBytes = try reader.int()
        limits.longTextBytes = try reader.int()
        limits.pdfBytes = try reader.int()
        limits.textBytes = try reader.int()
        limits.memoryBytes = try reader.int()
        limits.cpuSeconds = try reader.int()
        let seconds = try reader.int()
        limits.recognisesPages = seconds > 0
        if seconds > 0 { limits.recognitionSeconds = Double(seconds) }
        limits.pageSeconds = try reader.int()
        self.limits = limits
        guard reader.isAtEnd else { throw FrameReader.Malformed() }
    }
}

extension ExtractionReply {
    /// The message as the bytes of a frame.
    package var frame: [UInt8] { pieces.head + pieces.text }

    /// The frame up to its text, and the text. The text of a file in memory is not sent: its receiver has the file.
    var pieces: (head: [UInt8], text: [UInt8]) {
        var writer = FrameWriter()
        writer.put(peakBytes)
        switch extraction {
        case .refused(let refusal):
            writer.put(refusal.number)
            writer.put(refusal.details.count)
            for detail in refusal.details { writer.put(detail) }
            return (writer.finished(), [])
        case .document(let document):
            writer.put(0)
            writer.put(document.title == nil ? 0 : 1)
            if let title = document.title { writer.put(title) }
            writer.put(document.mediaType.rawValue)
            writer.put(document.content.count)
            writer.put(document.spans)
            writer.put(document.original)
            writer.put(document.notes.count)
            for note in document.notes {
                writer.put(note.number)
                writer.put(note.details.count)
                for detail in note.details { writer.put(detail) }
            }
            writer.put(document.date ?? "")
            switch document.content.storage {
            case .array(let text):
                writer.put(0)
                return (writer.finished(trailing: text.count), text)
            case .memory:
                writer.put(1)
                return (writer.finished(), [])
            }
        }
    }

    /// Reads the bytes of a frame.
    ///
    /// - Parameter file: the file that was read, which can be the text itself.
    package init(frame: consuming [UInt8], file: FileBytes? = nil) throws(FrameReader.Malformed) {
        var reader = FrameReader(frame)
        peakBytes = try reader.int()
        switch try reader.int() {
        case 0: extraction = .document(try reader.document(of: file))
        case let number:
            var details: [String] = []
            for _ in 0..<(try reader.count(of: 8)) { details.append(try reader.string()) }
            guard let refusal = Refusal(number: number, details: details) else { throw FrameReader.Malformed() }
            extraction = .refused(refusal)
        }
        guard reader.isAtEnd else { throw FrameReader.Malformed() }
    }
}

extension FrameReader {
    fileprivate mutating func document(of file: FileBytes?) throws(Malformed) -> Document {
        let title = try int() == 1 ? try string() : nil
        let mediaType = MediaType(rawValue: try string())
        // An index never stores a media type that no reader makes.
        guard Readers.reader(of: mediaType) != nil else { throw Malformed() }
        let count = try int()
        let spans = try spans(textCount: count)
        let original = try original()
        let notes = try notes()
        let date = try date()
        let content = try content(count, of: file)
        guard content.withSpan({ validPrefix($0) == $0.count }) else { throw Malformed() }
        return Document(
            title: title, mediaType: mediaType, content: content, spans: spans, original: original, notes: notes, date: date)
    }

    private mutating func content(_ count: Int, of file: FileBytes?) throws(Malformed) -> FileBytes {
        guard try int() == 1 else { return FileBytes(try rest(count)) }
        guard let file, file.count == count else { throw Malformed() }
        return file
    }

    private mutating func date() throws(Malformed) -> String? {
        let text = try string()
        guard text.isEmpty || DocumentDate.normalised(text) == text else { throw Malformed() }
        return text.isEmpty ? nil : text
    }

    private mutating func notes() throws(Malformed) -> [ReadingNote] {
        var notes: [ReadingNote] = []
        for _ in 0..<(try count(of: 16)) {
            let number = try int()
            var details: [String] = []
            for _ in 0..<(try count(of: 8)) { details.append(try string()) }
            guard let note = ReadingNote(number: number, details: details) else { throw Malformed() }
            notes.append(note)
        }
        return notes
    }
}

extension FrameWriter {
    fileprivate mutating func put(_ spans: [SourceSpan]) {
        put(spans.count)
        for span in spans {
            put(span.start)
            switch span.place {
            case .page(let number):
                put(-1)
                put(number)
            case .heading(let path):
                put(path.count)
                for heading in path { put(heading) }
            }
        }
    }

    fileprivate mutating func put(_ original: OriginalForm) {
        guard case .encoded(let form) = original else { return put(0) }
        put(1)
        put(form.encoding.rawValue)
        put(form.hasByteOrderMark ? 1 : 0)
        put(form.lineEnds.rawValue)
        put(form.escapes == nil ? 0 : 1)
        if let escapes = form.escapes { put(escapes.rawValue) }
        put(form.repairs.count)
        for repair in form.repairs {
            put(repair.offset)
            put(repair.bytes)
            put(repair.count)
        }
    }
}

extension FrameReader {
    fileprivate mutating func spans(textCount: Int) throws(Malformed) -> [SourceSpan] {
        var spans: [SourceSpan] = []
        for _ in 0..<(try count(of: 16)) {
            let start = try int()
            guard start >= spans.last?.start ?? 0, start <= textCount else { throw Malformed() }
            let kind = try int()
            if kind == -1 {
                spans.append(SourceSpan(start: start, place: .page(try int())))
            } else {
                guard kind >= 1, kind <= 64 else { throw Malformed() }
                var path: [String] = []
                for _ in 0..<kind { path.append(try string()) }
                spans.append(SourceSpan(start: start, place: .heading(path)))
            }
        }
        return spans
    }

    fileprivate mutating func original() throws(Malformed) -> OriginalForm {
        guard try int() == 1 else { return .extracted }
        guard let encoding = TextEncoding(rawValue: try string()) else { throw Malformed() }
        let hasMark = try int() == 1
        guard let lineEnds = EncodedForm.LineEnds(rawValue: try string()) else { throw Malformed() }
        var escapes: JSONEscapes?
        if try int() == 1 {
            guard let named = JSONEscapes(rawValue: try string()) else { throw Malformed() }
            escapes = named
        }
        var repairs: [EncodedForm.Repair] = []
        for _ in 0..<(try count(of: 24)) {
            repairs.append(EncodedForm.Repair(offset: try int(), bytes: try field(), count: try int()))
            guard repairs[repairs.count - 1].count >= 0 else { throw Malformed() }
        }
        return .encoded(
            EncodedForm(
                encoding: encoding, hasByteOrderMark: hasMark, lineEnds: lineEnds, escapes: escapes, repairs: repairs))
    }
}
