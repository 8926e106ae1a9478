import Bytes
import Memory

/// Words that tell a time without a date: "after the war", "in the morning", "weekly".
enum TimeWords {
    private static let words: Set<[UInt8]> = Set.words(
        """
        morning noon midday afternoon evening night midnight dawn dusk day days week weeks month months year years century centuries decade \
        decades hour hours minute minutes spring summer autumn fall winter season easter christmas before after during when while until till \
        since ago later early late once always never daily weekly monthly yearly annually every eve beginning end start period era age age \
        reign time times today tomorrow yesterday now soon upon prior following first last next immediately weekend weekends open opens \
        morgen morgens vormittag vormittags mittag mittags nachmittag nachmittags abend abends nacht nachts tag tage tagen täglich woche \
        wochen wöchentlich monat monate monatlich jahr jahre jährlich stunde stunden minute minuten uhr frühling sommer herbst winter \
        ostern weihnachten vor nach während wenn als sobald bis seit ab immer nie jederzeit heute morgen gestern bald jeweils zuletzt anfang ende \
        rechtzeitig früher später dann
        """)

    private static let comparing = Set(
        ["later", "earlier", "before", "after", "now", "then", "später", "früher", "dann"].map { Array($0.utf8) })

    /// Whether a word only compares times, so that it is no answer by itself.
    static func compares(_ word: [UInt8]) -> Bool { comparing.contains(word) }

    /// Whether a text tells a time: by such a word, a number, a month or a day of the week.
    static func stand(in row: WordRow) -> Bool {
        row.words.contains { words.contains($0) || Months.isMonth($0) } || !Weekdays.days(in: row).isEmpty
            || row.quantities.contains { !isOfThing($0, row) }
    }

    /// "The room is 214": a bare number that is no day, no hour and no year.
    private static func isOfName(_ number: Quantity, _ row: WordRow) -> Bool {
        let first = number.words.lowerBound
        guard number.words.count == 1, number.unit == nil, !number.isHour, first > 0, row.words[first].allSatisfy(\.isDigit),
            AnswerWords.copulas.contains(row.words[first - 1])
        else { return false }
        return row.words[first].count == 3 || row.words[first].count > 4
    }

    /// Money, shares, degrees and numbers with the unit of a measure.
    private static func isOfThing(_ number: Quantity, _ row: WordRow) -> Bool {
        number.hasSign || isOfName(number, row)
            || number.unit.map { AnswerWords.money.contains(row.words[$0]) || Measure.isUnit(row.words[$0]) } ?? false
    }
}
