// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout visit`
struct VisitCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "visit", abstract: "Visits to a customer's site.",
    subcommands: [VisitScheduleCommand.self, VisitArriveCommand.self, VisitDepartCommand.self, VisitCancelCommand.self, VisitListCommand.self])
}

/// `callout visit schedule`
struct VisitScheduleCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "Books an appointment for a ticket or a maintenance visit for an account.",
    discussion: "Refuses a ticket that is neither open nor dispatched (503). Callers: desk, admin.")
  static let operation = "visit.schedule"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("Needed for a maintenance visit; for an appointment the ticket's account, or empty.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Empty for a maintenance visit.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("kind"), help: ArgumentHelp("Appointment or maintenance.", valueName: "text"))
  var kind: String?
  @Option(name: .customLong("engineer"), help: ArgumentHelp("Who goes, at most 200 bytes; empty: not settled.", valueName: "text"))
  var engineer: String?
  @Option(name: .customLong("planned"), help: ArgumentHelp("When to be there, not past.", valueName: "time"))
  var planned: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account)
    try request.set("ticket_id", ticket)
    try request.set("kind", kind)
    try request.set("engineer", engineer)
    try request.set("planned", planned)
  }
}

/// `callout visit arrive`
struct VisitArriveCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "arrive", abstract: "Records that someone is on site, now.",
    discussion: "The ticket becomes dispatched; a maintenance visit begins. Refuses a visit that is not planned, a ticket that is neither open nor dispatched, and a second maintenance visit at once (503). Callers: desk, admin.")
  static let operation = "visit.arrive"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("visit"), help: ArgumentHelp("Which visit.", valueName: "id"))
  var visit: String?
  @Argument(help: ArgumentHelp("The same as --visit.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("visit_id", visit ?? positionalID)
  }
}

/// `callout visit depart`
struct VisitDepartCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "depart", abstract: "Records that whoever was on site has left, now.",
    discussion: "Refuses a visit at which nobody is (503). Callers: desk, admin.")
  static let operation = "visit.depart"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("visit"), help: ArgumentHelp("Which visit.", valueName: "id"))
  var visit: String?
  @Argument(help: ArgumentHelp("The same as --visit.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("visit_id", visit ?? positionalID)
  }
}

/// `callout visit cancel`
struct VisitCancelCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Calls a planned visit off.",
    discussion: "The ticket is open again when nobody else is on the way, and its targets no longer count the visit. Refuses an empty reason (515) and a visit that has begun or is cancelled (503). Callers: desk, admin.")
  static let operation = "visit.cancel"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("visit"), help: ArgumentHelp("Which visit.", valueName: "id"))
  var visit: String?
  @Option(name: .customLong("reason"), help: ArgumentHelp("Why, 1 to 1,000 bytes; kept as an internal message on the ticket.", valueName: "text"))
  var reason: String?
  @Argument(help: ArgumentHelp("The same as --visit.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("visit_id", visit ?? positionalID)
    try request.set("reason", reason)
  }
}

/// `callout visit list`
struct VisitListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists visits of an account or of a ticket, newest first.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "visit.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("Which customer; looked at when `ticket_id` is empty.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket; empty: every visit of the account.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account)
    try request.set("ticket_id", ticket)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}
