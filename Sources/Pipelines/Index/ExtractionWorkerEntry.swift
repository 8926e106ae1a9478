import Corpora

/// The extraction worker's side of the program: the executable calls it before it parses arguments.
public enum ExtractionWorkerEntry {
    /// The first argument by which the program is started as a worker.
    public static var argument: String { ExtractionWorker.argument }
    /// Serves requests until the parent closes the pipe.
    public static func serve() -> Never { ExtractionWorker.serve() }
}
