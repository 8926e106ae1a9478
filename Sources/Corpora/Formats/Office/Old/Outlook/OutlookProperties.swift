/// The properties of a mail, a recipient or an attachment of Outlook ([MS-OXMSG], 2.4).
struct OutlookProperties {
    private let file: CompoundFile
    private let folder: String
    /// The eight bytes of the properties of fixed size, by the numbers of the property and of its kind.
    private var fixed: [Int: [UInt8]] = [:]

    /// The properties in a folder. A header of some bytes stands before its properties of fixed size.
    init(_ file: CompoundFile, _ folder: String, header: Int) {
        self.file = file
        self.folder = folder
        let bytes = file[folder + "__properties_version1.0"] ?? []
        for place in stride(from: header, to: bytes.count - 15, by: 16) {
            fixed[bytes.number(place, 4)] = Array(bytes[(place + 8)..<(place + 16)])
        }
    }

    /// A text, in UTF-16 or in the encoding of the mail. Nil where it is missing or blank.
    func text(_ number: Int?) -> String? { number.flatMap { texts($0).first } }

    /// The texts of a property that may have several. Blank ones are left out.
    func texts(_ number: Int) -> [String] {
        let place = folder + "__substg1.0_" + Self.hexadecimal(number, 4)
        var texts: [String] = []
        if let bytes = file[place + "001F"] {
            texts = [Self.text(bytes, isUTF16: true)]
        } else if let bytes = file[place + "001E"] {
            texts = [Self.text(bytes, isUTF16: false)]
        } else {
            for kind in ["101F", "101E"] {
                let count = min(1000, (file[place + kind]?.count ?? 0) / 4)
                texts += (0..<count).compactMap { index in
                    file[place + kind + "-" + Self.hexadecimal(index, 8)].map { Self.text($0, isUTF16: kind == "101F") }
                }
            }
        }
        return texts.filter { $0.contains { !$0.isWhitespace } }
    }

    private static func text(_ bytes: [UInt8], isUTF16: Bool) -> String {
        var text: String
        if isUTF16 {
            let units = stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes.number($0, 2)) }
            text = String(decoding: units, as: UTF16.self)
        } else {
            // TextReader refuses bytes of no known encoding. Here each of them is a character.
            let decoding = (try? TextReader.decode(bytes)) ?? TextDecoding(bytes, as: .latin1, maxRepairs: 0)
            text = decoding.map { String(decoding: $0.text, as: UTF8.self) } ?? ""
        }
        while text.last == "\u{0}" { text.removeLast() }
        return text
    }

    private static func hexadecimal(_ number: Int, _ length: Int) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, length - digits.count)) + digits
    }

    /// A whole number of four bytes.
    func number(_ number: Int?) -> Int? { value(number, kind: 0x0003)?.number(0, 4) }

    /// Whether a property is set to true.
    func isSet(_ number: Int?) -> Bool { value(number, kind: 0x000B)?.number(0, 2) ?? 0 != 0 }

    /// A number with a fraction.
    func fraction(_ number: Int?) -> Double? {
        value(number, kind: 0x0005).map {
            Double(bitPattern: UInt64($0.number(0, 4)) | UInt64($0.number(4, 4)) << 32)
        }
    }

    /// A time in days since 30 December 1899 in UTC. Nil without one: the year 4501 stands for none.
    func days(_ number: Int?) -> Double? {
        value(number, kind: 0x0040).flatMap {
            // 100 nanoseconds since 1601, which was 109,205 days earlier.
            let ticks = UInt64($0.number(0, 4)) | UInt64($0.number(4, 4)) << 32
            let days = Double(ticks) / 864e9 - 109_205
            return days < 949_000 ? days : nil
        }
    }

    /// A time, as 2024-03-31 12:30 UTC.
    func time(_ number: Int?) -> String? {
        days(number).flatMap { CalendarDay.text(days: $0) }.map { ($0.contains(":") ? $0 : $0 + " 00:00") + " UTC" }
    }

    /// A day, as 2024-03-31. A time at which no day begins is told with its hour.
    func day(_ number: Int?) -> String? {
        days(number).flatMap { CalendarDay.text(days: $0) }.map { $0.contains(":") ? $0 + " UTC" : $0 }
    }

    private func value(_ number: Int?, kind: Int) -> [UInt8]? { number.flatMap { fixed[$0 << 16 | kind] } }
}

/// The numbers that the properties with names have in a file of Outlook ([MS-OXMSG], 2.2.3).
struct OutlookNames {
    /// The properties that belong together, by the byte of their identifier that differs ([MS-OXPROPS], 1.3.2).
    enum Family: UInt8 {
        case appointment = 0x02
        case task = 0x03
        case address = 0x04
    }

    private var numbers: [String: Int] = [:]

    /// {00062000-0000-0000-C000-000000000046} but for its first byte.
    private static let family: [UInt8] = [0x20, 0x06, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]

    init(_ file: CompoundFile) {
        let folder = "__nameid_version1.0/__substg1.0_"
        let families = file[folder + "00020102"] ?? []
        let names = file[folder + "00040102"] ?? []
        let entries = file[folder + "00030102"] ?? []
        for place in stride(from: 0, to: entries.count - 7, by: 8) {
            let name = entries.number(place, 4)
            let kind = entries.number(place + 4, 2)
            let number = 0x8000 + entries.number(place + 6, 2)
            if kind & 1 == 1 {
                let length = min(names.number(name, 4), 500)
                let units = stride(from: name + 4, to: name + 4 + length - 1, by: 2).map { UInt16(names.number($0, 2)) }
                numbers[String(decoding: units, as: UTF16.self)] = number
            } else if kind >> 1 >= 3 {
                let start = (kind >> 1 - 3) * 16
                guard start + 16 <= families.count, families[(start + 1)..<(start + 16)].elementsEqual(Self.family) else {
                    continue
                }
                numbers["\(families[start]) \(name)"] = number
            }
        }
    }

    /// The number of a property that a family numbers.
    subscript(family: Family, number: Int) -> Int? { numbers["\(family.rawValue) \(number)"] }

    /// The number of a property with a name in words.
    subscript(name: String) -> Int? { numbers[name] }
}
