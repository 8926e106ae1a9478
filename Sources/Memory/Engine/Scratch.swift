/// A part of scratch memory, with its length.
package typealias Buffer<Element> = UnsafeMutableBufferPointer<Element>

/// Memory that one worker owns: allocated once, freed with the object, never shared between threads.
package final class Scratch<Element: BitwiseCopyable> {
    private let first: UnsafeMutablePointer<Element>
    private let count: Int

    /// `count` elements, each `zero`, on a border of 64 bytes.
    init(_ count: Int, zero: Element) {
        precondition(count >= 0, "scratch has no negative size")
        let size = max(count, 1)
        let raw = UnsafeMutableRawPointer.allocate(byteCount: size * MemoryLayout<Element>.stride, alignment: 64)
        first = raw.bindMemory(to: Element.self, capacity: size)
        first.initialize(repeating: zero, count: count)
        self.count = count
    }

    deinit { first.deallocate() }

    /// All elements.
    package var all: Buffer<Element> { Buffer(start: first, count: count) }

    /// The `count` elements from `index` on.
    @inline(__always)
    func at(_ index: Int, _ count: Int) -> Buffer<Element> {
        precondition(index >= 0 && count >= 0 && index <= self.count &- count, "scratch is too small")
        return Buffer(start: first + index, count: count)
    }

    /// One element.
    @inline(__always)
    subscript(index: Int) -> Element {
        get {
            precondition(index >= 0 && index < count, "scratch is too small")
            return first[index]
        }
        set {
            precondition(index >= 0 && index < count, "scratch is too small")
            first[index] = newValue
        }
    }
}
