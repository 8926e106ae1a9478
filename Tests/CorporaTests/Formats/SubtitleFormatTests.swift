import Corpora
import Testing

@Suite struct SubtitleFormatTests {
    @Test func scriptsOfSubStationAlphaAreRead() {
        let film = """
            [Script Info]
            Title: Film
            [Events]
            Format: Layer, Start, End, Style, Name, Text
            Dialogue: 0,0:00:01.00,0:00:02.00,Default,Ode,{\\i1}The reef,{\\i0} she said,\\Nis\\hnear.
            Comment: 0,0:00:01.00,0:00:02.00,Default,,not shown
            Dialogue: 0,0:00:03.00,0:00:04.00,Default,,{\\p1}m 0 0 l 100 0{\\p0}

            """
        #expect(Readers.text(film, "a.ass") == "Ode: The reef, she said, is near.\n")
    }

    @Test func signsThatAreNoTagsAreText() {
        let words = "if x < 6 and y > 2, <3 to <bob@quay.example> <Sighs>"
        let film = "1\n00:00:01,000 --> 00:00:02,000\n<font color=\"red\"><i>\(words)</i></font>\n"
        #expect(Readers.text(film, "a.srt") == words + "\n")
        let ruby = "WEBVTT\n\n00:01.000 --> 00:02.000\n<00:00:01.500><ruby>漢<rt>kan</rt></ruby><lang en> sign</lang>\n"
        #expect(Readers.text(ruby, "a.vtt") == "漢(kan) sign\n")
    }

    @Test func timedTextIsRead() {
        let film =
            "<?xml version=\"1.0\"?><tt xmlns=\"http://www.w3.org/ns/ttml\"><body><div><p begin=\"0s\" end=\"2s\">Kelp<br/>grows</p>"
            + "<p begin=\"00:00:02.000\" end=\"3s\">until <span>May</span>.</p></div></body></tt>"
        #expect(Readers.text(film, "a.ttml") == "Kelp grows until May.\n")
    }

    @Test func theWordsOfAScenAreOneParagraphWithItsTime() throws {
        let film =
            "1\n00:00:01,000 --> 00:00:02,500\n<i>The harbour</i>\nmaster is\n\n2\n00:00:02,600 --> 00:00:04,000\n{\\an8}Agneta Lund.\n\n3\n00:01:10,000 --> 00:01:12,000\nLater.\n"
        let document = try #require(Readers.read(Array(film.utf8), path: "a.srt").document)
        #expect(document.string == "The harbour master is Agneta Lund.\n\nLater.\n")
        #expect(document.spans.headings(at: 5) == ["00:00:01"])
        #expect(document.spans.headings(at: document.text.count - 1) == ["00:01:10"])
    }

    @Test func webVTTNamesItsSpeakersAndNotes() {
        let film =
            "WEBVTT Harbour film\n\nNOTE checked by Zoë\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v Agneta>Mind the <c.red>gap</c> &amp; step.\n"
        #expect(Readers.text(film, "a.vtt") == "[Note: checked by Zoë]\n\nAgneta: Mind the gap & step.\n")
    }

    @Test func aFileWithoutTimesIsPlainText() {
        #expect(Readers.text("just words\n", "a.srt") == "just words\n")
    }
}

extension SubtitleFormatTests {
    /// Words that start like the blocks of WebVTT.
    @Test func wordsAreNoNotes() {
        let film = "WEBVTT - Tide\n\n00:01.000 --> 00:02.000\nA\n\nNOTEBOOKS are\nSTYLED here\n"
        #expect(Readers.text(film, "a.vtt") == "A NOTEBOOKS are STYLED here\n")
        #expect(Readers.read(Array(film.utf8), path: "a.vtt").document?.title == "Tide")
    }
}
