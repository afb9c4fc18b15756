// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout endpoint`
struct EndpointCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "endpoint", abstract: "Where own systems take signed messages.",
    subcommands: [EndpointSetCommand.self, EndpointListCommand.self, EndpointRemoveCommand.self])
}

/// `callout endpoint set`
struct EndpointSetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Makes an endpoint for signed webhooks, or changes the one of that name.",
    discussion: "Where a secret is made, the reply is the only place that ever shows it. Messages are signed as the Standard Webhooks convention has it, with both secrets while one replaces the other. Refuses an address that another endpoint has (502). Callers: admin.")
  static let operation = "endpoint.set"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("name"), help: ArgumentHelp("1 to 40 letters, digits, - or _.", valueName: "text"))
  var name: String?
  @Option(name: .customLong("url"), help: ArgumentHelp("Https://host[:port][/path][?query], at most 254 bytes.", valueName: "text"))
  var url: String?
  @Option(name: .customLong("secret"), help: ArgumentHelp("The secret to use: whsec_ and base64 of 24 to 64 bytes; empty: see rotate.", valueName: "text"))
  var secret: String?
  @Flag(name: .customLong("rotate"), help: "True: a new secret is made though there is one; a new endpoint gets one anyway.")
  var rotate = false
  @Option(name: .customLong("earlier-until"), help: ArgumentHelp("Until when a secret that is replaced signs too, at most 30 days ahead; 0: a day.", valueName: "time"))
  var earlierUntil: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("name", name)
    try request.set("url", url)
    try request.set("secret", secret)
    request.set("rotate", rotate)
    try request.set("earlier_until", earlierUntil)
  }
}

/// `callout endpoint list`
struct EndpointListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the endpoints in the order of their making.",
    discussion: "Callers: admin, desk.")
  static let operation = "endpoint.list"

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

/// `callout endpoint remove`
struct EndpointRemoveCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Removes an endpoint; what is still to be sent there is tried in vain until its deadline.",
    discussion: "Refuses one that is not there (501). Callers: admin.")
  static let operation = "endpoint.remove"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("name"), help: ArgumentHelp("Which endpoint.", valueName: "text"))
  var name: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("name", name)
  }
}
