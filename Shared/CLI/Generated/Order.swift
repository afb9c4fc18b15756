// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout order`
struct OrderCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order", abstract: "Packages that are bought again by themselves.",
    subcommands: [OrderPlaceCommand.self, OrderEndCommand.self, OrderListCommand.self])
}

/// `callout order place`
struct OrderPlaceCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "place", abstract: "Buys a package that the plan has on standing order, and buys it again every month, quarter or year at the start of the same day of the month in the plan's zone (the month's last day where it lacks that day), until the order or the agreement ends.",
    discussion: "Refuses what package.purchase refuses, and a package that is not for standing orders (510). Callers: portal, desk, sales, admin.")
  static let operation = "order.place"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("agreement"), help: ArgumentHelp("An active agreement.", valueName: "id"))
  var agreement: String?
  @Option(name: .customLong("package"), help: ArgumentHelp("The package's id in the plan.", valueName: "text"))
  var package: String?
  @Option(name: .customLong("quantity"), help: ArgumentHelp("1 to 1,000, each time.", valueName: "number"))
  var quantity: UInt32?
  @Option(name: .customLong("paid"), help: ArgumentHelp("As package.purchase asks for it, each time.", valueName: "number"))
  var paid: Int64?
  @Option(name: .customLong("reference"), help: ArgumentHelp("The sale's own reference, at most 1,000 bytes.", valueName: "text"))
  var reference: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("agreement_id", agreement)
    try request.set("package", package)
    request.set("quantity", quantity)
    request.set("paid", paid)
    try request.set("reference", reference)
  }
}

/// `callout order end`
struct OrderEndCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "Ends a standing order: it is not bought again.",
    discussion: "What was bought stays. Refuses one that has ended (503). Callers: portal, desk, sales, admin.")
  static let operation = "order.end"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("order"), help: ArgumentHelp("One that goes on.", valueName: "id"))
  var order: String?
  @Option(name: .customLong("reason"), help: ArgumentHelp("Why, 1 to 1,000 bytes.", valueName: "text"))
  var reason: String?
  @Argument(help: ArgumentHelp("The same as --order.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("order_id", order ?? positionalID)
    try request.set("reason", reason)
  }
}

/// `callout order list`
struct OrderListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists standing orders of an agreement, newest first.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "order.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("agreement"), help: ArgumentHelp("Which agreement.", valueName: "id"))
  var agreement: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("agreement_id", agreement)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}
