import Foundation
import Interface
import Testing

struct FormTests {
    private let form = Form([
        .init("query", .text(1...5), "words", isRequired: true), .init("limit", .number(1...9), "number"),
        .init("path", .texts(1...3), "paths"), .init("all", .flag, "flag"), .init("mode", .choice(["a", "b"]), "choice"),
    ])

    private func fault(_ json: String) throws -> String? {
        do {
            _ = try form.read(JSON(parsing: Data(json.utf8)))
            return nil
        } catch let error as RequestError {
            return error.field ?? "request"
        }
    }

    @Test(arguments: [
        (#"{"query": "abc"}"#, nil), (#"{"query": "abc", "limit": 9.0, "path": ["a", "b"], "all": true, "mode": "b"}"#, nil),
        (#"{"query": "abc", "limit": null}"#, nil), (#"{"query": "äöü€😀"}"#, nil), (#"{"query": "abcdef"}"#, "query"),
        (#"{"query": ""}"#, "query"), (#"{"query": null}"#, "query"), (#"{"query": 7}"#, "query"), (#"{}"#, "query"),
        (#"{"query": "a", "limit": 10}"#, "limit"), (#"{"query": "a", "limit": "3"}"#, "limit"),
        (#"{"query": "a", "limit": 1e300}"#, "limit"), (#"{"query": "a", "limit": true}"#, "limit"),
        (#"{"query": "a", "path": ["abcd"]}"#, "path"), (#"{"query": "a", "path": [1]}"#, "path"),
        (#"{"query": "a", "all": 1}"#, "all"), (#"{"query": "a", "mode": "c"}"#, "mode"), (#"{"query": "a", "x": 1}"#, "x"),
        ("[]", "request"), ("7", "request"),
    ])
    func aRequestIsCheckedFieldByField(json: String, field: String?) throws { #expect(try fault(json) == field) }

    @Test func aQueryOfAURLIsReadByTheSameForm() throws {
        let entries = try form.read(query: [("query", "7"), ("limit", "7"), ("path", "a"), ("path", "b"), ("all", "true")])
        #expect(entries.text("query") == "7" && entries.number("limit") == 7 && entries.texts("path") == ["a", "b"])
        #expect(entries.flag("all"))
        #expect(throws: RequestError.self) { try form.read(query: [("query", "a"), ("query", "b")]) }
        #expect(throws: RequestError.self) { try form.read(query: [("query", "a"), ("limit", "many")]) }
    }

    @Test func theSchemaNamesEveryField() {
        let schema = form.schema
        #expect(schema["additionalProperties"] == false && schema["required"] == ["query"])
        #expect(schema["properties"]?.members?.keys.sorted() == ["all", "limit", "mode", "path", "query"])
        #expect(schema["properties"]?["limit"]?["maximum"] == 9 && schema["properties"]?["limit"]?["type"] == "integer")
        // What is accepted is described: null in a field that may be absent.
        let accepted = form.acceptedSchema["properties"]
        #expect(accepted?["query"]?["type"] == "string" && accepted?["limit"]?["type"] == ["integer", "null"])
        #expect(accepted?["mode"]?["enum"] == ["a", "b", .null] && accepted?["mode"]?["type"] == ["string", "null"])
    }
}

struct JSONTests {
    @Test(arguments: [
        "null", "true", "-7", "1.5", #""a\"\u0007ü""#, "[]", "{}", #"{"a":[1,{"b":null}],"c":"d"}"#, "9007199254740993",
    ])
    func whatIsReadIsWrittenAsItWas(text: String) throws {
        #expect(try JSON(parsing: Data(text.utf8)).line == text)
    }

    @Test(arguments: ["", "{", "nul", "{\"a\" 1}", "\u{FEFF}", "1e999", "\"\\ud800\""])
    func whatIsNoJSONIsRefused(text: String) { #expect(throws: (any Error).self) { try JSON(parsing: Data(text.utf8)) } }

    @Test func deepNestingIsRefused() {
        let text = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(throws: (any Error).self) { try JSON(parsing: Data(text.utf8)) }
    }
}
