import GRDB

extension IndexSnapshot {
    /// Reads and decodes everything there is, and returns what does not match; nothing for a sound index.
    package func verifyStructure() -> [IndexError] {
        var found: [IndexError] = []
        func check(_ body: () throws -> Void) {
            do {
                try body()
            } catch let error as IndexError {
                found.append(error)
            } catch {
                found.append(IndexError.damaged("\(error)", in: connection.path))
            }
        }
        check {
            let report = try connection.run { try String.fetchAll($0, sql: "PRAGMA integrity_check(8)") }
            if report != ["ok"] {
                throw IndexError.damaged("database (\(report.joined(separator: ", ")))", in: connection.path)
            }
        }
        for (id, directory) in directories.sorted(by: { $0.key < $1.key }) {
            check { try segment(id).check() }
            check {
                let length = try segment(id).residualLength
                let numbers = 0..<ResidualPiece.count(length)
                let isWhole = try numbers.allSatisfy { number in
                    let piece = ResidualPiece(segment: id, number: number)
                    return try connection.residual(number, of: id).count == piece.range(of: length).count
                }
                guard isWhole else {
                    throw IndexError.damaged("residual of segment \(id)", in: connection.path)
                }
            }
            check { _ = try connection.spans(of: id, directory) }
            for (ordinal, entry) in directory.entries.enumerated() {
                let document = DocumentID(segment: id, ordinal: ordinal)
                check { _ = try connection.original(of: document, length: entry.originalLength) }
            }
        }
        check {
            let wanted = try directories.keys.reduce(0) { try $0 + ResidualPiece.count(segment($1).residualLength) }
            guard try connection.residualCount() == wanted else {
                throw IndexError.damaged("residual table", in: connection.path)
            }
        }
        for document in documents {
            check { _ = try spans(of: document) }
            check { _ = try original(of: document) }
        }
        return found
    }
}
