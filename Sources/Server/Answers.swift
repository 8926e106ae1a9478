import Interface

/// The schemas of what the API answers. docs/json.md describes the same objects in words.
enum Answers {
    static let errors: [Int: String] = [
        400: "the request makes no sense", 401: "a token is needed", 403: "a request of another site",
        404: "there is no such thing", 408: "the request took too long to arrive",
        413: "the body is too long", 415: "the body is no JSON, or packed", 421: "the server is not called so",
        500: "the server failed", 503: "too many questions wait, or the index cannot be read",
    ]

    private static let model = Schema.object([
        "id": Schema.text("the name of the index"), "object": Schema.text(), "created": Schema.integer(),
        "owned_by": Schema.text(),
    ])

    static let schemas: [String: JSON] = [
        "Error": Schema.object([
            "error": Schema.object([
                "message": Schema.text(), "type": Schema.text(), "code": Schema.text(),
                "param": ["type": ["string", "null"]],
            ])
        ]),
        "Health": Schema.object([
            "status": Schema.text(), "version": Schema.text(), "isModelLoaded": Schema.boolean(),
            "running": Schema.integer(), "waiting": Schema.integer(),
        ]),
        "Indexes": Schema.object([
            "indexes": Schema.list(
                of: Schema.object([
                    "name": Schema.text(), "isOpen": Schema.boolean(), "isRefreshing": Schema.boolean(),
                    "documents": Schema.optional(Schema.integer()), "passages": Schema.optional(Schema.integer()),
                    "lastVerification": Schema.optional(IndexStatus.verification),
                ]))
        ]),
        "Citation": citation, "Result": result, "Correction": FoundPassages.correction,
        "Found": Schema.object([
            "query": Schema.text(), "results": Schema.list(of: reference("Result")),
            "corrections": Schema.list(of: reference("Correction")), "suggestions": Schema.list(of: reference("Correction")),
        ]),
        "ShortAnswer": short, "Quotation": quotation, "Answer": answer, "Documents": DocumentList.schema, "Passage": passage,
        "Document": Schema.object([
            "path": Schema.text(), "title": Schema.text(), "mediaType": Schema.text(), "text": Schema.text(),
            "passages": Schema.list(of: reference("Passage")),
        ]),
        "Part": Schema.object([
            "path": Schema.text(), "start": Schema.integer(), "end": Schema.integer(),
            "firstLine": Schema.optional(Schema.integer()), "lastLine": Schema.optional(Schema.integer()),
            "page": Schema.optional(Schema.integer()), "text": Schema.text(),
        ]),
        "Passages": Schema.object([
            "path": Schema.text(), "title": Schema.text(), "mediaType": Schema.text(), "count": Schema.integer(),
            "passages": Schema.list(of: reference("Passage")),
        ]),
        "Job": job, "Models": Schema.object(["object": Schema.text(), "data": Schema.list(of: model)]), "Model": model,
        "Completion": Schema.object([
            "id": Schema.text(), "object": Schema.text(), "created": Schema.integer(), "model": Schema.text(),
            "choices": Schema.list(of: ["type": "object"]), "usage": ["type": "object"],
            "citations": Schema.list(of: ["type": "object"]),
        ]),
        "Embeddings": Schema.object([
            "object": Schema.text(), "model": Schema.text(), "data": Schema.list(of: ["type": "object"]),
            "usage": ["type": "object"],
        ]), "Message": ["anyOf": [["type": "object"], ["type": "array"]]],
    ]

    private static func reference(_ name: String) -> JSON { ["$ref": .text("#/components/schemas/\(name)")] }

    private static let citation = Schema.object([
        "path": Schema.text(), "alsoAt": Schema.list(of: Schema.text()), "title": Schema.text(),
        "page": Schema.optional(Schema.integer()), "headings": Schema.list(of: Schema.text()),
        "start": Schema.integer(), "end": Schema.integer(),
    ])

    private static let result = Schema.object([
        "rank": Schema.integer(), "score": Schema.number(), "citation": reference("Citation"),
        "passage": Schema.integer(), "text": Schema.text(), "line": Schema.optional(Schema.integer()),
        "matched": Schema.list(of: Schema.text()), "explanation": ["type": "object"],
    ])

    private static let short = Schema.object([
        "text": Schema.text(), "kind": Schema.text(), "sentence": Schema.integer(), "start": Schema.integer(),
        "end": Schema.integer(), "confidence": Schema.number(),
    ])

    private static let quotation = Schema.object([
        "text": Schema.text(), "source": Schema.integer(), "citation": reference("Citation"),
        "context": Schema.list(
            of: Schema.object(["text": Schema.text(), "start": Schema.integer(), "end": Schema.integer()])),
        "version": Schema.optional(Schema.text()), "isSuperseded": Schema.boolean(),
    ])

    private static let answer = Schema.object([
        "question": Schema.text(), "isFound": Schema.boolean(), "confidence": Schema.number(),
        "shortAnswer": Schema.optional(reference("ShortAnswer")),
        "otherAnswers": Schema.list(of: reference("ShortAnswer")), "missing": Schema.list(of: Schema.text()),
        "corrections": Schema.list(of: FoundPassages.correction),
        "sentences": Schema.list(of: reference("Quotation")), "sources": Schema.list(of: reference("Result")),
        "generated": Schema.optional(["type": "object"]),
    ])

    private static let passage = Schema.object([
        "number": Schema.integer(), "start": Schema.integer(), "end": Schema.integer(),
        "page": Schema.optional(Schema.integer()), "headings": Schema.list(of: Schema.text()), "text": Schema.text(),
    ])

    private static let job = Schema.object([
        "id": Schema.text(), "index": Schema.text(), "state": ["enum": ["running", "done", "failed", "stopped"]],
        "progress": Schema.object([
            "phase": Schema.text(), "items": Schema.integer(), "totalItems": Schema.integer(), "bytes": Schema.integer(),
            "totalBytes": Schema.integer(), "share": Schema.optional(Schema.number()),
        ]), "report": Schema.optional(["type": "object"]), "error": Schema.optional(Schema.text()),
    ])
}
