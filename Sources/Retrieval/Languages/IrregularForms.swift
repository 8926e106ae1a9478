/// Forms of English and German words that no rule of endings brings together, and countries with their people.
enum IrregularForms {
    /// The other forms of a folded word.
    static func of(_ word: [UInt8]) -> [[UInt8]] {
        guard let groups = groups[word] else { return [] }
        return groups.flatMap { $0 }.filter { $0 != word }
    }

    private static let groups: [[UInt8]: [[[UInt8]]]] = {
        var groups: [[UInt8]: [[[UInt8]]]] = [:]
        for line in lists.split(whereSeparator: { $0 == ";" || $0.isNewline }) {
            let group = line.split(separator: " ").map { Array($0.utf8) }
            for word in group { groups[word, default: []].append(group) }
        }
        return groups
    }()

    private static let lists = """
        mouse mice; louse lice; goose geese; man men; woman women; child children; foot feet; tooth teeth; ox oxen; person people
        die dice; penny pence pennies; knife knives; life lives; wife wives; leaf leaves; loaf loaves; half halves; shelf shelves
        self selves; thief thieves; wolf wolves; calf calves; elf elves; hoof hooves; scarf scarves; dwarf dwarves; wharf wharves
        sheaf sheaves; criterion criteria; phenomenon phenomena; datum data; index indices indexes; matrix matrices
        appendix appendices appendixes; vertex vertices; vortex vortices; axis axes; crisis crises; analysis analyses; basis bases
        thesis theses; hypothesis hypotheses; diagnosis diagnoses; oasis oases; synthesis syntheses; parenthesis parentheses
        medium media; bacterium bacteria; curriculum curricula; memorandum memoranda; addendum addenda; erratum errata
        spectrum spectra; stratum strata; cactus cacti; fungus fungi; nucleus nuclei; radius radii; alumnus alumni
        stimulus stimuli; syllabus syllabi; focus foci; locus loci; larva larvae; formula formulae formulas; antenna antennae
        vertebra vertebrae; nebula nebulae; alga algae; corpus corpora; genus genera; opus opera; plateau plateaux
        bureau bureaux; tableau tableaux; seraph seraphim; cherub cherubim
        arise arose arisen; awake awoke awoken; bear bore borne; beat beaten; become became; begin began begun; bend bent
        bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken; breed bred; bring brought; build built
        buy bought; catch caught; choose chose chosen; cling clung; come came; creep crept; deal dealt; dig dug; draw drew drawn
        drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found
        flee fled; fly flew flown flies; forbid forbade forbidden; forget forgot forgotten; forgive forgave forgiven
        freeze froze frozen; get got gotten; give gave given; go went gone goes; grow grew grown; hang hung; hear heard
        hide hid hidden; hold held; keep kept; kneel knelt; know knew known; lay laid; lead led; leave left; lend lent; lie lay lain
        lose lost; make made; mean meant; meet met; pay paid; ride rode ridden; ring rang rung; rise rose risen; run ran
        say said; see saw seen; seek sought; sell sold; send sent; shake shook shaken; shine shone; shoot shot
        show shown showed; shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat; sleep slept; slide slid
        speak spoke spoken; spend spent; spin spun; stand stood; steal stole stolen; stick stuck; sting stung; strike struck
        strive strove striven; swear swore sworn; sweep swept; swim swam swum; swing swung; take took taken; teach taught
        tear tore torn; tell told; think thought; throw threw thrown; understand understood; undertake undertook undertaken
        wake woke woken; wear wore worn; weave wove woven; weep wept; win won; wind wound; withdraw withdrew withdrawn
        write wrote written
        geben gibt gab gegeben; nehmen nimmt nahm genommen; sprechen spricht sprach gesprochen; treffen trifft traf getroffen
        treten tritt trat getreten; vertreten vertritt vertrat; helfen hilft half geholfen; lesen liest las gelesen
        sehen sieht sah gesehen; essen isst aß gegessen; messen misst maß gemessen; vergessen vergisst vergaß
        fahren fährt fuhr gefahren; tragen trägt trug getragen; laufen läuft lief gelaufen; halten hält hielt gehalten
        erhalten erhält erhielt; enthalten enthält enthielt; fallen fällt fiel gefallen; lassen lässt ließ gelassen
        waschen wäscht wusch gewaschen; wachsen wächst wuchs gewachsen; schlafen schläft schlief geschlafen
        laden lädt lud geladen; beginnen beginnt begann begonnen; finden findet fand gefunden; trinken trinkt trank getrunken
        binden bindet band gebunden; gewinnen gewinnt gewann gewonnen; schreiben schreibt schrieb geschrieben
        bleiben bleibt blieb geblieben; leihen leiht lieh geliehen; steigen steigt stieg gestiegen
        schließen schließt schloss geschlossen; fliegen fliegt flog geflogen; ziehen zieht zog gezogen
        bieten bietet bot geboten; verbieten verbietet verbot verboten; verlieren verliert verlor verloren
        liegen liegt lag gelegen; sitzen sitzt saß gesessen; stehen steht stand gestanden; gehen geht ging gegangen
        kommen kommt kam gekommen; bringen bringt brachte gebracht; kennen kennt kannte gekannt; wissen weiß wusste gewusst
        rufen ruft rief gerufen; heißen heißt hieß geheißen; sterben stirbt starb gestorben; gelten gilt galt gegolten
        entscheiden entscheidet entschied entschieden; leiten leitet geleitet leitung; unterschreiben unterschreibt unterschrieben
        greece greek greeks; france french; germany german germans; spain spanish; italy italian italians; poland polish
        sweden swedish; denmark danish; norway norwegian; finland finnish; iceland icelandic; netherlands dutch
        switzerland swiss; britain british; england english; scotland scottish; wales welsh; ireland irish; portugal portuguese
        turkey turkish; china chinese; japan japanese; egypt egyptian; hungary hungarian; czechia czech; austria austrian
        russia russian; ukraine ukrainian; rome roman romans; persia persian; peru peruvian; brazil brazilian; vietnam vietnamese
        geboren geb; telefon tel; phone tel; straße str; nummer nr
        frankreich französisch franzose; griechenland griechisch grieche; polen polnisch; spanien spanisch; italien italienisch
        schweden schwedisch; dänemark dänisch; england englisch; türkei türkisch; ungarn ungarisch; niederlande niederländisch
        """
}
