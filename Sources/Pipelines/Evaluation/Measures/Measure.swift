/// A mean over questions with its interval.
package struct Measure: Sendable, Codable, Equatable {
    /// What was measured: `r3mem`, or `BM25` over the same passages.
    package let system: String
    /// `recall@5`, `ndcg@10`, `f1` and so on; docs/evaluation.md defines each.
    package let name: String
    /// The mean.
    package let value: Double
    /// The lower end of the 95 % interval.
    package let low: Double
    /// The upper end of the 95 % interval.
    package let high: Double
    /// The questions that count.
    package let questions: Int

    /// The mean of some values, one for each question.
    package init(system: String, name: String, values: [Double]) {
        self.system = system
        self.name = name
        value = values.reduce(0, +) / Double(max(1, values.count))
        let interval = Bootstrap.interval(of: values)
        low = interval.lowerBound
        high = interval.upperBound
        questions = values.count
    }
}

/// The values of several measures of one system, question by question.
struct MeasureValues {
    private let system: String
    private var values: [String: [Double]] = [:]
    private var order: [String] = []

    init(system: String) { self.system = system }

    mutating func add(_ value: Double, to name: String) {
        if values[name] == nil { order.append(name) }
        values[name, default: []].append(value)
    }

    mutating func add(_ isRight: Bool, to name: String) { add(isRight ? 1 : 0, to: name) }

    /// The measures in the order in which they were first added to.
    var measures: [Measure] { order.map { Measure(system: system, name: $0, values: values[$0] ?? []) } }
}
