import Foundation

/// What a question's passages and units are scored by, for whoever fits the weights.
package struct AnswerFeatures: Sendable {
    /// A unit that may be quoted.
    package struct Unit: Sendable {
        package let text: String
        package let parts: EvidenceParts
        package let mayAnswer: Bool
    }

    /// The passages that were scored on their text, the best first.
    package let passages: [ScoredPassage]
    /// The units of the first passages, the best first.
    package let units: [Unit]
    /// What speaks for the unit that is quoted first; nil where nothing does.
    package let confidence: Confidence?
}

extension OpenIndex {
    /// What the passages and units for a question are scored by.
    package func features(of question: String, _ options: SearchOptions = SearchOptions()) throws -> AnswerFeatures {
        let finding = try find(question, options, today: Date())
        let units = finding.evidence.map { evidence in
            AnswerFeatures.Unit(
                text: String(decoding: finding.sources[evidence.source].text[evidence.unit.range], as: UTF8.self),
                parts: evidence.parts, mayAnswer: evidence.mayAnswer)
        }
        return AnswerFeatures(passages: finding.ranked, units: units, confidence: finding.confidence)
    }
}
