import ArgumentParser
import CalloutClient
internal import Foundation
import Policy
import Wire

/// `callout context`
struct ContextCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "context", abstract: "Who the command is, and where the services are.",
    discussion: """
      Contexts stand in $CALLOUT_CONFIG, or in ~/.config/callout/contexts.yaml. A command takes the one that --context or \
      $CALLOUT_CONTEXT names, else the one in use.
      """,
    subcommands: [
      ContextSetCommand.self, ContextListCommand.self, ContextUseCommand.self, ContextShowCommand.self,
      ContextRemoveCommand.self,
    ])
}

/// `callout context set`
struct ContextSetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Makes a context, or changes what is given of one.",
    discussion: "The first context that is made is in use at once.")

  @Argument(help: "Its name.")
  var name: String
  @Option(name: .customLong("like"), help: "Take from this context what is not given.")
  var like: String?
  @Option(
    name: .customLong("intake"), help: ArgumentHelp("A process of intake; may be repeated.", valueName: "host:port"))
  var intake: [String] = []
  @Option(
    name: .customLong("ledger"), help: ArgumentHelp("A process of ledger; may be repeated.", valueName: "host:port"))
  var ledger: [String] = []
  @Option(
    name: .customLong("notifier"), help: ArgumentHelp("A process of notifier; may be repeated.", valueName: "host:port")
  )
  var notifier: [String] = []
  @Option(name: .customLong("domain"), help: "The trust domain, such as callout.test.")
  var domain: String?
  @Option(name: .customLong("trust"), help: ArgumentHelp("Authorities that are trusted, PEM.", valueName: "file"))
  var trust: String?
  @Option(name: .customLong("certificate"), help: ArgumentHelp("The identity's certificate, PEM.", valueName: "file"))
  var certificate: String?
  @Option(name: .customLong("key"), help: ArgumentHelp("Its private key, PEM.", valueName: "file"))
  var key: String?
  @Option(name: .customLong("tenant"), help: ArgumentHelp("The tenant that calls are for.", valueName: "id"))
  var tenant: String?

  func validate() throws {
    for address in intake + ledger + notifier where ServiceAddress(address) == nil {
      throw ValidationError("\(address) is not host:port.")
    }
    if let tenant, TenantID(tenant) == nil { throw ValidationError("--tenant is a UUID in lower case.") }
  }

  func run() throws {
    var file = try ContextsFile.load()
    var context = file.contexts.first { $0.name == name } ?? NamedContext(name: name)
    if let like {
      context = try file.chosen(like)
      context.name = name
    }
    for (service, given) in [(ServiceName.intake, intake), (.ledger, ledger), (.notifier, notifier)]
    where !given.isEmpty {
      context.addresses[service] = given
    }
    if let domain { context.domain = domain }
    if let trust { context.trust = absolute(trust) }
    if let certificate { context.certificate = absolute(certificate) }
    if let key { context.key = absolute(key) }
    if let tenant { context.tenant = tenant }
    if let index = file.contexts.firstIndex(where: { $0.name == name }) {
      file.contexts[index] = context
    } else {
      file.contexts.append(context)
    }
    file.current = file.current ?? name
    try file.save()
    Surface.current.err("The context \(name) stands in \(ContextsFile.path()).\n")
  }

  /// A context works from every folder.
  private func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}

/// `callout context list`
struct ContextListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists contexts; * is the one in use.")

  @Option(name: [.customShort("o"), .customLong("output")], help: "table or json.")
  var output: OutputFormat = .table

  func run() throws {
    let file = try ContextsFile.load()
    let rows = file.contexts.map { context -> JSONValue in
      .object([
        .init("in_use", context.name == file.current ? "*" : ""), .init("name", .text(context.name)),
        .init("domain", .text(context.domain)), .init("tenant", .text(context.tenant ?? "")),
        .init("certificate", .text(context.certificate)),
      ])
    }
    let printer = Printer(format: output, times: CivilReading(zone: nil))
    printer.print(rows: rows, columns: ["in_use", "name", "domain", "tenant", "certificate"])
  }
}

/// `callout context use`
struct ContextUseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "use", abstract: "Puts a context in use.")

  @Argument(help: "Its name.")
  var name: String

  func run() throws {
    var file = try ContextsFile.load()
    file.current = try file.chosen(name).name
    try file.save()
    Surface.current.err("The context \(name) is in use.\n")
  }
}

/// `callout context show`
struct ContextShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Shows a context.")

  @Argument(help: "Its name; without one, the context in use.")
  var name: String?
  @Option(name: [.customShort("o"), .customLong("output")], help: "table or json.")
  var output: OutputFormat = .table

  func run() throws {
    let context = try ContextsFile.load().chosen(name)
    var members: [JSONValue.Member] = [.init("name", .text(context.name))]
    for service in ServiceName.allCases {
      members.append(.init(service.rawValue, .list((context.addresses[service] ?? []).map { .text($0) })))
    }
    members += [
      .init("domain", .text(context.domain)), .init("trust", .text(context.trust)),
      .init("certificate", .text(context.certificate)), .init("key", .text(context.key)),
      .init("tenant", context.tenant.map { .text($0) } ?? .null),
    ]
    Printer(format: output, times: CivilReading(zone: nil)).print(object: .object(members))
  }
}

/// `callout context remove`
struct ContextRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "remove", abstract: "Removes a context; its files stay.")

  @Argument(help: "Its name.")
  var name: String

  func run() throws {
    var file = try ContextsFile.load()
    _ = try file.chosen(name)
    file.contexts.removeAll { $0.name == name }
    if file.current == name { file.current = nil }
    try file.save()
    Surface.current.err("The context \(name) is removed.\n")
  }
}
