/// Memory that a worker owns for as long as it lives: allocated once, freed once, never shared between threads.
final class Scratch<Element: BitwiseCopyable> {
    let pointer: UnsafeMutablePointer<Element>
    let count: Int

    init(_ count: Int, zero: Element) {
        self.count = count
        let raw = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * MemoryLayout<Element>.stride, alignment: 64)
        pointer = raw.bindMemory(to: Element.self, capacity: max(count, 1))
        pointer.initialize(repeating: zero, count: count)
    }
    deinit { pointer.deallocate() }

    /// The address of element `index`; the caller may use `needed` elements from there.
    func at(_ index: Int, _ needed: Int = 1) -> UnsafeMutablePointer<Element> {
        precondition(index >= 0 && index + needed <= count, "scratch is too small")
        return pointer + index
    }
}
