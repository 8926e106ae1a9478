/// The letters outside ASCII of one language, and the single-byte encodings in use for it.
struct LetterSet {
    /// The frequent letters.
    let frequent: Set<Unicode.Scalar>
    /// The other letters of the language.
    let rare: Set<Unicode.Scalar>
    /// The encodings in order of preference.
    let encodings: [TextEncoding]

    private init(_ encodings: [TextEncoding], _ frequent: String, _ rare: String = "") {
        self.encodings = encodings
        self.frequent = Set(frequent.unicodeScalars)
        self.rare = Set(rare.unicodeScalars)
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
        LetterSet(western, "éèàêç", "âîôûùëïüœÿ"),
        LetterSet(western, "äöüß", "é"),
        LetterSet(western, "áéíóúñ", "ü¿¡ç"),
        LetterSet(western, "ãõáéíóúâêôç", "àü"),
        LetterSet(western, "àèéìòù", "îó"),
        LetterSet(western, "åäöøæ", "éü"),
        LetterSet(western, "þðæöáéíóúý"),
        LetterSet(western, "ëéïèóö", "ê"),
        LetterSet(western, "àâèéëîôùûü", "ñáíóúãõö"),
        LetterSet(central, "ąćęłńóśźż"),
        LetterSet(central, "áčéěířšůýž", "ďňóťú"),
        LetterSet(central, "áčéíľšťúýž", "äďĺňóôŕ"),
        LetterSet(central, "áéíóöőúüű"),
        LetterSet(central, "ăâîşţ"),
        LetterSet(central, "čćđšž"),
        LetterSet(turkish, "ışğüöç", "İâî"),
        LetterSet(baltic, "ąčęėįšųūž"),
        LetterSet(baltic, "āčēīšūž", "ģķļņ"),
        LetterSet(baltic, "äöõü", "šž"),
        LetterSet(cyrillic, "оеаинтсрвлкмдпуя", "бгжзйфхцчшщъыьэюё"),
        LetterSet(cyrillic, "оаинтівреслкумдпзьяй", "бгґєжїхцчшщюф"),
        LetterSet(cyrillic, "аоиетнрсвлкјудмп", "бгђжзљњћфхцчџш"),
        LetterSet(cyrillic, "анеіоырстлкдмпуя", "бвгжзйфхцчшьэюёў"),
        LetterSet(cyrillic, "аэнийролгхтдсбүөуыжвмц", "єїшчщъьюяёпзкфе"),
        LetterSet([.windows1253, .isoGreek], "αοιετσνηυρπκμλςόίάέή", "βγδζθξφχψωύώϊϋΐΰ"),
        LetterSet([.windows1255, .isoHebrew], "יוהלאתרבמשנדעקפגחסטכםןץףךצז", "ְֱֲֳִֵֶַָֹֻּׁׂ"),
        LetterSet([.windows1256, .isoArabic], "اليمنوترهبعد", "سفقكحجشصطخذزضثغظءآأؤإئةىپچژگًٌٍَُِّْ،؟؛ـ"),
        LetterSet([.thai], "ารนกเองมยลวดทสต่้ัี", "ขคจชซญฎฏฐฑฒณถธบปผฝพฟภศษหฬฮฯะำิึืุูแโใไๅๆ็๊๋์ํ๐๑๒๓๔๕๖๗๘๙ฉฌฆฃฅฤฦ"),
        LetterSet([.windows1258], "ăâđêôơưạả", "áàéèíìóòúùýỳ\u{301}\u{300}\u{309}\u{303}\u{323}"),
    ]
}
