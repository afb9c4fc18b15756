import CalloutClient
internal import Foundation
import Policy
import Wire
internal import Yams

/// Who the command is and where the services are.
struct NamedContext: Hashable, Sendable {
  var name: String
  /// The processes of each service, `host:port`.
  var addresses: [ServiceName: [String]] = [:]
  var domain = ""
  /// PEM files.
  var trust = ""
  var certificate = ""
  var key = ""
  var tenant: String?

  /// What a client needs; fails where something is missing.
  func configuration() throws -> CalloutConfiguration {
    for (what, value) in [("domain", domain), ("trust", trust), ("certificate", certificate), ("key", key)]
    where value.isEmpty {
      throw CommandFailure(.usage, "The context \(name) has no \(what): callout context set \(name) --\(what) …")
    }
    var places: [ServiceName: [ServiceAddress]] = [:]
    for (service, texts) in addresses {
      places[service] = try texts.map { text in
        guard let address = ServiceAddress(text) else {
          throw CommandFailure(.usage, "The context \(name) has an address \(text) that is not host:port.")
        }
        return address
      }
    }
    var id: TenantID?
    if let tenant {
      id = TenantID(tenant)
      guard id != nil else { throw CommandFailure(.usage, "The context \(name) has a tenant that is no UUID.") }
    }
    return CalloutConfiguration(
      addresses: places, domain: domain, certificate: certificate, key: key, trust: trust, tenant: id)
  }
}

/// The file of contexts: `$CALLOUT_CONFIG`, or `~/.config/callout/contexts.yaml`.
struct ContextsFile: Hashable, Sendable {
  var current: String?
  /// In the order of the file.
  var contexts: [NamedContext] = []

  /// Where it is.
  static func path(_ environment: [String: String] = Surface.current.environment) -> String {
    if let path = environment["CALLOUT_CONFIG"], !path.isEmpty { return path }
    let base =
      environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? (environment["HOME"] ?? ".") + "/.config"
    return base + "/callout/contexts.yaml"
  }

  /// The file's contexts; none where there is no file.
  static func load() throws -> ContextsFile {
    let path = path()
    guard FileManager.default.fileExists(atPath: path) else { return ContextsFile() }
    return try ContextsFile(yaml: try Surface.current.readText(path), path: path)
  }

  /// The context with a name, or without one the one in use.
  func chosen(_ name: String?) throws -> NamedContext {
    guard let name = name ?? current else {
      throw CommandFailure(.usage, "No context is in use. See `callout context set --help`.")
    }
    guard let context = contexts.first(where: { $0.name == name }) else {
      let known = contexts.map(\.name).joined(separator: ", ")
      throw CommandFailure(.usage, "There is no context \(name)" + (known.isEmpty ? "." : "; there are \(known)."))
    }
    return context
  }

  /// Writes the file in one step, readable by its owner alone.
  func save() throws {
    let path = Self.path()
    let directory = URL(fileURLWithPath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      try Data(yaml.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    } catch {
      throw CommandFailure(.usage, "\(path) cannot be written.")
    }
  }

  /// The file's text. JSON's quoting is YAML's too.
  var yaml: String {
    func quoted(_ text: String) -> String { JSONValue.text(text).compact }
    var lines = ["# Contexts of the callout command; see callout context --help."]
    if let current { lines.append("current: " + quoted(current)) }
    lines.append(contexts.isEmpty ? "contexts: {}" : "contexts:")
    for context in contexts {
      lines.append("  \(quoted(context.name)):")
      for service in ServiceName.allCases {
        if let addresses = context.addresses[service], !addresses.isEmpty {
          lines.append("    \(service.rawValue): [" + addresses.map(quoted).joined(separator: ", ") + "]")
        }
      }
      let fields = [
        ("domain", context.domain), ("trust", context.trust), ("certificate", context.certificate),
        ("key", context.key),
        ("tenant", context.tenant ?? ""),
      ]
      for (key, value) in fields where !value.isEmpty { lines.append("    \(key): " + quoted(value)) }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension ContextsFile {
  /// Reads the file's text.
  ///
  /// - Throws: ``CommandFailure`` that names file and line.
  init(yaml: String, path: String) throws {
    let document = try YAMLDocument(yaml, path: path)
    for (key, value) in try document.members(document.root, "contexts or current") {
      switch key.text {
      case "current": current = try document.text(value, "current")
      case "contexts":
        for (name, body) in try document.members(value, "contexts") {
          contexts.append(try Self.context(name.text, body, document))
        }
      case _: throw document.failure(key.line, "there is no setting \(key.text); there are current and contexts")
      }
    }
  }

  private static func context(_ name: String, _ body: Node, _ document: YAMLDocument) throws -> NamedContext {
    var context = NamedContext(name: name)
    for (key, value) in try document.members(body, "the context \(name)") {
      if let service = ServiceName(rawValue: key.text) {
        context.addresses[service] = try document.texts(value, key.text)
        continue
      }
      let text = try document.text(value, key.text)
      switch key.text {
      case "domain": context.domain = text
      case "trust": context.trust = text
      case "certificate": context.certificate = text
      case "key": context.key = text
      case "tenant": context.tenant = text
      case _:
        throw document.failure(
          key.line,
          "a context has no \(key.text); it has intake, ledger, notifier, domain, trust, certificate, key, tenant")
      }
    }
    return context
  }
}
