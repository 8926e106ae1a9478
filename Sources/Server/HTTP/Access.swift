import Foundation

/// Who may ask the server.
///
/// A page of another site can make a browser send requests to this machine, and can give its own name this machine's
/// address (DNS rebinding). So a request must name the server by an address, as localhost or by a name that was allowed, and
/// a browser must come from the server's own page.
struct Access: Sendable {
    /// Names beside addresses and localhost, in lower case.
    let names: Set<String>
    /// The token; nil where none is asked for.
    private let token: [UInt8]?

    init(names: [String], token: String?) {
        self.names = Set(names.map { $0.lowercased() })
        self.token = token.map { Array($0.utf8) }
    }

    /// - Throws: `HTTPFault` for a request that is not let in.
    func check(_ request: Incoming) throws {
        guard let host = request["host"], let name = Access.name(ofHost: host), isOwn(name) else {
            throw HTTPFault(
                421, "this server is not called so; use its address, or start it with --allow-host and this name")
        }
        if let origin = request["origin"] {
            guard let scheme = ["http://", "https://"].first(where: { origin.hasPrefix($0) }),
                origin.dropFirst(scheme.count).lowercased() == host.lowercased()
                    // A proxy answers to an allowed name at a port of its own.
                    || Access.name(ofHost: String(origin.dropFirst(scheme.count))) == name && names.contains(name)
            else { throw HTTPFault(403, "requests of other sites are not answered") }
        }
        guard let site = request["sec-fetch-site"], !["same-origin", "none"].contains(site) else { return }
        // A link on another page may lead here; everything else stays outside.
        guard request.method == "GET", request["sec-fetch-mode"] == "navigate" else {
            throw HTTPFault(403, "requests of other sites are not answered")
        }
    }

    /// - Throws: `HTTPFault` for a request without the token.
    func checkToken(_ request: Incoming) throws {
        guard let token else { return }
        let given = request["authorization"].flatMap(Access.credential) ?? ""
        guard Access.isEqual(Array(given.utf8), token) else {
            throw HTTPFault(
                401, "a token is needed; send Authorization: Bearer TOKEN",
                headers: ["www-authenticate": "Basic realm=\"r3mem\", charset=\"UTF-8\""])
        }
    }

    private func isOwn(_ name: String) -> Bool { isAddress(name) || name == "localhost" || names.contains(name) }

    /// Whether a name is an address. Browsers take a name of numbers only for an address of IPv4.
    private func isAddress(_ name: String) -> Bool {
        if name.hasPrefix("["), name.hasSuffix("]") { return Access.isIPv6(String(name.dropFirst().dropLast())) }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil && $0.count <= 3 }
    }

    static func isIPv6(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, text, &address) == 1
    }

    /// The name in a Host header, without the port; nil for a header of another form.
    static func name(ofHost host: String) -> String? {
        let host = host.lowercased()
        var name = host[...]
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return nil }
            name = host[...end]
        } else if let colon = host.firstIndex(of: ":") {
            name = host[..<colon]
        }
        let rest = host[name.endIndex...]
        guard rest.isEmpty || rest.first == ":" && rest.dropFirst().allSatisfy(\.isNumber), !name.isEmpty else { return nil }
        return name.hasSuffix(".") ? String(name.dropLast()) : String(name)
    }

    /// The token of an Authorization header: the bearer's, or the password of a browser's dialogue.
    private static func credential(_ header: String) -> String? {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        switch parts[0].lowercased() {
        case "bearer": return String(parts[1])
        case "basic":
            guard let data = Data(base64Encoded: String(parts[1])) else { return nil }
            let pair = String(decoding: data, as: UTF8.self)
            return pair.firstIndex(of: ":").map { String(pair[pair.index(after: $0)...]) }
        default: return nil
        }
    }

    /// Whether two texts are equal, in a time that does not depend on where they differ.
    static func isEqual(_ given: [UInt8], _ secret: [UInt8]) -> Bool {
        var difference = UInt8(given.count == secret.count ? 0 : 1)
        for i in secret.indices { difference |= secret[i] ^ (given.isEmpty ? 0 : given[i % given.count]) }
        return difference == 0
    }
}
