import Foundation

/// A part of scratch memory, with its length.
package typealias Buffer<Element> = UnsafeMutableBufferPointer<Element>

/// Memory that one worker owns: allocated once, freed with the object, never shared between threads.
package final class Scratch<Element: BitwiseCopyable> {
    private static var border: Int { 64 }
    private let memory: UnsafeMutableRawPointer
    private let first: UnsafeMutablePointer<Element>
    private let count: Int

    /// `count` elements on a border of 64 bytes, each of which is all zeros. Large parts take no memory until they are written.
    init(_ count: Int) {
        precondition(count >= 0, "scratch has no negative size")
        // Without memory there is no way on, as for an array.
        guard let memory = calloc(count * MemoryLayout<Element>.stride + Self.border, 1) else { fatalError("out of memory") }
        self.memory = memory
        first = memory.alignedUp(toMultipleOf: Self.border).bindMemory(to: Element.self, capacity: count)
        self.count = count
    }

    deinit { free(memory) }

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
