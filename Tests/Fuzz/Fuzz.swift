import Corpora
import Foundation
import Indexes
import Memory
import Pipelines
import Retrieval
import TestSupport

/// What libFuzzer calls with every input. `R3MEM_FUZZ_TARGET` names the reader; a trap is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
package func fuzzOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    target(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}

/// Writes inputs to start from to the folder `R3MEM_FUZZ_SEEDS`, for the readers of formats that no sample file has.
@_cdecl("LLVMFuzzerInitialize")
package func fuzzInitialize(_ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutableRawPointer) -> CInt {
    guard let folder = ProcessInfo.processInfo.environment["R3MEM_FUZZ_SEEDS"] else { return 0 }
    for (i, seed) in seeds().enumerated() {
        // A seed that cannot be written is one the less.
        try? Data(seed).write(to: URL(fileURLWithPath: "\(folder)/made-\(i)"))
    }
    return 0
}

private let name = ProcessInfo.processInfo.environment["R3MEM_FUZZ_TARGET"] ?? ""

private let target: @Sendable ([UInt8]) -> Void =
    switch name {
    case "segment": readSegment
    case "database": readDatabase
    case "coders": readCoders
    case "residual": readResidual
    case "tokenizer": readTokens
    case "html": { readDocument($0, "a.html") }
    case "pdf": { readDocument($0, "a.pdf") }
    case "markdown": { readDocument($0, "a.md") }
    case "text": { readDocument($0, "a.txt") }
    case "csv", "json", "eml", "mbox", "mhtml", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "rtf", "srt", "ipynb",
        "tex", "doc", "ppt", "xls", "msg", "ics", "vcf":
        { readDocument(contained($0), "a." + name) }
    case "yaml": readPipeline
    case "safetensors": readModel
    case "frame": { _ = try? ExtractionReply(frame: $0) }
    default: fatalError("R3MEM_FUZZ_TARGET: '\(name)' is no reader; see scripts/fuzz.sh")
    }

private func seeds() -> [[UInt8]] {
    switch name {
    case "segment": segmentSeeds()
    case "residual": residualSeeds()
    case "safetensors": modelSeeds()
    case "frame": frameSeeds()
    default: documentSeeds(name)
    }
}

/// Takes an input apart.
private struct Input {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func byte() -> Int { Int(rest.popFirst() ?? 0) }

