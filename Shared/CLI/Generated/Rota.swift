// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout rota`
struct RotaCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rota", abstract: "Who is on duty when.",
    subcommands: [RotaSetCommand.self, RotaListCommand.self, RotaWhoCommand.self, RotaForecastCommand.self])
}

/// `callout rota set`
struct RotaSetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Creates a rota, or replaces the one of the same name from now on: what held before is kept for questions about the past.",
    discussion: "Its lowest layer stands in the fields of the request. Of a group everyone on a layer is told while the layer has somebody. The desk is warned 14 days before a time in which nobody is on duty, and again 3 days before, in the change feed (rota.uncovered) and by mail: to everyone on group.desk, or, where there is no such group, to everyone on the rota. Where none of them has a mail address, it is tried again every day. Callers: admin, desk.")
  static let operation = "rota.set"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("name"), help: ArgumentHelp("\"duty.\" or \"group.\", then letters, digits, - or _; at most 64 bytes.", valueName: "text"))
  var name: String?
  @Option(name: .customLong("rota-zone"), help: ArgumentHelp("IANA time zone of the hand-over, such as \"Asia/Singapore\".", valueName: "text"))
  var rotaZone: String?
  @Option(name: .customLong("handover"), help: ArgumentHelp("Civil time of day at which turns change, 00:00 to 23:59.", valueName: "text"))
  var handover: String?
  @Option(name: .customLong("turn-days"), help: ArgumentHelp("Length of a turn, 1 to 366 days.", valueName: "number"))
  var turnDays: UInt32?
  @Option(name: .customLong("starts"), help: ArgumentHelp("The first turn's start; nobody is on duty before; 0: now.", valueName: "time"))
  var starts: String?
  @Option(name: .customLong("person"), help: ArgumentHelp("In order of their turns, at most 100, each known here.", valueName: "id"))
  var person: [String] = []
  @Option(name: .customLong("hour"), help: ArgumentHelp("When the lowest layer has somebody: \"mon-fri 09:00-18:00\", \"sun-thu 22:00-06:00\"; at most 21; none: always.", valueName: "text"))
  var hour: [String] = []
  @Option(name: .customLong("ends"), help: ArgumentHelp("Nobody of the lowest layer is on duty from then on; 0: it does not end.", valueName: "time"))
  var ends: String?
  @Option(name: .customLong("layer"), help: ArgumentHelp("Further layers, each above those before it, at most 9.", valueName: "json|@file"))
  var layer: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("name", name)
    try request.set("zone", rotaZone)
    try request.set("handover", handover)
    request.set("turn_days", turnDays)
    try request.set("starts", starts)
    try request.set("people", person)
    try request.set("hours", hour)
    try request.set("ends", ends)
    try request.set("layers", layer)
    request.name("zone", "rota-zone")
  }
}

/// `callout rota list`
struct RotaListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists rotas in the order of their ids.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "rota.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}

/// `callout rota who`
struct RotaWhoCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "who", abstract: "Says who is on duty at an instant, past or future, overrides counted.",
    discussion: "A past instant is answered by the rota that held then. Refuses a name that no rota has (501). Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "rota.who"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("name"), help: ArgumentHelp("The rota's name, such as \"duty.primary\".", valueName: "text"))
  var name: String?
  @Option(name: .customLong("at"), help: ArgumentHelp("0: now.", valueName: "time"))
  var at: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("name", name)
    try request.set("at", at)
  }
}
