/// Probabilities of the bits of the next byte.
struct ByteModel {
    /// The probability of a certain event.
    static let total: UInt64 = 1 << 16

    private static let orders = 4
    /// Where the counters of each order start. A hash spreads the contexts of orders 2 and 3 over their counters.
    private static let firstCounter = [0, 1 << 8, (1 << 8) + (1 << 16), (1 << 8) + (1 << 16) + (1 << 15)]
    private static let counterCount = (1 << 8) + (1 << 16) + (1 << 16)

    /// The probability that the bit is one, in the upper 12 bits, and a count of up to 15 in the lower 4.
    private var counters = [UInt16](repeating: 2048 << 4, count: counterCount)
    /// Weights with 16 fractional bits: one for each order, in each of 16 sets.
    private var weights = [Int32](repeating: 22_000, count: 16 * orders)
    /// The last eight bytes, the newest lowest.
    private var history: UInt64 = 0
    /// A one, and after it the bits of the current byte so far.
    private var partial = 1
    private var slots: InlineArray<4, Int> = .init(repeating: 0)
    private var inputs: InlineArray<4, Int32> = .init(repeating: 0)
    private var set = 0
    private var mixed: Int32 = 1 << 15

    /// The last whole byte.
    var lastByte: UInt8 { UInt8(truncatingIfNeeded: history) }

    /// The probability that the next bit is one: 32 to 65,504 of `total`.
    mutating func probability() -> UInt64 {
        let first = Self.firstCounter
        slots[0] = partial
        slots[1] = first[1] + (Int(history & 0xFF) << 8 | partial)
        slots[2] = first[2] + Self.hash(history & 0xFFFF | 1 << 32, partial)
        slots[3] = first[3] + Self.hash(history & 0xFF_FFFF | 2 << 32, partial)
        set = Self.bucket[Int(counters[slots[2]] & 15)] * 4 + Self.bucket[Int(counters[slots[3]] & 15)]
        var sum: Int64 = 0
        for i in 0..<Self.orders {
            let counter = counters[slots[i]]
            inputs[i] = counter & 15 == 0 ? 0 : Logits.stretch[Int(counter >> 4)]
            sum += Int64(inputs[i]) * Int64(weights[set * Self.orders + i])
        }
        mixed = min(65_504, max(32, Logits.squash(Int32(max(-2047, min(2047, sum >> 16))))))
        return UInt64(mixed)
    }

    /// Learns the bit that the last call of `probability` was for.
    mutating func update(_ bit: UInt8) {
        let error = (Int32(bit) << 16) - mixed
        for i in 0..<Self.orders {
            let step = (Int64(inputs[i]) * Int64(error) + 1 << 16) >> 17
            let weight = Int64(weights[set * Self.orders + i]) + step
            weights[set * Self.orders + i] = Int32(max(-(1 << 20), min(1 << 20, weight)))
            let counter = counters[slots[i]]
            let count = counter & 15
            let target: Int32 = bit == 1 ? 4095 : 0
            let old = Int32(counter >> 4)
            let new = old + ((target - old) * Self.rate[Int(count)] + 1 << 15) >> 16
            counters[slots[i]] = UInt16(new) << 4 | min(count + 1, Self.countLimit)
        }
        partial = partial << 1 | Int(bit)
        if partial > 255 {
            history = history << 8 | UInt64(partial & 255)
            partial = 1
        }
    }

    private static let countLimit: UInt16 = 15
    /// How far a counter moves, for each count: 65,536 / (count + 1.5).
    private static let rate: [Int32] = (0..<16).map { 131_072 / (2 * $0 + 3) }
    /// The class of each count, for the choice of a set of weights.
    private static let bucket = [0, 1, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3]

    private static func hash(_ context: UInt64, _ partial: Int) -> Int {
        let mixed = (context &* 0x9E37_79B9_7F4A_7C15) ^ (UInt64(partial) &* 0xC2B2_AE3D_27D4_EB4F)
        return Int((mixed &* 0xD6E8_FEB8_6659_FD93) >> 49)
    }
}

extension ByteModel {
    /// The state that every passage starts from: the model after `primer`.
    static let primed: ByteModel = {
        var model = ByteModel()
        for byte in primer.utf8 {
            for shift in (0..<8).reversed() {
                _ = model.probability()
                model.update(byte >> UInt8(shift) & 1)
            }
        }
        return model
    }()

    /// Examples of the text that the backbone codes badly. They are part of the format and never change.
    private static let primer = """
        Поезд пришёл на станцию поздно, и все уже спали. Это было в начале весны, когда ещё лежал снег; что делать?
        Το τρένο έφτασε στον σταθμό αργά και όλοι κοιμόντουσαν. Ήταν η αρχή της άνοιξης.
        وصل القطار إلى المحطة متأخرا وكان الجميع نائمين. هكذا كان في أول الربيع.
        רכבת הגיעה לתחנה מאוחר וכולם כבר ישנו.
        रेलगाड़ी स्टेशन पर देर से पहुँची और सब लोग सो रहे थे। यह वसंत की शुरुआत थी।
        火车很晚才到站，大家都已经睡了。那是初春的时候，地上还有雪。
        列車は遅れて駅に着きました。みんなはもう眠っていた。それは春のことです。
        기차가 늦게 역에 도착했고 모두 자고 있었다. 이른 봄이었다.
        id,time,value\n1,2019-04-07,0.2531\n2,2019-04-08,-17.40\n3,2020-11-30,1.0e-05\n
        {"name": "x1", "size": 4096, "items": [12, 7, 250], "ok": true, "next": null}
        0x7f3a 00 00 ff ff 9c d4 e1 5b 3d41402abc4b2a76b9719d911017c592
        The quick note: see page 14 and the table below, or write to us.

        """
}
