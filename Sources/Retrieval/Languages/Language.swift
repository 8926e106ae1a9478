/// A language whose endings libstemmer knows, by the name that the library gives it.
enum Language: String, Sendable, CaseIterable {
    case english, german, french, spanish, italian, portuguese, dutch, swedish, norwegian, danish, finnish, hungarian,
        romanian
    case turkish, catalan, basque, irish, lithuanian, indonesian
    case russian, greek, arabic, armenian, hindi, tamil

    /// The languages of a script.
    static func all(of script: Script) -> [Language] {
        switch script {
        case .latin: Language.allCases.filter { $0.script == .latin }
        default: Language.allCases.filter { $0.script == script }
        }
    }

    private var script: Script {
        switch self {
        case .russian: .cyrillic
        case .greek: .greek
        case .arabic: .arabic
        case .armenian: .armenian
        case .hindi: .devanagari
        case .tamil: .tamil
        default: .latin
        }
    }

    /// Frequent words by which an index of this language is recognised. Function words of English and German are not among
    /// the terms of an index, so these two languages count as present everywhere.
    var marks: [String] {
        switch self {
        case .french:
            ["les", "des", "une", "dans", "est", "pour", "sur", "avec", "aux", "qui", "sont", "cette", "ses", "doivent"]
        case .spanish:
            ["los", "las", "una", "por", "para", "con", "del", "que", "como", "sus", "está", "deben", "según", "y"]
        case .italian: ["il", "gli", "della", "che", "per", "sono", "nel", "una", "alla", "dei", "delle", "è", "di", "con"]
        case .portuguese: ["os", "uma", "não", "para", "com", "dos", "das", "que", "pelo", "são", "ao", "deve", "em", "é"]
        case .dutch:
            ["het", "een", "van", "voor", "niet", "zijn", "wordt", "aan", "met", "ook", "naar", "bij", "moet", "deze"]
        case .swedish: ["och", "att", "som", "är", "för", "inte", "ett", "av", "på", "till", "ska", "från", "också"]
        case .norwegian: ["og", "ikke", "som", "på", "til", "av", "skal", "fra", "være", "etter", "hver", "må"]
        case .danish: ["og", "ikke", "af", "til", "på", "skal", "fra", "være", "efter", "hver", "også", "må"]
        case .finnish: ["ja", "on", "ei", "että", "tai", "ovat", "sekä", "mutta", "kun", "joka", "se", "voi"]
        case .hungarian: ["és", "az", "egy", "hogy", "nem", "vagy", "van", "meg", "csak", "kell", "minden"]
        case .romanian: ["și", "este", "sau", "pentru", "din", "care", "nu", "sunt", "cu", "la", "pe", "trebuie"]
        case .turkish: ["ve", "bir", "bu", "için", "ile", "olarak", "veya", "değil", "olan", "daha", "her"]
        case .catalan: ["els", "les", "amb", "per", "una", "dels", "que", "és", "són", "aquest", "cada"]
        case .basque: ["eta", "da", "dira", "ez", "edo", "bat", "dute", "izan", "behar"]
        case .irish: ["agus", "an", "na", "ar", "atá", "níl", "leis", "gach"]
        case .lithuanian: ["ir", "yra", "ne", "kad", "arba", "su", "iš", "turi"]
        case .indonesian: ["dan", "yang", "di", "untuk", "dengan", "tidak", "dari", "atau", "harus", "adalah"]
        default: []
        }
    }
}
