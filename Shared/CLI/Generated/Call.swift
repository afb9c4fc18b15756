// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout call`
struct CallCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "call", abstract: "Calls from and to customers.",
    subcommands: [CallReportCommand.self, CallListCommand.self, CallScheduleCommand.self])
}

/// `callout call report`
struct CallReportCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Takes a gateway's report of a call to the desk.",
    discussion: "The dialled number is a customer's own hotline, or that of the plan of the customer for whom the caller's number is known. The call continues the ticket that is named, or the latest open one whose ladder listens to calls: the keys bring a later step forward, once, and a voicemail widens it, as escalation.call does; the notifier learns it by news. Otherwise it opens a ticket if the plan's channels take it; if not, it is recorded, without ticket and clock, and the contacts are told in writing what is needed, unless a person answered. A call may be reported several times, as keys are pressed and when it ends; the same report again changes nothing. Refuses a number that is nobody's hotline (501) and fields out of their bounds (121). The installation's gateway need not name the tenant: it is the one whose customer has the dialled number, or whose plan has it; of several with such a plan, the one that knows the caller's number. Where that does not tell, the request is refused (204). Callers: desk, admin, operator, gateway.")
  static let operation = "call.report"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("call-id"), help: ArgumentHelp("The gateway's name of the call, 1 to 200 bytes, never used again.", valueName: "text"))
  var callId: String?
  @Option(name: .customLong("report"), help: ArgumentHelp("Which report of the call it is, 1 to 100; 0: the first.", valueName: "number"))
  var report: UInt32?
  @Option(name: .customLong("dialled"), help: ArgumentHelp("The number that was dialled, in international form.", valueName: "text"))
  var dialled: String?
  @Option(name: .customLong("caller"), help: ArgumentHelp("The caller's number, at most 40 bytes; empty: withheld.", valueName: "text"))
  var caller: String?
  @Option(name: .customLong("digits"), help: ArgumentHelp("Keys pressed since the call began, such as \"39\" or \"3,9\"; may be empty.", valueName: "text"))
  var digits: String?
  @Option(name: .customLong("answer"), help: ArgumentHelp("How it ended: none, person, voicemail or refused; empty: it goes on.", valueName: "text"))
  var answer: String?
  @Option(name: .customLong("by"), help: ArgumentHelp("Who answered, at most 200 bytes; may be empty.", valueName: "text"))
  var by: String?
  @Option(name: .customLong("voicemail-seconds"), help: ArgumentHelp("Length of what a machine took, at most 86,400; only with voicemail.", valueName: "number"))
  var voicemailSeconds: UInt32?
  @Option(name: .customLong("voicemail-reference"), help: ArgumentHelp("Where that is kept, at most 1,000 bytes; only with voicemail.", valueName: "text"))
  var voicemailReference: String?
  @Option(name: .customLong("ticket-number"), help: ArgumentHelp("The ticket that the caller named; 0: none.", valueName: "number"))
  var ticketNumber: UInt64?
  @Option(name: .customLong("class"), help: ArgumentHelp("The class that the caller chose, such as by a key; empty: the plan's default.", valueName: "text"))
  var `class`: String?
  @Argument(help: ArgumentHelp("The same as --call-id.", valueName: "text"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("call_id", callId ?? positionalID)
    request.set("report", report)
    try request.set("dialled", dialled)
    try request.set("caller", caller)
    try request.set("digits", digits)
    try request.set("answer", answer)
    try request.set("by", by)
    request.set("voicemail_seconds", voicemailSeconds)
    try request.set("voicemail_reference", voicemailReference)
    request.set("ticket_number", ticketNumber)
    try request.set("class", `class`)
  }
}

/// `callout call list`
struct CallListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists reports of calls, newest first.",
    discussion: "Callers: desk, auditor, admin, operator.")
  static let operation = "call.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Empty: of every ticket, and of none.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}

/// `callout call schedule`
struct CallScheduleCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "The desk has agreed with the customer when it will call: a call for which nobody was free is put off until then, and the customer is told so in a message.",
    discussion: "At that time the feed tells of it, unless the customer was reached since. Doing so again moves it. No clock is moved. Refuses a time at which the plan does not take such a ticket (504) or that is past (121), and a ticket that is neither open nor dispatched (503). Callers: desk, admin.")
  static let operation = "call.schedule"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("at"), help: ArgumentHelp("When the desk will call.", valueName: "time"))
  var at: String?
  @Option(name: .customLong("note"), help: ArgumentHelp("What else the customer is told, at most 1,000 bytes.", valueName: "text"))
  var note: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket)
    try request.set("at", at)
    try request.set("note", note)
  }
}
