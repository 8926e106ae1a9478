extension HTMLTree {
    /// Shows notes that are hidden, or stand in a hidden element. What else such an element holds stays hidden.
    mutating func showNotes() {
        // The outermost hidden element around each element that was looked at.
        var hidden: [Int: Int] = [:]
        var ways: Set<Int> = []
        for note in nodes.indices where nodes[note].isNote {
            hide(note, false)
            var above = nodes[note].parent
            var path: [Int] = []
            while above >= 0, hidden[above] == nil {
                path.append(above)
                above = nodes[above].parent
            }
            var outermost = hidden[above] ?? -1
            for node in path.reversed() {
                if outermost < 0, nodes[node].isHidden { outermost = node }
                hidden[node] = outermost
            }
            var way = nodes[note].parent
            guard way >= 0, let end = hidden[way], end >= 0 else { continue }
            while way >= end, ways.insert(way).inserted { way = nodes[way].parent }
        }
        for way in ways where !nodes[way].isNote {
            for child in children(of: way) where !ways.contains(child) && !nodes[child].isNote {
                hide(child)
            }
        }
        for way in ways { hide(way, false) }
    }
}
