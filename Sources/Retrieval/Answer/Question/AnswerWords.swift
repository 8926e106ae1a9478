/// Words of English and German that tell what a question asks for.
enum AnswerWords {
    /// Verbs that begin a question that is answered with yes or no.
    static let auxiliaries = Set.words(
        """
        do does did is are was were am can could may might must shall should will would has have had ist sind war waren darf dürfen kann \
        können muss müssen soll sollen sollte wird werden hat haben gibt gilt braucht bekomme bekommt
        """)

    /// Words of a question about money, also in French, Spanish and Dutch.
    private static let cost = Set.words(
        """
        cost costs price prices fee fees rent charge earn earns wage salary budget expensive kostet kosten preis preise \
        miete gebühr gebühren lohn gehalt verdient prix tarif tarifs coûte coûtent coûté precio precios \
        cuesta cuestan costó costaron prijs kost
        """)

    /// Ends of German compounds for what is paid: "Kaltmiete".
    private static let costEndings = ["miete", "gebühr", "gebühren", "kosten", "lohn", "gehalt"].map { Array($0.utf8) }

    /// Whether a word asks for money.
    static func isCost(_ word: [UInt8]) -> Bool {
        cost.contains(word) || costEndings.contains { word.count > $0.count && word.suffix($0.count).elementsEqual($0) }
    }

    /// Function words of German. Some are words of other languages too, so one of them alone tells little.
    static let german = Set.words(
        """
        wie wer wo wann welche welcher welches welchen welchem wem wen wessen warum wieso wohin woher das der den dem ist sind ein eine einen \
        und für mit von im zum zur bei ich wir muss darf kann nicht kein wird werden die am des es auf nach aus ab seit hier beim vom ins ob \
        wenn sich sie mein meine unser unsere wurde wurden dürfen können müssen soll sollen hat haben gibt war waren oder
        """)
    /// Heads of columns that tell how old something is.
    static let ageHeads = Set.words(
        "year built age founded since jahr baujahr alter gebaut año edad année âge bouwjaar leeftijd")
    /// Words before a number that counts or measures something: "under 600 km".
    static let beforeAmounts = Set.words(
        "under over below above than about around until since from per unter über ab bis seit von mindestens höchstens etwa rund"
    )
    /// Verbs behind "was" that no English question has there.
    static let afterWas = Set.words(
        "ist sind wird werden wurde wurden waren hat haben hatte hatten kann können darf dürfen muss müssen soll sollen gilt gibt"
    )
    static let germanStarts = Set.words(
        "wie wer wo wann welche welcher welches welchen welchem wem wen wessen warum wieso wohin woher")
    /// Function words of English that few German questions have.
    static let english = Set.words(
        """
        the of is are did does do what who whom whose when where which how why a to and at by for with from my your our can could should would \
        has have had be been this that these those it they i you we he she his her its not on as if may must shall were or any there
        """)
    /// What follows a German verb at the start of a question.
    static let afterGermanVerbs = Set.words(
        "der die das den dem ein eine einen man es er sie wir ich ihr alle jeder jede mein meine unser unsere dieser diese dieses kein keine"
    )

    /// Words that forbid.
    static let prohibitions = Set.words(
        """
        forbidden prohibited banned barred disallowed outlawed verboten untersagt unzulässig verbietet forbids prohibits bans \
        interdit interdite prohibido prohibida
        """)
    /// Words of a question for a permission.
    static let permissions = Set.words(
        "may can could allowed permitted allow permit allows permits darf dürfen kann können erlaubt gestattet zulässig")

    /// A capitalised word after one of these, without an article, is mostly a name.
    static let beforeGermanNames: Set<String> = ["von", "aus"]

