import Foundation
import Pipelines
import TestSupport
import Testing

/// Sets of questions are read in every form, and broken ones are refused with the line or the file that is wrong.
struct EvaluationSetTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func squadGivesArticlesPlacesAndImpossibleQuestions() throws {
        try folder.write(
            "squad.json",
            """
            {"version": "2.0", "data": [
              {"title": "Night/Trains", "paragraphs": [
                {"context": "Über Ulm runs a train.", "qas": [
                  {"question": "What runs over Ulm?", "answers": [
                    {"text": "a train", "answer_start": 14}, {"text": "train", "answer_start": 16}]},
                  {"question": "Who drives it?", "answers": [], "is_impossible": true}]},
                {"context": "It stops at nine.", "qas": [
                  {"question": "When does it stop?", "answers": [{"text": "nine", "answer_start": 12}]}]}]},
              {"title": "Night/Trains", "paragraphs": [{"context": "Another one.", "qas": []}]}]}
            """)
        let set = try EvaluationSet.squad(folder.path("squad.json"))
        #expect(set.documents.map(\.path) == ["Night_Trains.txt", "Night_Trains_1.txt"])
        #expect(set.documents[0].text == "Über Ulm runs a train.\n\nIt stops at nine.\n\n")
        var first = Question("What runs over Ulm?", answer: "a train", document: "Night_Trains.txt", offset: 15)
        first.answers = ["train"]
        let last = Question("When does it stop?", answer: "nine", document: "Night_Trains.txt", offset: 37)
        #expect(set.questions == [first, Question("Who drives it?", answerable: false), last])
    }

    @Test func hotpotGivesParagraphsOnceAndAllFacts() throws {
        try folder.write(
            "hotpot.json",
            """
            [{"question": "Where was the painter of the Red Mill born?", "answer": "Ghent", "type": "bridge",
              "supporting_facts": [["Red Mill", 0], ["Ada Vos", 0], ["Ada Vos", 1]],
              "context": [["Red Mill", ["The Red Mill is by Ada Vos.", " It is large."]], ["Ada Vos", ["Ada Vos was born in Ghent."]]]},
             {"question": "Is the Red Mill small?", "answer": "no", "supporting_facts": [["Red Mill", 1]],
              "context": [["Red Mill", ["The Red Mill is by Ada Vos.", " It is large."]]]}]
            """)
        let set = try EvaluationSet.hotpot(folder.path("hotpot.json"))
        #expect(set.documents.map(\.path) == ["Red_Mill.txt", "Ada_Vos.txt"])
        #expect(set.documents[0].text == "Red Mill\n\nThe Red Mill is by Ada Vos. It is large.")
        // The text begins with its title already.
        #expect(set.documents[1].text == "Ada Vos was born in Ghent.")
        #expect(set.questions.map(\.gold) == [["Red_Mill.txt": 1, "Ada_Vos.txt": 1], ["Red_Mill.txt": 1]])
        #expect(
            set.questions.map(\.rightAnswers) == [["Ghent"], ["no"]] && set.questions.map(\.isYesOrNo) == [false, true])
    }

    @Test func pubMedGivesAbstractsAndDecisions() throws {
        try folder.write(
            "pubmed.json",
            """
            {"22": {"QUESTION": "Does salt help?", "CONTEXTS": ["We salted.", "It helped."], "LABELS": ["A", "B"],
                    "LONG_ANSWER": "It does.", "final_decision": "yes"},
             "11": {"QUESTION": "Does rain?", "CONTEXTS": ["It rained."], "final_decision": "maybe"}}
            """)
        let set = try EvaluationSet.pubMed(folder.path("pubmed.json"))
        #expect(set.documents.map(\.path) == ["11.txt", "22.txt"] && set.documents[1].text == "We salted.\n\nIt helped.")
        #expect(set.questions.map(\.question) == ["Does rain?", "Does salt help?"])
        #expect(set.questions.map(\.gold) == [["11.txt": 1], ["22.txt": 1]] && set.questions.allSatisfy(\.isYesOrNo))
    }

    @Test func smartJudgementsGoByNumberOrByPlace() throws {
        let documents = ".I 1\n.T\nwings\n.A\na. author\n.W\nwings\nlift aircraft .\n.I 2\n.T\nheat\n.W\na slab conducts .\n"
        let queries = ".I 001\n.W\nwhat lifts\naircraft .\n.I 004\n.W\nwhat conducts .\n"
        // The second query is the fourth by number and the second by place.
        for (row, code) in [("2 2 1 \n", 1), ("4 2 3\n", 1), ("4 2 0 0.000000\n", 1), ("4 0 2 1\n", 1), ("4 2 -1\n", 0)] {
            try folder.write("s/cran.all.1400", documents)
            try folder.write("s/cran.qry", queries)
            try folder.write("s/cranqrel", "1 1 2\n1 9 3\n" + row)
            let set = try EvaluationSet.smart(folder.path("s"))
            #expect(set.documents.map(\.text) == ["wings\nlift aircraft .", "heat\n\na slab conducts ."])
            #expect(set.questions.first?.question == "what lifts aircraft .", "\(row)")
            #expect(set.questions.first?.gold == ["1.txt": 1, "absent/9": 1], "\(row)")
            #expect(set.questions.dropFirst().map(\.gold) == (code == 1 ? [["2.txt": 1]] : []), "\(row)")
        }
    }

    @Test func beirTakesTheTestJudgementsAndTheirGrades() throws {
        try folder.write(
            "b/corpus.jsonl",
            #"{"_id": "d/1", "title": "Tea", "text": "It is hot.", "metadata": {}}"# + "\n\n"
                + #"{"_id": "d 2", "text": "Milk is cold."}"# + "\n")
        try folder.write("b/queries.jsonl", #"{"_id": "q1", "text": "hot?"}"# + "\n" + #"{"_id": "q2", "text": "none?"}"#)
        try folder.write("b/qrels/dev.tsv", "query-id\tcorpus-id\tscore\nq2\td/1\t1\n")
        try folder.write(
            "b/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td/1\t2\nq1\td 2\t1\r\nq1\tgone\t1\nq2\td/1\t0\n")
        let set = try EvaluationSet.beir(folder.path("b"))
        #expect(set.documents.map(\.path) == ["d_1.txt", "d_2.txt"] && set.documents[0].text == "Tea\n\nIt is hot.")
        #expect(set.questions.map(\.question) == ["hot?"])
        #expect(set.questions.first?.gold == ["d_1.txt": 2, "d_2.txt": 1, "absent/gone": 1])
    }

    /// Identifiers that no file can have, that differ in case only, or that are very long.
    @Test func everyDocumentHasAFileOfItsOwn() throws {
        let names = [
            "../../etc/passwd", "..", ".", "a/b", "a_b", "\u{E9}", "e\u{301}", String(repeating: "字", count: 300), "",
            "\u{0}",
        ]
        let lines = try names.map { String(decoding: try JSONEncoder().encode(["_id": $0, "text": "x"]), as: UTF8.self) }
        try folder.write("b/corpus.jsonl", lines.joined(separator: "\n"))
        try folder.write("b/queries.jsonl", #"{"_id": "q", "text": "x"}"#)
        try folder.write("b/qrels/test.tsv", "q\ta/b\t1\n")
        let paths = try EvaluationSet.beir(folder.path("b")).documents.map(\.path)
        #expect(Set(paths.map { Array($0.utf8) }).count == names.count)
        #expect(paths.allSatisfy { !$0.contains("/") && !$0.hasPrefix(".") && $0.utf8.count < 130 && !$0.contains("\u{0}") })
    }

    @Test func brokenSetsAreRefused() throws {
        try folder.write("b/corpus.jsonl", #"{"_id": "1", "text": "x"}"# + "\n" + #"{"_id": 2}"#)
        try folder.write("s/a.all", "no marks\n")
        try folder.write("s/a.qry", ".I 1\n.W\nx\n")
        try folder.write("s/a.rel", "1 x 1\n")
        for name in ["list.json", "object.json"] { try folder.write(name, name == "list.json" ? "[]" : "{}") }
        try folder.write("odd.json", #"[{"question": "a", "answer": "b", "context": [["t"]], "supporting_facts": []}]"#)
        let cases: [(String, () throws -> EvaluationSet)] = [
            ("corpus.jsonl: line 2 is no JSON object", { try EvaluationSet.beir(folder.path("b")) }),
            ("is not a file in the SMART form", { try EvaluationSet.smart(folder.path("s")) }),
            ("holds no file of documents", { try EvaluationSet.smart(folder.path("b")) }),
            ("cannot be read", { try EvaluationSet.beir(folder.path("none")) }),
            ("holds no document", { try EvaluationSet.hotpot(folder.path("list.json")) }),
            ("holds no document", { try EvaluationSet.pubMed(folder.path("object.json")) }),
            ("is not a file in the HotpotQA form", { try EvaluationSet.hotpot(folder.path("odd.json")) }),
            ("is not a file in the PubMedQA form", { try EvaluationSet.pubMed(folder.path("list.json")) }),
            ("is not a file in the SQuAD form", { try EvaluationSet.squad(folder.path("object.json")) }),
        ]
        for (words, read) in cases {
            let error = #expect(throws: PipelineError.self) { try read() }
            #expect(error?.description.contains(words) == true, "\(words): \(String(describing: error))")
        }
    }
}
