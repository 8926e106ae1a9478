/// What an extractor asks of a worker.
package struct ExtractionRequest: Equatable {
    package let file: CorpusFile
    package let limits: ExtractionLimits

    package init(file: CorpusFile, limits: ExtractionLimits) {
        self.file = file
        self.limits = limits
    }
}

/// What a worker answers.
package struct ExtractionReply: Equatable {
    package let extraction: Extraction
    /// The most memory that the worker has had resident so far, in bytes
    package let peakBytes: Int

    package init(extraction: Extraction, peakBytes: Int) {
        self.extraction = extraction
        self.peakBytes = peakBytes
    }
}

extension ExtractionRequest {
    package var frame: [UInt8] {
        var writer = FrameWriter()
        writer.put(file.path)
        writer.put(file.absolutePath)
        writer.put(file.size)
        writer.put(Int(file.modified))
        writer.put(Int(bitPattern: UInt(file.inode)))
        writer.put(limits.fileBytes)
        writer.put(limits.pdfBytes)
        writer.put(limits.textBytes)
        writer.put(limits.memoryBytes)
        writer.put(limits.cpuSeconds)
        return writer.finished()
    }

    package init(frame: [UInt8]) throws(FrameReader.Malformed) {
        var reader = FrameReader(frame)
        file = CorpusFile(
            path: try reader.string(), absolutePath: try reader.string(), size: try reader.int(),
            modified: Int64(try reader.int()), inode: UInt64(UInt(bitPattern: try reader.int())))
        var limits = ExtractionLimits()
        limits.fileBytes = try reader.int()
        limits.pdfBytes = try reader.int()
        limits.textBytes = try reader.int()
        limits.memoryBytes = try reader.int()
        limits.cpuSeconds = try reader.int()
        self.limits = limits
        guard reader.isAtEnd else { throw FrameReader.Malformed() }
    }
}

extension ExtractionReply {
    package var frame: [UInt8] {
        var writer = FrameWriter()
        writer.put(peakBytes)
        switch extraction {
        case .skipped(let reason):
            writer.put(1)
            writer.put(reason)
        case .failed(let reason):
            writer.put(2)
            writer.put(reason)
        case .unread(let reason):
            writer.put(3)
            writer.put(reason)
        case .document(let document):
            writer.put(0)
            writer.put(document.path)
            writer.put(document.title)
            writer.put(document.mediaType.rawValue)
            writer.put(document.text)
            writer.put(document.spans)
            writer.put(document.original)
        }
        return writer.finished()
    }

    package init(frame: [UInt8]) throws(FrameReader.Malformed) {
        var reader = FrameReader(frame)
        peakBytes = try reader.int()
        switch try reader.int() {
        case 0:
            let path = try reader.string()
            let title = try reader.string()
            guard let mediaType = MediaType(rawValue: try reader.string()) else { throw FrameReader.Malformed() }
            let text = try reader.field()
            guard validPrefix(text.span) == text.count else { throw FrameReader.Malformed() }
            extraction = .document(
                Document(
                    path: path, title: title, mediaType: mediaType, text: text,
                    spans: try reader.spans(textCount: text.count), original: try reader.original()))
        case 1: extraction = .skipped(try reader.string())
        case 2: extraction = .failed(try reader.string())
        case 3: extraction = .unread(try reader.string())
        default: throw FrameReader.Malformed()
        }
        guard reader.isAtEnd else { throw FrameReader.Malformed() }
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
        put(form.repairs.count)
        for repair in form.repairs {
            put(repair.offset)
            put(repair.bytes)
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
        var repairs: [EncodedForm.Repair] = []
        for _ in 0..<(try count(of: 16)) {
            repairs.append(EncodedForm.Repair(offset: try int(), bytes: try field()))
        }
        return .encoded(
            EncodedForm(encoding: encoding, hasByteOrderMark: hasMark, lineEnds: lineEnds, repairs: repairs))
    }
}