    static let hows = Set.words("how wie")
    /// Words after "how" that ask for a way and not for a degree.
    static let manners = Set.words("well else come so sonst gut genau")
    /// Verbs of a question for a measure: "How much does the pump weigh?".
    static let measuringVerbs = Set.words("weigh weighs wiegt wiegen")
    /// Verbs that tell a number: "The fee is 4 euros", "Die Miete beträgt 4 Euro".
    static let telling = copulas.union(Set.words("costs cost amounts beträgt betragen kostet kosten zahlt zahlen pay pays"))
    static let askers = Set.words("who what wer was")
    static let whens = Set.words("when wann")
    static let whys = Set.words("why warum wieso weshalb pourquoi waarom")
    /// Question words beside which "when" is a conjunction.
    static let otherAskers = Set.words("what who whom whose which where why how wer wo warum wie welche welcher welches")
    /// Words for a cause.
    static let causes = Set.words(
        """
        because reason reasons cause caused due owing therefore weil wegen grund gründe denn aufgrund ursache deshalb omdat wegens parce raison \
        porque motivo
        """)
    /// Verbs that stand before the subject of a question, whose own verb follows.
    static let supports = Set.words("do does did")
    /// Words that ask for one of several things, which the next word names.
    static let choosers = Set.words(
        "which what welche welcher welches welchen welchem quel quelle quels quelles qué welke welk")
    /// Nouns by their form that end as German verbs do, and words that begin with no verb.
    static let germanNounEndings = ["heit", "keit", "schaft", "schrift", "sicht", "ung", "zeit", "zeiten"].map {
        Array($0.utf8)
    }
    static let noGermanVerbs = Set.words("laut seit nicht")
    /// Words for a person or thing that was named before.
    static let pronouns = Set.words(
        "she he her hers him his they their theirs it its sie er es ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner"
    )
    /// Words that make another office of the one behind them: "vice-captain".
    static let deputies = Set.words(
        "vice deputy assistant acting former ex co stellvertretende stellvertretender stellvertretenden stellv ehemalige ehemaliger"
    )
    /// Titles that are shortened.
    static let titles = Set.words("dr prof st mr mrs ms hr fr no nr")
    /// Words before the name of a person.
    static let addresses = Set.words(
        "mr mrs ms miss dr prof frau herr herrn señor señora señorita monsieur madame mme mlle meneer mevrouw")
    /// Words of a question that name no thing: the time at which it is asked, and those that make it polite.
    static let asides = Set.words(
        """
        now today tomorrow yesterday tonight currently nowadays already still yet again please thanks jetzt heute morgen gestern derzeit \
        aktuell gerade bitte danke maintenant actuellement ahora actualmente hoy vandaag momenteel
        """)
    static let copulas = Set.words("is are was were ist sind war waren be")
    static let articles = Set.words("the a an der die das dem den ein eine")
    static let determiners = Set.words(
        "the a an of for in to from our your this that each every my der die das des dem den ein eine einer einem eines von für im"
    )
    /// Words after which a noun stands, or an adjective.
    static let beforeNouns = determiners.union(Set.words("on by at with"))

    /// Words behind which the last word of a question is no thing: "take place".
    static let beforeNoNouns = Set.words("take takes took taken taking so too very")

    static let adjectives = Set.words(
        """
        top main new old first last next same other total whole full exact best worst high low big small long short right left own minimum \
        maximum average current usual normal typical early late young good great major minor common real true final annual daily weekly \
        monthly yearly single double free open clean dry wet hot cold warm cool fast slow hard soft heavy light dark bright safe strong weak \
        local public private legal wide deep thick thin round flat rich poor key base target
        """)
    static let adjectiveEndings = [
        "al", "ive", "ous", "able", "ible", "ful", "ic", "ed", "ing", "est", "ary", "less", "ish", "ly", "ent", "ant",
        "ical", "ige", "iche",
        "lich", "ig",
    ].map { Array($0.utf8) }

    /// Capitalised words that are no names.
    static let noNames: Set<String> = Set(
        """
        i i'm i’m i've i'd ok am pm january february march april may june july august september october november december monday tuesday \
        wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli \
        oktober dezember jan feb mar apr jun jul aug sep sept oct nov dec mr mrs ms dr sie ihr ihre ihnen north south east west \
        norden süden osten westen
        """.split(separator: " ").map(String.init))

