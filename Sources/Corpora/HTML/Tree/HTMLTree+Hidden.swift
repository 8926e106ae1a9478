extension HTMLTree {
    /// How many pieces of a page browsers hide, though they hold text: the outermost hidden elements and closed dialogs.
    ///
    /// - Parameter copies: hidden elements that show a formula once more.
    func hiddenPieces(besides copies: Set<Int>) -> Int {
        var count = 0
        var index = 0
        while index < nodes.count {
            guard !isVisible(index) else {
                index += 1
                continue
            }
            let isPiece = nodes[index].isHidden && !nodes[index].tag.isRemoved || nodes[index].tag == .dialog
            if isPiece, !copies.contains(index), holdsText(index) { count += 1 }
            index = nodes[index].end
        }
        return count
    }

    /// Whether an element holds letters or digits, outside scripts and the like.
    private func holdsText(_ element: Int) -> Bool {
        var index = element + 1
        while index < nodes[element].end {
            if nodes[index].tag.isRemoved {
                index = nodes[index].end
            } else if bytes[nodes[index].text].contains(where: { $0.isAlphanumeric || $0 >= 0x80 }) {
                return true
            } else {
                index += 1
            }
        }
        return false
    }
}
