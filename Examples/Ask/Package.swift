// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "Ask",
    dependencies: [.package(name: "r3mem", path: "../..")],
    targets: [.executableTarget(name: "Ask", dependencies: [.product(name: "R3Mem", package: "r3mem")])]
)
