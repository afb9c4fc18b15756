// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout package`
struct PackageCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "package", abstract: "Prepaid packages.",
    subcommands: [PackagePurchaseCommand.self])
}

/// `callout package purchase`
struct PackagePurchaseCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "purchase", abstract: "Grants a package of the plan.",
    discussion: "What is left and not expired is carried over where the package says so. Refuses a package that the plan does not have (510), and an agreement that has ended (503). Callers: sales, admin.")
  static let operation = "package.purchase"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("agreement"), help: ArgumentHelp("An active agreement.", valueName: "id"))
  var agreement: String?
  @Option(name: .customLong("package"), help: ArgumentHelp("The package's id in the plan.", valueName: "text"))
  var package: String?
  @Option(name: .customLong("quantity"), help: ArgumentHelp("1 to 1,000.", valueName: "number"))
  var quantity: UInt32?
  @Option(name: .customLong("paid"), help: ArgumentHelp("Minor units of the plan's currency; must be the package's price times quantity.", valueName: "number"))
  var paid: Int64?
  @Option(name: .customLong("reference"), help: ArgumentHelp("The sale's own reference.", valueName: "text"))
  var reference: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("agreement_id", agreement)
    try request.set("package", package)
    request.set("quantity", quantity)
    request.set("paid", paid)
    try request.set("reference", reference)
  }
}