    /// Bytes with their length before them.
    mutating func field() -> [UInt8] {
        let count = min(byte() << 8 | byte(), rest.count)
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func end() -> [UInt8] { Array(rest) }

    static func field(_ bytes: [UInt8]) -> [UInt8] { [UInt8(bytes.count >> 8 & 255), UInt8(bytes.count & 255)] + bytes }
}

// MARK: Index

private let lexicon = TermPrior(
    terms: (0..<50).map { Array("w\($0)".utf8) }, frequency: (0..<50).map { UInt16(20_000 / ($0 + 1)) }, id: [7],
    fold: { Array(String(decoding: $0, as: UTF8.self).lowercased().utf8) })
private let memorySize = 4

private func readSegment(_ bytes: [UInt8]) {
    var input = Input(bytes)
    let parts = (0..<7).map { _ in input.field() }
    let residuals = input.field()
    guard let segment = try? Segment.decoded(id: 1, parts: parts, memorySize: memorySize, lexicon: lexicon) else { return }
    for passage in 0..<segment.passageCount {
        precondition(segment.memory(of: passage).count == memorySize)
        _ = (
            try? segment.residual(of: passage) { _ in residuals }, segment.tokenCount(of: passage),
            segment.byteCount(of: passage)
        )
    }
    let sets = try? segment.termNumbers(of: Array(0..<segment.passageCount))
    for term in 0..<segment.termCount {
        guard let postings = try? segment.postings(term), let spelling = try? segment.term(term) else { continue }
        if let sets { precondition(postings.allSatisfy { sets[Int($0)].contains(UInt32(term)) }) }
        _ = try? segment.number(of: spelling)
    }
    // What passes every check is found by its spelling.
    guard (try? segment.check()) != nil else { return }
    for term in 0..<segment.termCount { precondition((try? segment.number(of: segment.term(term))) == term) }
}

/// The parts of segments that a writer wrote.
private func segmentSeeds() -> [[UInt8]] {
    var seeds: [[UInt8]] = []
    for round in 0..<6 {
        let documents = (0..<round * 2 + 1).map { document($0, passages: round) }
        let path = NSTemporaryDirectory() + "fuzz-\(UUID().uuidString).r3"
        defer { try? FileManager.default.removeItem(atPath: path) }  // the system clears its temporary folder in the end
        guard
            let writer = try? IndexFile.create(
                at: path, model: ModelIdentity(hash: [1], name: "fuzz", passageMemorySize: memorySize), lexicon: lexicon),
            (try? writer.write(batch(documents))) != nil, (try? writer.close()) != nil,
            let file = FileManager.default.contents(atPath: path)
        else { continue }
        let database = RawDatabase(Array(file))
        func field(_ value: RawDatabase.Value) -> [UInt8] {
            guard case .blob(let sealed) = value else { return [] }
            return Input.field(sealed.dropLast(8))
        }
        database.forEachRow(.table, columns: 8) { row in
            var seed = row.values.dropFirst().flatMap(field)
            database.forEachRow(.table, columns: 2) { piece in seed += field(piece.values[1]) }
            seeds.append(seed)
        }
    }
    return seeds
}

private func batch(_ documents: [EncodedDocument]) -> Batch {
    var batch = Batch()
    for document in documents { _ = batch.add(document) }
    return batch
}

private func document(_ d: Int, passages: Int) -> EncodedDocument {
    EncodedDocument(
        textHash: Array(repeating: UInt8(d), count: 32), byteLength: d * 1000, title: d % 2 == 0 ? "Title \(d)" : "",
        mediaType: "text/plain",
        spans: Array(repeating: 3, count: d), memory: [1, 2], passages: (0..<passages).map { passage($0, of: d) })
}

private func passage(_ p: Int, of d: Int) -> EncodedPassage {
    let words = (0..<8).map { w -> [UInt8] in
        let number = (w * 7 + p * 3 + d) % 60
        return Array("\(w % 3 == 0 ? "x" : "w")\(number)".utf8)
    }
    return EncodedPassage(
        terms: words, memory: [1, 2, 3, UInt8(p)], residual: Array(repeating: 9, count: p * 5), tokenCount: 20 + p,
        byteCount: 80 + p,
        coding: UInt8(p % 2))
}

private func readDatabase(_ bytes: [UInt8]) {
    let database = RawDatabase(bytes)
    for columns in [2, 5, 8] {
        database.forEachRow(.table, columns: columns) { precondition($0.values.count == columns && $0.id != nil) }
        database.forEachRow(.index, columns: columns) { precondition($0.values.count == columns && $0.id == nil) }
    }
}

// MARK: Memory

private let model: ModelFile = {
    do { return try ModelLocation.load(explicit: nil) } catch { fatalError("\(error)") }
}()

/// Both range coders on arbitrary bytes, and the law that what was coded comes back.
private func readCoders(_ bytes: [UInt8]) {
    var input = Input(bytes)
    let count = input.byte() << 3, first = input.field(), rest = input.end()
    precondition(PlainCoder.decode(first[...], count: count).count == count)
    precondition(PlainCoder.decode(PlainCoder.encode(rest[...])[...], count: rest.count) == rest)
    var decoder = SymbolDecoder(first)
    for byte in rest {
        let total = UInt64(byte) * UInt64(byte) * 70_001 + 2, target = decoder.target(total: total)
        precondition(target < total)
        decoder.consume(cumulative: target, frequency: 1)
    }
    var reader = BitDecoder(first), numbers = NumberModel(contexts: 4)
    for byte in rest where !reader.isExhausted { precondition(numbers.code(0, in: Int(byte & 3), with: &reader) >= 0) }
    var writer = BitEncoder(), model = NumberModel(contexts: 4)
    for byte in rest { _ = model.code(Int(byte) * Int(byte), in: Int(byte & 3), with: &writer) }
    var again = BitDecoder(writer.finish()), other = NumberModel(contexts: 4)
    for byte in rest { precondition(other.code(0, in: Int(byte & 3), with: &again) == Int(byte) * Int(byte)) }
}

private nonisolated(unsafe) let codec = Codec(model)  // libFuzzer calls from one thread

/// The model run backward over arbitrary terms, codes and residuals.
private func readResidual(_ bytes: [UInt8]) {
    var input = Input(bytes)
    let size = model.backbone.shape.code, tokens = input.byte() % 24, count = input.byte()
    let codes = (input.field() + Array(repeating: 0, count: 2 * size)).prefix(2 * size).map { Int8($0 % 15) - 7 }
    let terms = Set((0..<input.byte() % 16).map { _ in input.field() }).sorted { $0.lexicographicallyPrecedes($1) }
    let memory = PassageMemory(terms: terms, passage: Array(codes[..<size]), document: Array(codes[size...]))
    for coding in [ResidualCoding.tokens, .plain] {
        let request = ReconstructionRequest(
            residual: Residual(coding: coding, bytes: input.end()), memory: memory, tokenCount: tokens, byteCount: count)
        _ = try? codec.decode([request])
    }
}

private func residualSeeds() -> [[UInt8]] {
    ["The key hangs behind the blue door.", "42 brass screws", "He said: \u{201C}No.\u{201D}"].map { text in
        let words = text.lowercased().split(separator: " ").map { Array($0.utf8) },
            tokens = model.vocabulary.tokenizer.encode(Array(text.utf8))
        let terms = Set(words).sorted { $0.lexicographicallyPrecedes($1) },
            code = [Int8](repeating: 0, count: model.backbone.shape.code)
        let residual = codec.encode(
            tokens: tokens[...], bytes: Array(text.utf8)[...],
            memory: PassageMemory(terms: terms, passage: code, document: code))
        return [UInt8(tokens.count), UInt8(text.utf8.count)] + Input.field([]) + [UInt8(terms.count)]
            + terms.flatMap(Input.field) + residual.bytes
    }
}

private func readTokens(_ bytes: [UInt8]) {
    let tokens = model.vocabulary.tokenizer.encode(bytes)
    precondition(model.vocabulary.tokenizer.decode(tokens) == bytes)
    precondition(model.vocabulary.tokenizer.encodeWithEnds(bytes).ends.last ?? 0 == bytes.count)
}

private func readModel(_ bytes: [UInt8]) {
    guard let file = try? SafeTensors(contents: Data(bytes), path: "fuzz") else { return }
    for name in file.tensors.keys {
        _ = (
            try? file.int8(name), try? file.uint8(name), try? file.uint16(name), try? file.float(name),
            try? file.double(name)
        )
    }
}

private func modelSeeds() -> [[UInt8]] {
    [("I8", 1), ("U8", 1), ("U16", 2), ("F32", 4), ("F64", 8)].map { type, size in
        let header =
            "{\"__metadata__\":{\"format\":\"r3mem-model-2\"},\"a\":{\"dtype\":\"\(type)\",\"shape\":[2,3],\"data_offsets\":[0,\(6 * size)]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[\(6 * size),\(6 * size + 1)]}}"
        return [UInt8(header.utf8.count)] + Array(repeating: 0, count: 7) + Array(header.utf8)
            + Array(repeating: 5, count: 6 * size + 1)
    }
}

// MARK: Documents and pipelines

private func frameSeeds() -> [[UInt8]] {
    let spans = [SourceSpan(start: 0, place: .page(3)), SourceSpan(start: 5, place: .heading(["A", "B"]))]
    let form = EncodedForm(
        encoding: .big5, hasByteOrderMark: true, lineEnds: .cr, repairs: [EncodedForm.Repair(offset: 1, bytes: [9, 8])])
    let document = Document(title: "T", mediaType: .pdf, text: Array("text".utf8), spans: spans, original: .encoded(form))
    return [Extraction.document(document), .refused(.empty), .refused(.pdfDamaged("xref"))].map { extraction in
        Array(ExtractionReply(extraction: extraction, peakBytes: 77).frame.dropFirst(4))
    }
}

/// The input, or the archive whose main part it is where it is no archive itself.
private func contained(_ bytes: [UInt8]) -> [UInt8] {
    if bytes.starts(with: [0x50, 0x4B]) { return bytes }
    return OfficeSample.wrapping(String(decoding: bytes, as: UTF8.self), as: name) ?? bytes
}

private func readDocument(_ bytes: [UInt8], _ path: String) {
    var limits = ExtractionLimits()
    limits.textBytes = 1 << 20
    guard case .document(let document) = Readers.read(bytes, path: path, limits: limits) else { return }
    precondition(String(validating: document.text, as: UTF8.self) != nil)
    precondition(zip(document.spans, document.spans.dropFirst()).allSatisfy { $0.start <= $1.start })
    precondition(document.spans.allSatisfy { $0.start <= document.text.count })
    if document.original.isExact { precondition((try? document.original.bytes(from: document.text)) == bytes) }
    let (tokens, ends) = model.vocabulary.tokenizer.encodeWithEnds(document.text)
    let cuts = PassageCutter.cut(text: document.text, tokenEnds: ends, limit: 64)
    precondition(cuts.last?.upperBound ?? 0 == tokens.count && cuts.allSatisfy { 1...64 ~= $0.count })
}

private let pipeline = NSTemporaryDirectory() + "fuzz-\(getpid()).yaml"

private func readPipeline(_ bytes: [UInt8]) {
    // Foundation leaks 4 kB where it reads an empty file, which would be reported as ours.
    guard !bytes.isEmpty, (try? Data(bytes).write(to: URL(fileURLWithPath: pipeline))) != nil else { return }
    _ = try? PipelineFile(path: pipeline)
}
