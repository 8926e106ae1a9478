import Interface

/// The description of the API in OpenAPI 3.1. Requests are described by the forms that check them.
enum OpenAPI {
    static func document(_ options: ServerOptions) -> JSON {
        var paths = reading.merging(asking) { $1 }.merging(protocols) { $1 }
        if options.allowsRefresh { paths.merge(refreshing) { $1 } }
        var document: [String: JSON] = [
            "openapi": "3.1.0",
            "info": [
                "title": "r3mem", "version": .text(options.version),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
                "description": "Search and questions over indexes of documents. Every quotation is exact.",
            ],
            "servers": [["url": "/"]], "paths": .object(paths),
            "components": [
                "schemas": .object(Answers.schemas),
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
            ],
        ]
        if options.token != nil { document["security"] = [["token": []]] }
        return .object(document)
    }

    // MARK: Paths

    private static let reading: [String: JSON] = [
        "/health": path("get", operation("health", "Whether the server runs; needs no token", answer: "Health", errors: [])),
        "/v1/indexes": path("get", operation("indexes", "The indexes that are served", answer: "Indexes")),
        "/v1/documents": path(
            "get",
            operation(
                "documents", "Documents in the order of their paths", query: DocumentsRequest.form, answer: "Documents",
                errors: [400, 404, 503])),
        "/v1/documents/{path}": path(
            "get",
            operation(
                "document", "A document, or some lines, some bytes or a page of it", path: true,
                query: DocumentRequest.form, answers: ["Document", "Part"], errors: [400, 404, 503])),
        "/v1/passages/{path}": path(
            "get",
            operation(
                "passages", "A passage with its neighbours", path: true, query: PassagesRequest.form, answer: "Passages",
                errors: [400, 404, 503])),
    ]

    private static let asking: [String: JSON] = [
        "/v1/search": path(
            "post",
            operation(
                "search", "The passages that fit a query best", body: SearchRequest.form.acceptedSchema, answer: "Found",
                errors: [400, 404, 415, 503])),
        "/v1/ask": path(
            "post",
            operation(
                "ask", "An answer in checked quotations", body: AskRequest.form.acceptedSchema, answer: "Answer",
                isStreamed: true,
                errors: [400, 404, 415, 503])),
    ]

    private static let refreshing: [String: JSON] = [
        "/v1/refresh": path(
            "post",
            operation(
                "refresh", "Start to bring an index up to date", body: Server.refreshForm.acceptedSchema, answer: "Job",
                status: 202,
                errors: [400, 404, 415])),
        "/v1/jobs/{id}": path(
            "get", operation("job", "How far a refresh is", id: true, answer: "Job", errors: [404])),
    ]

    private static let protocols: [String: JSON] = [
        "/v1/models": path("get", operation("models", "The indexes as models of the OpenAI API", answer: "Models")),
        "/v1/models/{id}": path(
            "get",
            operation("model", "An index as a model of the OpenAI API", id: true, answer: "Model", errors: [400, 404])),
        "/v1/chat/completions": path(
            "post",
            operation(
                "chat", "An answer in the form of the OpenAI API; an index is the model",
                body: [
                    "type": "object", "required": ["model", "messages"],
                    "properties": [
                        "model": ["type": "string"], "stream": ["type": ["boolean", "null"]], "n": ["enum": [1, .null]],
                        "stream_options": [
                            "type": ["object", "null"], "properties": ["include_usage": ["type": "boolean"]],
                        ],
                        "messages": [
                            "type": "array", "minItems": 1,
                            "items": [
                                "type": "object", "required": ["role"],
                                "properties": [
                                    "role": ["type": "string"],
                                    "content": [
                                        "type": ["string", "array", "null"],
                                        "description": "a text, or parts of type text; null for other roles than user",
                                    ],
                                ],
                            ],
                        ],
                    ],
                ], answer: "Completion", isStreamed: true, errors: [400, 404, 415, 503])),
        "/v1/embeddings": path(
            "post",
            operation(
                "embeddings", "Sentence vectors, where the model has a sentence encoder",
                body: [
                    "type": "object", "required": ["model", "input"],
                    "properties": [
                        "model": ["type": "string"],
                        "input": ["anyOf": [["type": "string"], ["type": "array", "items": ["type": "string"]]]],
                        "encoding_format": ["enum": ["float", "base64"]],
                    ],
                ], answer: "Embeddings", errors: [400, 404, 415, 503])),
        "/mcp": path(
            "post",
            operation(
                "mcp", "A message of the Model Context Protocol", body: ["type": ["object", "array"]], answer: "Message",
                errors: [400, 404, 415, 503])),
    ]

    // MARK: Parts

    private static func path(_ method: String, _ operation: JSON) -> JSON { .object([method: operation]) }

    private static func operation(
        _ id: String, _ about: String, path: Bool = false, id isJob: Bool = false, query: Form? = nil, body: JSON? = nil,
        answer: String? = nil, answers: [String] = [], status: Int = 200, isStreamed: Bool = false, errors: [Int] = [400]
    ) -> JSON {
        var operation: [String: JSON] = ["operationId": .text(id), "summary": .text(about)]
        var parameters: [JSON] = []
        if path {
            parameters.append([
                "name": "path", "in": "path", "required": true, "schema": ["type": "string", "minLength": 1],
                "description": "The path of the document; slashes may stand as they are.",
            ])
        }
        if isJob {
            parameters.append(["name": "id", "in": "path", "required": true, "schema": ["type": "string", "minLength": 1]])
        }
        parameters += query?.parameters ?? []
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        if let body {
            operation["requestBody"] = ["required": true, "content": ["application/json": ["schema": body]]]
        }
        let names = answer.map { [$0] } ?? answers
        let schemas = names.map { JSON.object(["$ref": .text("#/components/schemas/\($0)")]) }
        var content: [String: JSON] = [
            "application/json": ["schema": schemas.count == 1 ? schemas[0] : ["anyOf": .array(schemas)]]
        ]
        // OpenAPI 3.1 has no words for the events of a stream.
        if isStreamed { content["text/event-stream"] = [:] }
        var responses: [String: JSON] = ["\(status)": ["description": "done", "content": .object(content)]]
        if id == "mcp" { responses["202"] = ["description": "a notification was taken"] }
        let ofBodies = body == nil ? [] : [408, 413]
        for error in errors + ofBodies + (id == "health" ? [] : [401]) + [403, 421] {
            responses["\(error)"] = [
                "description": .text(Answers.errors[error] ?? "error"),
                "content": [
                    "application/json": [
                        "schema": id == "mcp" && error != 415 ? [:] : ["$ref": "#/components/schemas/Error"]
                    ]
                ],
            ]
        }
        operation["responses"] = .object(responses)
        return .object(operation)
    }
}

extension Form {
    /// The fields as parameters of a query.
    fileprivate var parameters: [JSON] {
        let required = Set(requiredNames)
        return fields.map { field in
            var schema = field.described.members ?? [:]
            let about = schema.removeValue(forKey: "description") ?? ""
            return [
                "name": .text(field.name), "in": "query", "required": .boolean(required.contains(field.name)),
                "schema": .object(schema), "description": about,
            ]
        }
    }
}
