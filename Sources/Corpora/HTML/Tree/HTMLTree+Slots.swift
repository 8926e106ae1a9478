import CLibXML2

/// Shadow roots that a page declares show the children of their host in their slots.
extension HTMLTree {
    /// Moves the children of hosts into the slots that show them, in place of what the slots show without them.
    ///
    /// A child that no slot takes stays where it is.
    static func fillSlots(of root: UnsafeMutablePointer<xmlNode>, _ page: [UInt8]) {
        guard HTMLRawText.find(page, "<slot", from: 0) != nil, HTMLRawText.find(page, "<template", from: 0) != nil else {
            return
        }
        var hosts: Set<UnsafeMutablePointer<xmlNode>> = []
        for shadow in elements(of: root, named: "template") where isShadow(shadow) {
            // A host has one shadow root, the first.
            guard let host = shadow.pointee.parent, hosts.insert(host).inserted else { continue }
            var light: [String: [UnsafeMutablePointer<xmlNode>]] = [:]
            var next = host.pointee.children
            while let child = next {
                next = child.pointee.next
                guard child != shadow, [XML_ELEMENT_NODE, XML_TEXT_NODE].contains(child.pointee.type) else { continue }
                light[HTMLConditions.attribute("slot", of: child) ?? "", default: []].append(child)
            }
            for slot in elements(of: shadow, named: "slot") where !isHidden(slot, in: shadow) {
                let shown = light.removeValue(forKey: HTMLConditions.attribute("name", of: slot) ?? "") ?? []
                guard shown.contains(where: { xmlIsBlankNode($0) == 0 }) else { continue }
                if let usual = xmlNewDocNode(root.pointee.doc, nil, hidden, nil) {
                    while let child = slot.pointee.children { move(child, to: usual) }
                    xmlAddChild(slot, usual)
                }
                for child in shown { move(child, to: slot) }
            }
        }
    }

    /// The element around what a slot shows without children of the host.
    private static let hidden = "script"

    private static func move(_ node: UnsafeMutablePointer<xmlNode>, to parent: UnsafeMutablePointer<xmlNode>) {
        xmlUnlinkNode(node)
        xmlAddChild(parent, node)
    }

    private static func isShadow(_ element: UnsafeMutablePointer<xmlNode>) -> Bool {
        xmlStrEqual(element.pointee.name, "template") != 0
            && ["shadowrootmode", "shadowroot"].contains { HTMLConditions.attribute($0, of: element) != nil }
    }

    /// Whether a slot stands in what another slot shows without children of the host.
    private static func isHidden(
        _ slot: UnsafeMutablePointer<xmlNode>, in shadow: UnsafeMutablePointer<xmlNode>
    ) -> Bool {
        var above = slot.pointee.parent
        while let node = above, node != shadow {
            if xmlStrEqual(node.pointee.name, hidden) != 0 { return true }
            above = node.pointee.parent
        }
        return false
    }

    /// The elements below a node with this name, in order; slots without those of a shadow root inside.
    private static func elements(
        of root: UnsafeMutablePointer<xmlNode>, named name: String
    ) -> [UnsafeMutablePointer<xmlNode>] {
        var found: [UnsafeMutablePointer<xmlNode>] = []
        var next = root.pointee.children
        while let node = next {
            let isElement = node.pointee.type == XML_ELEMENT_NODE
            if isElement, xmlStrEqual(node.pointee.name, name) != 0 { found.append(node) }
            if isElement, let child = node.pointee.children, name != "slot" || !isShadow(node) {
                next = child
                continue
            }
            var current = node
            while current != root, current.pointee.next == nil, let above = current.pointee.parent { current = above }
            next = current == root ? nil : current.pointee.next
        }
        return found
    }
}
