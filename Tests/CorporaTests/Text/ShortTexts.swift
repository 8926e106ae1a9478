import Corpora

/// Texts of a few words in many languages, for telling their encodings.
///
/// The weights were chosen by the texts at even places, and are measured by those at odd places.
enum ShortTexts {
    struct Language {
        let name: String
        let encodings: [TextEncoding]
        let texts: [String]
    }

    static let all: [Language] = [
        Language(
            "Polish", [.latin2, .windows1250],
            """
            Zażółć gęślą jaźń.
            Łódź jest pięknym miastem
            Proszę zamknąć drzwi.
            Dziękuję za szybką odpowiedź
            Umowa najmu mieszkania – załącznik nr 3
            Książka leży na stole obok świecy.
            Gdzie są moje klucze? Były wczoraj w kuchni, a dziś ich nie ma.
            Kierownik działu: Stanisław Wiśniewski
            Opłata za wodę wynosi 45 zł miesięcznie
            Źródło wody znajduje się za wsią
            """),
        Language(
            "Czech", [.latin2, .windows1250],
            """
            Příliš žluťoučký kůň
            Děkuji za zprávu.
            Smlouva o nájmu bytu, příloha č. 2
            Klíče leží na stole v kuchyni.
            Kde je nejbližší lékárna?
            Úřední hodiny: pondělí a středa od 8 do 17
            Náklady na opravu střechy hradí vlastník
            Jiří Dvořák, vedoucí skladu
            Prosím zavřete dveře, topíme
            Vlak odjíždí z nástupiště čtyři v sedm hodin ráno.
            """),
        Language(
            "Slovak", [.latin2, .windows1250],
            """
            Ďakujem za rýchlu odpoveď
            Kľúče ležia na stole.
            Nájomná zmluva, príloha č. 1
            Vlak do Košíc mešká dvadsať minút
            Prosím, zatvorte dvere
            Kde je najbližšia lekáreň?
            Úradné hodiny sú v stredu od ôsmej do piatej
            Ľubomír Šťastný, vedúci predajne
            Čerstvé mäso a mlieko nájdete vzadu v obchode
            Dieťa sa hrá so psom na záhrade.
            """),
        Language(
            "Hungarian", [.latin2, .windows1250],
            """
            Köszönöm a gyors választ
            Árvíztűrő tükörfúrógép
            Kérem, csukja be az ajtót!
            A kulcsok az asztalon vannak a konyhában, kérlek hozd ide őket.
            Bérleti szerződés, 2. melléklet
            Hol van a legközelebbi gyógyszertár?
            A javítás költségét a tulajdonos fizeti
            Üzemvezető: Szőcs Béla
            Nyitva hétfőtől péntekig, reggel nyolctól
            A vízdíj havonta kétezer forint
            """),
        Language(
            "Romanian", [.latin2, .windows1250],
            """
            Vă mulţumim pentru răspuns
            Cheile sunt pe masă în bucătărie.
            Contract de închiriere, anexa nr. 2
            Unde este cea mai apropiată farmacie? Mă grăbesc.
            Închideţi uşa, vă rog
            Şeful depozitului: Ştefan Ţiriac
            Apa costă treizeci de lei pe lună şi se plăteşte la sfârşit
            Trenul pleacă la ora şapte dimineaţa
            Cartea este lângă fereastră
            Programul băncii: luni până vineri
            """),
        Language(
            "Croatian", [.latin2, .windows1250],
            """
            Hvala na brzom odgovoru, javit ću se sutra
            Ključevi su na stolu, kraj čaše.
            Ugovor o najmu stana, prilog 2, članak šest
            Gdje je najbliža ljekarna?
            Zatvorite vrata, grijemo kuću
            Voditelj skladišta: Željko Đurić
            Vlak polazi s drugog kolosijeka u sedam i trideset, molimo požurite.
            Cijena vode iznosi četiri eura mjesečno
            Kiša će padati cijeli tjedan
            Naš ured je otvoren svaki dan osim nedjelje
            """),
        Language(
            "Slovene", [.latin2, .windows1250],
            """
            Hvala za hiter odgovor, pišem jutri
            Ključi so na mizi v kuhinji.
            Najemna pogodba za stanovanje, člen šest
            Kje je najbližja lekarna?
            Prosim zaprite vrata, ker je zunaj mraz in veter še piha
            Vodja skladišča: Žiga Košir
            Vlak odpelje ob sedmih zjutraj s četrtega tira
            Cena vode znaša štiri evre na mesec
            Dež bo padal ves teden
            Otroci se igrajo na vrtu za hišo
            """),
        Language(
            "French", [.latin1, .windows1252],
            """
            Merci pour votre réponse
            Les clés sont sur la table de la cuisine.
            Contrat de location, annexe n° 2
            Où est la pharmacie la plus proche ?
            Fermez la porte s'il vous plaît
            Le déjeuner est servi à midi
            Responsable du dépôt : François Lefèvre
            Le prix de l'eau s'élève à trente euros
            Ça va très bien, à bientôt !
            L'été dernier nous étions à la mer avec les élèves.
            """),
        Language(
            "German", [.latin1, .windows1252],
            """
            Schöne Grüße aus Köln
            Die Schlüssel liegen auf dem Tisch.
            Mietvertrag für die Wohnung, Anlage 2
            Wo ist die nächste Apotheke?
            Bitte Tür schließen
            Öffnungszeiten: Montag bis Freitag
            Lagerleiter: Jürgen Müller
            Die Gebühr beträgt zwölf Euro im Monat
            Äpfel und Birnen sind heute günstig
            Das Mädchen läuft über die Straße und grüßt.
            """),
        Language(
            "Spanish", [.latin1, .windows1252],
            """
            ¿Dónde está la farmacia más próxima?
            El niño juega en el jardín.
            Contrato de alquiler, página dos
            Gracias por su rápida contestación
            Cierre la puerta, por favor, que hace frío aquí
            El precio del agua será de treinta euros al año
            Mañana no habrá reunión
            Jefe de almacén: José Peñalver
            ¡Qué día tan bonito!
            Las llaves están sobre la mesa
            """),
        Language(
            "Portuguese", [.latin1, .windows1252],
            """
            Obrigado pela rápida resposta, até amanhã
            As chaves estão em cima da mesa.
            Contrato de locação, página três
            Onde é a farmácia mais próxima?
            Não feche a porta
            O preço da água é de trinta euros por mês
            A reunião de amanhã foi cancelada
            Chefe do armazém: João Gonçalves
            Você precisa de ajuda com as lições?
            O avô comprou pão e maçãs
            """),
        Language(
            "Italian", [.latin1, .windows1252],
            """
            La città è molto bella
            Perché non vieni più tardi?
            Il caffè si serve fino alle undici
            Le chiavi sono là, sul tavolo
            La società pagherà il dovuto lunedì
            È vietato fumare
            Ci sarà più pioggia martedì e giovedì
            Può chiudere la porta, per favore?
            Così non si può andare avanti, disse il capo.
            La libertà e la verità
            """),
        Language(
            "Swedish", [.latin1, .windows1252],
            """
            Tack för ert snabba svar
            Nycklarna ligger på bordet i köket.
            Hyresavtal för lägenhet, bilaga två
            Var är närmaste apotek?
            Stäng dörren efter dig
            Öppettider måndag till lördag
            Lagerchef: Åke Sjöström
            Vattnet kostar trettio kronor i månaden, säger grannen
            Vi ses på fredag kväll
            Räksmörgås med ägg
            """),
        Language(
            "Danish", [.latin1, .windows1252],
            """
            Mange hilsner fra København
            Nøglerne ligger på bordet.
            Lejekontrakt for lejlighed, følgende vilkår gælder
            Hvor er det nærmeste apotek?
            Luk døren efter dig
            Åbningstider mandag til lørdag
            Lagerchef: Søren Kjær
            Vandet koster tredive kroner om måneden
            Vi ses på fredag
            Børnene spiser smørrebrød i køkkenet
            """),
        Language(
            "Finnish", [.latin1, .windows1252],
            """
            Kiitos nopeasta vastauksesta, hyvää päivää
            Avaimet ovat pöydällä.
            Missä on lähin apteekki?
            Sulje ovi perässäsi
            Vuokrasopimus ja sen liitteet ovat hyllyssä
            Varastopäällikkö Väinö Hämäläinen
            Vesi maksaa kolmekymmentä euroa kuussa
            Nähdään perjantaina
            Lapset söivät mansikoita järven rannalla
            Tänään sataa lunta
            """),
        Language(
            "Icelandic", [.latin1, .windows1252],
            """
            Takk fyrir skjótt svar
            Lyklarnir liggja á borðinu.
            Hvar er næsta apótek?
            Lokið hurðinni á eftir ykkur
            Leigusamningur um íbúð, fylgiskjal tvö
            Verkstjóri: Þórður Ægisson
            Vatnið kostar þrjátíu krónur á mánuði
            Sjáumst á föstudaginn
            Börnin leika sér í garðinum
            Það rignir í dag
            """),
        Language(
            "Dutch", [.latin1, .windows1252],
            """
            De coördinator belt u vóór vrijdag
            Eén sleutel ligt op tafel.
            Hij heeft drie ideeën geïnd
            België heeft een koning
            De reünie is in februari, zei hij
            Het café gaat dicht om elf uur
            Zoë en Daniël zijn ziek
            Beëindig de huur vóór mei
            De financiële gegevens zijn geüpload
            Ruïnes en poëzie trekken bezoekers
            """),
        Language(
            "Turkish", [.latin5, .windows1254],
            """
            Hızlı cevabınız için teşekkürler
            Anahtarlar masanın üstünde.
            En yakın eczane nerede, biliyor musunuz? Çok acele.
            Lütfen kapıyı kapatınız
            Kira sözleşmesi, ek iki, sayfa dört
            Depo müdürü: Şükrü Öztürk
            Su faturası ayda otuz lira tutuyor ve ay sonunda ödenir
            Yarın toplantı olmayacak
            Çocuklar bahçede oynuyor
            İstanbul güzel bir şehir
            """),
        Language(
            "Russian", [.windows1251, .koi8r, .isoCyrillic, .dosCyrillic, .macCyrillic],
            """
            Спасибо за быстрый ответ
            Ключи лежат на столе.
            Договор аренды квартиры, приложение 2
            Где ближайшая аптека?
            Закройте дверь, пожалуйста
            Начальник склада: Юрий Ёлкин
            Вода стоит тридцать рублей в месяц
            Завтра собрания не будет
            ВНИМАНИЕ! Идёт ремонт
            Дети играют в саду за домом, а бабушка печёт пироги.
            """),
        Language(
            "Ukrainian", [.windows1251, .koi8u],
            """
            Дякую за швидку відповідь
            Ключі лежать на столі.
            Договір оренди квартири, додаток 2
            Де найближча аптека?
            Зачиніть двері, будь ласка
            Завідувач складу: Юрій Їжак
            Вода коштує тридцять гривень на місяць
            Завтра зборів не буде
            УВАГА! Триває ремонт
            Діти граються в саду за хатою
            """),
        Language(
            "Bulgarian", [.windows1251],
            """
            Благодаря за бързия отговор
            Ключовете са на масата.
            Договор за наем на жилище, приложение 2
            Къде е най-близката аптека?
            Моля, затворете вратата
            Началник склад: Юлиан Стоянов
            Водата струва тридесет лева на месец
            Утре няма да има събрание
            ВНИМАНИЕ! Ремонт на пътя
            Децата играят в градината зад къщата
            """),
        Language(
            "Serbian", [.windows1251, .isoCyrillic],
            """
            Хвала на брзом одговору
            Кључеви су на столу.
            Уговор о закупу стана, прилог 2
            Где је најближа апотека?
            Затворите врата, молимо
            Управник складишта: Ђорђе Његован
            Вода кошта тридесет динара месечно
            Сутра неће бити састанка
            ПАЖЊА! Радови на путу
            Деца се играју у дворишту иза куће
            """),
        Language(
            "Greek", [.windows1253, .isoGreek],
            """
            Ευχαριστώ για τη γρήγορη απάντηση
            Τα κλειδιά είναι στο τραπέζι.
            Συμβόλαιο ενοικίασης, παράρτημα 2
            Πού είναι το πιο κοντινό φαρμακείο;
            Κλείστε την πόρτα, παρακαλώ
            Υπεύθυνος αποθήκης: Γιώργος Παπαδάκης
            Το νερό κοστίζει τριάντα ευρώ τον μήνα
            Αύριο δεν θα γίνει συνάντηση
            ΠΡΟΣΟΧΗ! Έργα στον δρόμο
            Άνοιξε το παράθυρο
            """),
        Language(
            "Hebrew", [.windows1255, .isoHebrew],
            """
            תודה על התשובה המהירה
            המפתחות על השולחן.
            חוזה שכירות לדירה, נספח 2
            איפה בית המרקחת הקרוב?
            נא לסגור את הדלת
            מנהל המחסן: יוסי כהן
            המים עולים שלושים שקל לחודש
            מחר לא תהיה ישיבה
            זהירות! עבודות בכביש
            הילדים משחקים בגינה מאחורי הבית
            """),
        Language(
            "Arabic", [.windows1256, .isoArabic],
            """
            شكرا على الرد السريع
            المفاتيح على الطاولة.
            عقد إيجار الشقة، الملحق 2
            أين أقرب صيدلية؟
            الرجاء إغلاق الباب
            مدير المستودع: يوسف خالد
            سعر الماء ثلاثون دينارا في الشهر
            لن يكون هناك اجتماع غدا
            انتبه! أعمال في الطريق
            الأطفال يلعبون في الحديقة خلف البيت
            """),
        Language(
            "Lithuanian", [.windows1257],
            """
            Ačiū už greitą atsakymą
            Raktai guli ant stalo, šalia žvakės.
            Buto nuomos sutartis, antras priedas, šeštas puslapis
            Kur yra artimiausia vaistinė?
            Prašome uždaryti duris
            Sandėlio vedėjas: Žydrūnas Čepas
            Vanduo kainuoja trisdešimt eurų per mėnesį
            Rytoj susirinkimo nebus, rašykite laiškus
            Vaikai žaidžia sode už namo
            Traukinys išvyksta septintą valandą ryto
            """),
        Language(
            "Latvian", [.windows1257],
            """
            Paldies par ātro atbildi
            Atslēgas ir uz galda virtuvē.
            Dzīvokļa īres līgums, otrais pielikums
            Kur ir tuvākā aptieka?
            Lūdzu aizveriet durvis
            Noliktavas vadītājs: Jānis Bērziņš
            Ūdens maksā trīsdesmit eiro mēnesī
            Rīt sapulces nebūs
            Bērni spēlējas dārzā aiz mājas
            Vilciens atiet septiņos no rīta
            """),
        Language(
            "Estonian", [.windows1257],
            """
            Tänan kiire vastuse eest
            Võtmed on laual köögis.
            Üürilepingu lisa number kaks
            Kus on lähim apteek?
            Palun sulgege uks, õues on külm
            Laohoidja Jüri Õunapuu
            Vesi maksab kolmkümmend eurot kuus, öeldi meile
            Homme koosolekut ei tule, näeme ülehomme
            Lapsed mängivad aias maja taga
            Täna sajab lund
            """),
        Language(
            "Thai", [.thai],
            """
            ขอบคุณสำหรับคำตอบ
            กุญแจอยู่บนโต๊ะ
            ร้านขายยาที่ใกล้ที่สุดอยู่ที่ไหน
            กรุณาปิดประตู
            สัญญาเช่าบ้าน หน้าสอง
            ค่าน้ำเดือนละสามสิบบาท
            พรุ่งนี้ไม่มีประชุม
            ระวัง ถนนกำลังซ่อม
            เด็กเล่นอยู่ในสวนหลังบ้าน
            วันนี้ฝนตก
            """),
        Language(
            "Vietnamese", [.windows1258],
            """
            Cảm ơn bạn đã trả lời nhanh
            Chìa khóa ở trên bàn.
            Hợp đồng thuê nhà, phụ lục hai
            Nhà thuốc gần nhất ở đâu?
            Xin đóng cửa lại
            Giá nước là ba mươi nghìn đồng một tháng
            Ngày mai không có cuộc họp
            Trẻ em chơi trong vườn sau nhà
            Hôm nay trời mưa
            Đường đang sửa chữa
            """),
        Language(
            "Chinese", [.gb18030],
            """
            谢谢您的快速回复
            钥匙在桌子上。
            房屋租赁合同,附件二
            最近的药店在哪里?
            请关门
            水费每月三十元
            明天不开会
            小心,道路施工
            孩子们在屋后的花园里玩
            今天下雨
            """),
        Language(
            "Chinese of Taiwan", [.big5],
            """
            謝謝您的快速回覆
            鑰匙在桌子上。
            房屋租賃合約,附件二
            最近的藥局在哪裡?
            請關門
            水費每月三十元
            明天不開會
            小心,道路施工
            孩子們在屋後的花園裡玩
            今天下雨
            """),
        Language(
            "Japanese", [.shiftJIS, .eucJapanese],
            """
            早速のご返事ありがとうございます
            鍵はテーブルの上にあります。
            賃貸契約書、付録二
            一番近い薬局はどこですか
            ドアを閉めてください
            水道料金は月に三千円です
            明日の会議は中止です
            注意、道路工事中
            子供たちは庭で遊んでいる
            今日は雨です
            """),
        Language(
            "Korean", [.korean],
            """
            빠른 답변 감사합니다
            열쇠는 식탁 위에 있습니다.
            임대차 계약서, 부록 2
            가장 가까운 약국이 어디입니까?
            문을 닫아 주세요
            수도 요금은 한 달에 삼만 원입니다
            내일은 회의가 없습니다
            주의, 도로 공사 중
            아이들이 뒤뜰에서 놀고 있다
            오늘은 비가 옵니다
            """),
    ]
}

extension ShortTexts.Language {
    /// A language with its encodings, and its texts, one a line.
    fileprivate init(_ name: String, _ encodings: [TextEncoding], _ texts: String) {
        (self.name, self.encodings) = (name, encodings)
        self.texts = texts.split(separator: "\n").map(String.init)
    }
}
