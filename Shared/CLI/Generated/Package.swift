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
    commandName: "purchase", abstract: "Sells a package of the plan, whose units go into the wallet of their unit; what is left there and not expired is carried over where the package says so.",
    discussion: "Or sells a service that the plan sells for itself, which grants no units: the agreement's tier must have it (504). Only sales may, and who administers its work: others are refused with the plan's referral (203). Refuses what the plan does not sell (510), a service that was bought already (502), and an agreement that has ended (503). Callers: portal, desk, sales, admin.")
  static let operation = "package.purchase"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("agreement"), help: ArgumentHelp("An active agreement.", valueName: "id"))
  var agreement: String?
  @Option(name: .customLong("package"), help: ArgumentHelp("The package's id in the plan, or the service.", valueName: "text"))
  var package: String?
  @Option(name: .customLong("quantity"), help: ArgumentHelp("1 to 1,000; a service is bought once.", valueName: "number"))
  var quantity: UInt32?
  @Option(name: .customLong("paid"), help: ArgumentHelp("Minor units of the plan's currency; the package's price times quantity, if it has one.", valueName: "number"))
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
