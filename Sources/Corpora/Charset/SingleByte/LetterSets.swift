/// The letters outside ASCII of one language, and the single-byte encodings in use for it.
struct LetterSet {
    /// The frequent letters.
    let frequent: Set<Unicode.Scalar>
    /// The other letters of the language.
    let rare: Set<Unicode.Scalar>
    /// The letters that often stand beside one another, as `LetterPair` has them. Empty where they tell nothing.
    let pairs: Set<LetterPair>
    /// The encodings in order of preference.
    let encodings: [TextEncoding]

    private init(_ encodings: [TextEncoding], _ frequent: String, _ rare: String = "", pairs: String = "") {
        self.encodings = encodings
        self.frequent = Set(frequent.unicodeScalars)
        self.rare = Set(rare.unicodeScalars)
        self.pairs = LetterPair.all(in: pairs)
    }

    private static let western: [TextEncoding] = [.latin1, .windows1252, .macRoman, .dosLatin1]
    private static let central: [TextEncoding] = [.latin2, .windows1250]
    private static let baltic: [TextEncoding] = [.windows1257, .latin4]
    private static let turkish: [TextEncoding] = [.latin5, .windows1254]
    private static let cyrillic: [TextEncoding] = [
        .windows1251, .koi8r, .koi8u, .isoCyrillic, .dosCyrillic, .macCyrillic,
    ]

    /// All languages, common ones first. When two languages have equal scores, the first wins.
    static let all: [LetterSet] = [
        LetterSet(western, "éèàêçâîôû", "ùëïüœÿ", pairs: LetterPairs.french),
        LetterSet(western, "äöüß", "é", pairs: LetterPairs.german),
        LetterSet(western, "áéíóúñ", "ü¿¡ç", pairs: LetterPairs.spanish),
        LetterSet(western, "ãõáéíóúâêôç", "àü", pairs: LetterPairs.portuguese),
        LetterSet(western, "àèéìòù", "îó", pairs: LetterPairs.italian),
        LetterSet(western, "åäöøæ", "éü", pairs: LetterPairs.nordic),
        LetterSet(western, "þðæöáéíóúý", pairs: LetterPairs.icelandic),
        LetterSet(western, "ëéïèóö", "ê", pairs: LetterPairs.dutch),
        LetterSet(western, "àâèéëîôùûü", "ñáíóúãõö", pairs: LetterPairs.catalan),
        LetterSet(western, "ëç", "â", pairs: LetterPairs.albanian),
        LetterSet(central, "ąćęłńóśźż", pairs: LetterPairs.polish),
        LetterSet(central, "áčéěířšůýž", "ďňóťú", pairs: LetterPairs.czech),
        LetterSet(central, "áčéíľšťúýž", "äďĺňóôŕ", pairs: LetterPairs.slovak),
        LetterSet(central, "áéíóöőúüű", pairs: LetterPairs.hungarian),
        LetterSet(central, "ăâîşţ", pairs: LetterPairs.romanian),
        LetterSet(central, "čćđšž", pairs: LetterPairs.croatian),
        LetterSet(turkish, "ışğüöç", "İâî", pairs: LetterPairs.turkish),
        LetterSet(baltic, "ąčęėįšųūž", pairs: LetterPairs.lithuanian),
        LetterSet(baltic, "āčēīšūž", "ģķļņ", pairs: LetterPairs.latvian),
        LetterSet(baltic, "äöõü", "šž", pairs: LetterPairs.estonian),
        LetterSet(cyrillic, "оеаинтсрвлкмдпуя", "бгжзйфхцчшщъыьэюё"),
        LetterSet(cyrillic, "оаинтівреслкумдпзьяй", "бгґєжїхцчшщюф"),
        LetterSet(cyrillic, "аоиетнрсвлкјудмп", "бгђжзљњћфхцчџш"),
        LetterSet(cyrillic, "анеіоырстлкдмпуя", "бвгжзйфхцчшьэюёў"),
        LetterSet(cyrillic, "аэнийролгхтдсбүөуыжвмц", "єїшчщъьюяёпзкфе"),
        LetterSet([.windows1253, .isoGreek], "αοιετσνηυρπκμλςόίάέή", "βγδζθξφχψωύώϊϋΐΰ"),
        LetterSet([.windows1255, .isoHebrew], "יוהלאתרבמשנדעקפגחסטכםןץףךצז", "ְֱֲֳִֵֶַָֹֻּׁׂ"),
        LetterSet([.windows1256, .isoArabic], "اليمنوترهبعد", "سفقكحجشصطخذزضثغظءآأؤإئةىپچژگًٌٍَُِّْ،؟؛ـ"),
        LetterSet([.thai], "ารนกเองมยลวดทสต่้ัี", "ขคจชซญฎฏฐฑฒณถธบปผฝพฟภศษหฬฮฯะำิึืุูแโใไๅๆ็๊๋์ํ๐๑๒๓๔๕๖๗๘๙ฉฌฆฃฅฤฦ"),
        LetterSet(
            [.windows1258], "ăâđêôơư\u{301}\u{300}\u{309}\u{303}\u{323}", "áàéèíìóòúùýỳ",
            pairs: LetterPairs.vietnamese),
    ]
}
