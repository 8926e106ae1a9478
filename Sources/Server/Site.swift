/// Everything that the server answers, by method and path.
struct Site: Sendable {
    /// What answers one kind of request.
    struct Route: Sendable {
        typealias Answer = @Sendable (Incoming, [String]) async throws -> Outgoing

        let method: String
        /// The parts of the path. `*` stands for one part, `**` at the end for one or more.
        let path: [String]
        /// Whether the token is needed.
        let isOpen: Bool
        /// Is given the request and what the stars stand for.
        let answer: Answer

        init(_ method: String, _ path: String, isOpen: Bool = false, _ answer: @escaping Answer) {
            self.method = method
            self.path = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
            self.isOpen = isOpen
            self.answer = answer
        }

        /// What the stars stand for in a path; nil for a path of another form.
        func match(_ segments: [String]) -> [String]? {
            var stars: [String] = []
            for (i, part) in path.enumerated() {
                if part == "**" {
                    guard segments.count > i, segments[i...].contains(where: { !$0.isEmpty }) else { return nil }
                    return stars + [segments[i...].joined(separator: "/")]
                }
                guard i < segments.count else { return nil }
                if part == "*" {
                    stars.append(segments[i])
                } else if part != segments[i] {
                    return nil
                }
            }
            return segments.count == path.count ? stars : nil
        }
    }

    private let routes: [Route]
    private let access: Access
    private let report: @Sendable (any Error) -> Void

    /// - Parameter report: is told of the errors of routes.
    init(_ routes: [Route], access: Access, report: @escaping @Sendable (any Error) -> Void) {
        self.routes = routes
        self.access = access
        self.report = report
    }

    /// Answers a request. Errors become answers.
    func answer(_ request: Incoming) async -> Outgoing {
        let answer: Outgoing
        do {
            answer = try await find(request)
        } catch let fault as HTTPFault {
            answer = .error(fault)
        } catch {
            report(error)
            answer = .error(error)
        }
        return Site.protected(answer)
    }

    /// An answer with the headers that every answer has.
    static func protected(_ answer: Outgoing) -> Outgoing {
        var answer = answer
        for (name, value) in headers where answer.headers[name] == nil { answer.headers[name] = value }
        return answer
    }

    private func find(_ request: Incoming) async throws -> Outgoing {
        try access.check(request)
        guard let segments = request.segments else {
            throw HTTPFault(400, "the path is no UTF-8 in percent-encoding; write % as %25")
        }
        let matching = routes.compactMap { route in route.match(segments).map { (route, $0) } }
        let method = request.method == "HEAD" ? "GET" : request.method
        guard let (route, stars) = matching.first(where: { $0.0.method == method }) else {
            try access.checkToken(request)
            guard matching.isEmpty else {
                let allowed = matching.map(\.0.method).flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] }
                throw HTTPFault(
                    405, "\(request.method) is not possible here", headers: ["allow": allowed.joined(separator: ", ")])
            }
            throw HTTPFault(404, "there is nothing at this address")
        }
        if !route.isOpen { try access.checkToken(request) }
        return try await route.answer(request, stars)
    }

    /// Headers of every answer that has no others.
    private static let headers = [
        "content-security-policy":
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-store",
    ]
}
