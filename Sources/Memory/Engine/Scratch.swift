/// A part of scratch memory, with its length.
package typealias Buffer<Element> = UnsafeMutableBufferPointer<Element>

/// Memory that one worker owns: allocated once, freed with the object, never shared between threads.
package final class Scratch<Element: BitwiseCopyable> {
    /// All elements.
    package let all: Buffer<Element>

    /// `count` elements, each `zero`, on a border of 64 bytes.
    init(_ count: Int, zero: Element) {
        precondition(count >= 0, "scratch has no negative size")
        let raw = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * MemoryLayout<Element>.stride, alignment: 64)
        let first = raw.bindMemory(to: Element.self, capacity: max(count, 1))
        first.initialize(repeating: zero, count: count)
        all = Buffer(start: first, count: count)
    }

    deinit { all.baseAddress?.deallocate() }

    /// The `count` elements from `index` on.
    func at(_ index: Int, _ count: Int) -> Buffer<Element> {
        precondition(index >= 0 && count >= 0 && index <= all.count && count <= all.count - index, "scratch is too small")
        return Buffer(rebasing: all[index..<index + count])
    }

    /// One element.
    subscript(index: Int) -> Element {
        get {
            precondition(index >= 0 && index < all.count, "scratch is too small")
            return all[index]
        }
        set {
            precondition(index >= 0 && index < all.count, "scratch is too small")
            all[index] = newValue
        }
    }
}