    /// Marks and names of money.
    static let money = Set.words(
        """
        euro euros eur dollar dollars usd pound pounds gbp chf franc francs franken crown crowns krone kroner krona kronor sek nok dkk cent \
        cents pence yen yuan rupee rupees rupien zloty rouble roubles lira peso pesos forint koruna ct
        """)

    /// Pronouns, prepositions, conjunctions and verbs that hold no content.
    static let closed = Set.words(
        """
        this that these those be been being than then so such no also only very more most some any all each every other another his her \
        their our he she him them they whose as but because while until since through between against under over again here same own just \
        now get got make made take use used one two like want need know see much many one ones there what out up down off do done has \
        anyone anybody someone somebody jemand irgendjemand \
        dass sich auch noch nur schon sehr mehr als wenn aber weil seit während durch gegen ohne um so da hier dort alle man einem
        """)

    /// Verbs of questions that answers seldom repeat: "How much salt is needed?", "What does a green light mean?". A text without
    /// them lacks nothing.
    static let lightVerbs = Set.words(
        """
        need needs needed require requires required use used mean means meant say says said happen happens happened happening brauche brauchst \
        braucht brauchen benötige benötigt benötigen bedeutet bedeuten sagt sagen steht passiert passierte geschieht geschah tun
        """)

    /// Words of a question for a name.
    static let calls = Set.words("called named heißt heißen")
    /// Words of a question that a number or an address answers by its form: "the number of the caretaker".
    static let numbersByForm = Set.words(
        """
        number numbers phone telephone nummer nummern telefon telefonnummer rufnummer handynummer durchwahl extension teléfono téléphone \
        telefoon numéro número
        """)
    static let addressesByForm = Set.words("email mail mailadresse emailadresse correo courriel")
    /// Heads of columns that hold places.
    static let placeHeads = Set.words(
        """
        place where location room venue hall hotel accommodation lodging unterkunft \
        address city town country site street stop quay gate platform building floor shelf rack \
        drawer cabinet ort wo raum saal adresse stadt land straße treffpunkt halle gebäude etage stock gleis regal fach schrank
        """)
    /// Stems of heads of columns that hold how many there are.
    static let countHeads = Set(
        ["count", "number", "quantity", "pieces", "stock", "anzahl", "menge", "stück", "bestand"].map {
            Stem.of(Array($0.utf8))
        })
    /// Words that tell how much without a number.
    static let amounts = Set.words(
        """
        half third quarter twice once several few many most all none no nothing free once unlimited nobody included hälfte nichts halb halbe \
        halber halbes viertel drittel doppelt kostenlos gratis frei umsonst unbegrenzt mehrere alle keine keiner einmal zweimal inklusive
        """)
    /// Words of a question that money answers.
    static let sumsByForm = Set.words(
        "amount sum betrag summe preis price prices cost costs kosten prix precio precios prijs importe montant")
    /// Verbs of a question for a price.
    static let prices = Set.words("cost costs kostet kosten")
    /// Words of a question that a date or a time of day answers.
    static let timesByForm = Set.words(
        "date dates day days datum uhrzeit tag tage wochentag jour jours día días fecha dag dagen")
    /// Units of an amount of data.
    static let dataUnits = Set.words(
        "b kb mb gb tb kib mib gib tib byte bytes bit bits kilobytes megabytes gigabytes terabytes")
    /// Words of a question that an amount of data answers.
    static let sizesByForm = Set.words("size sizes capacity dimensions größe maße umfang taille tamaño grootte")
    /// Words of a question that only a number of several digits answers.
    static let phones = Set.words(
        "phone telephone mobile fax telefon tel handy mobil durchwahl extension ext teléfono téléphone telefoon móvil")
    static let phoneNumbers = Set.words(
        "telefonnummer rufnummer handynummer faxnummer durchwahl teléfono téléphone telefoonnummer")
    /// What begins in a year: "born in 1931".
    static let beginnings = Set.words(
        "born founded built opened established began since made dating geboren gegründet gebaut erbaut eröffnet seit stammt")
    /// Places that other places lie in.
    static let regions = Set.words(
        """
        country province state county region district continent canton city town village street building land provinz bundesland kreis \
        landkreis region kontinent kanton stadt ort dorf straße gebäude
        """)
    /// Words that point back to what was said before.
    static let demonstratives = Set.words(
        "this these that those such dies diese dieser dieses diesem diesen davon hiervon daran")

