// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout hold`
struct HoldCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold", abstract: "Units kept aside.",
    subcommands: [HoldPlaceCommand.self, HoldCaptureCommand.self, HoldVoidCommand.self, HoldListCommand.self])
}

/// `callout hold place`
struct HoldPlaceCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "place", abstract: "Keeps units of an agreement aside until they are captured, voided or expire.",
    discussion: "Refuses more than is available (507) and an agreement that has ended (503). Callers: desk, portal, admin.")
  static let operation = "hold.place"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("agreement"), help: ArgumentHelp("An active agreement.", valueName: "id"))
  var agreement: String?
  @Option(name: .customLong("amount"), help: ArgumentHelp("Units, 1 to 1,000,000,000.", valueName: "number"))
  var amount: Int64?
  @Option(name: .customLong("reason"), help: ArgumentHelp("What for, 1 to 1,000 bytes.", valueName: "text"))
  var reason: String?
  @Option(name: .customLong("ticket"), help: ArgumentHelp("The ticket it is for; empty: none.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("expires"), help: ArgumentHelp("0: never.", valueName: "time"))
  var expires: String?
  @Option(name: .customLong("unit"), help: ArgumentHelp("Of which wallet.", valueName: "text"))
  var unit: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("agreement_id", agreement)
    request.set("amount", amount)
    try request.set("reason", reason)
    try request.set("ticket_id", ticket)
    try request.set("expires", expires)
    try request.set("unit", unit)
  }
}

/// `callout hold capture`
struct HoldCaptureCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "capture", abstract: "Charges up to the hold's amount and frees the rest.",
    discussion: "Refuses a hold that has ended (503) or expired (517). Callers: desk, portal, admin.")
  static let operation = "hold.capture"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("hold"), help: ArgumentHelp("An open one.", valueName: "id"))
  var hold: String?
  @Option(name: .customLong("amount"), help: ArgumentHelp("Units, 0 to the hold's amount.", valueName: "number"))
  var amount: Int64?
  @Option(name: .customLong("text"), help: ArgumentHelp("What is charged, 1 to 1,000 bytes; needed when the amount is above 0.", valueName: "text"))
  var text: String?
  @Argument(help: ArgumentHelp("The same as --hold.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("hold_id", hold ?? positionalID)
    request.set("amount", amount)
    try request.set("text", text)
  }
}

/// `callout hold void`
struct HoldVoidCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "void", abstract: "Frees all units of an open hold.",
    discussion: "Refuses one that was captured or voided (503) or has expired (517). Callers: desk, portal, admin.")
  static let operation = "hold.void"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("hold"), help: ArgumentHelp("An open one.", valueName: "id"))
  var hold: String?
  @Option(name: .customLong("reason"), help: ArgumentHelp("Why, 1 to 1,000 bytes.", valueName: "text"))
  var reason: String?
  @Argument(help: ArgumentHelp("The same as --hold.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("hold_id", hold ?? positionalID)
    try request.set("reason", reason)
  }
}

/// `callout hold list`
struct HoldListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists holds of an agreement, newest first.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "hold.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("agreement"), help: ArgumentHelp("Which agreement.", valueName: "id"))
  var agreement: String?
  @Option(name: .customLong("state"), help: ArgumentHelp("Empty: every state.", valueName: "text"))
  var state: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("agreement_id", agreement)
    try request.set("state", state)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}