    /// Words for people, and those that ask for one.
    static let people = Set.words(
        """
        person persons people employee employees worker workers colleague colleagues member members staff volunteer volunteers participant \
        participants student students player players resident residents tenant tenants who personen leute menschen mitarbeiter mitarbeiterin \
        mitarbeiterinnen angestellte angestellten beschäftigte beschäftigten kollege kollegen kollegin mitglied mitglieder teilnehmer schüler \
        mieter wer
        """)
    /// German words for people that are no nouns.
    static let persons = Set.words("ich wir du ihr er sie es man alle jeder jede niemand keiner beide die der wer jemand")
    /// Heads of columns of names.
    static let names = Set.words("name names namen vorname nachname surname")

    /// Words that tie a name to the word before.
    static let ties = Set.words("of in at for von bei zu")
    /// Words of a question for a share, and its units.
    static let shares = Set.words("percentage percent prozent prozentsatz")
    static let percent = Set.words("percent prozent pct")
    /// Words of a question for a colour, and colours.
    static let colourNouns = Set.words("colour color colours colors farbe farben")
    static let colours = Set.words(
        """
        red blue green yellow white black grey gray brown orange purple violet pink silver gold golden beige turquoise cyan magenta navy maroon \
        crimson scarlet ivory cream teal olive bronze transparent colourless rot rote roten roter rotes blau blaue blauen grün grüne grünen gelb \
        gelbe gelben weiß weiße weißen schwarz schwarze schwarzen grau graue grauen braun braune braunen lila rosa silbern golden türkis bunt
        """)
    /// Words before a year.
    static let beforeYears = Set.words(
        "in since from until till by around about before after im seit bis ab vor nach jahr jahre year")
    /// Nouns by which a length is told: "twelve storeys high".
    static let lengthNouns = Set.words(
        "storey storeys story stories floor floors page pages step steps lane lanes etage etagen stockwerk stockwerke seite seiten stufe stufen"
    )

    /// Words that make a sentence no clear yes or no.
    static let hedges = Set.words(
        """
        only unless except if but however although may might sometimes usually partly provided nur wenn außer sofern falls aber jedoch \
        manchmal teilweise
        """)

    /// Units of time.
    static let durations = Set.words(
        """
        second seconds minute minutes hour hours day days night nights week weeks month months year years decade decades sekunden minute \
        minuten stunde stunden tag tage tagen woche wochen monat monate monaten jahr jahre jahren jour jours heure heures semaine semaines mois \
        ans día días hora horas minuto minutos semana semanas meses año años dag dagen uur weken maand maanden jaar jaren
        """)

    static let weekdays = Set.words(
        """
        monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays montag \
        dienstag mittwoch donnerstag freitag samstag sonntag montags dienstags mittwochs donnerstags freitags samstags sonntags
        """)

    /// Whether a word of a question names no thing: "most", "now", "please", "Mrs".
    static func isAside(_ word: [UInt8]) -> Bool {
        closed.contains(word) || asides.contains(word) || addresses.contains(word)
    }

    /// Words that a sentence is built with, beside the question words.
    static func isCommon(_ word: [UInt8]) -> Bool { QuestionWords.all.contains(word) || determiners.contains(word) }
}
