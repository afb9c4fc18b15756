import CalloutClient
import Policy
import Wire
internal import Yams

extension Scenario {
  /// Reads a scenario file.
  ///
  /// - Throws: ``CommandFailure`` with the usage status, which names file and line.
  init(yaml: String, path: String, zoneinfo: String = ZoneFiles.directory) throws {
    self = try ScenarioReader(document: try YAMLDocument(yaml, path: path), zoneinfo: zoneinfo).scenario()
  }
}

/// Makes a scenario of its file.
private struct ScenarioReader {
  /// Methods that concern all services at once; a scenario's head and its `advance` steps do what they do.
  static let excluded: Set<String> = ["tenant.create", "plan.publish", "clock.advance", "event.apply", "changes.watch"]

  let document: YAMLDocument
  let zoneinfo: String

  func scenario() throws -> Scenario {
    var members: [String: Node] = [:]
    let keys = ["title", "zone", "start", "plans", "identities", "variables", "steps"]
    for (key, value) in try document.members(document.root, "a scenario") {
      guard keys.contains(key.text) else {
        throw document.failure(key.line, "a scenario has no \(key.text); it has " + keys.joined(separator: ", "))
      }
      members[key.text] = value
    }
    func required(_ key: String) throws -> Node {
      guard let node = members[key] else { throw document.failure(1, "\(key) is missing") }
      return node
    }
    let title = try document.text(try required("title"), "title")
    guard (1...200).contains(title.utf8.count) else {
      throw document.failure(document.line(try required("title")), "a title has 1 to 200 bytes")
    }
    let zone = try members["zone"].map { try self.zone($0) } ?? .utc
    let start = try required("start")
    var scenario = Scenario(
      title: title, zone: zone, start: try instant(start, zone),
      plans: try members["plans"].map { try plans($0) } ?? [],
      identities: [:], variables: [:], steps: [])
    if let node = members["identities"] {
      for (key, value) in try document.members(node, "identities") {
        scenario.identities[key.text] = try document.text(value, key.text)
      }
    }
    if let node = members["variables"] {
      for (key, value) in try document.members(node, "variables") {
        scenario.variables[key.text] = try document.json(value)
      }
    }
    let steps = try document.items(try required("steps"), "steps")
    guard steps.count <= Scenario.stepCountMax else {
      throw document.failure(document.line(try required("steps")), "at most \(Scenario.stepCountMax) steps are played")
    }
    for (index, node) in steps.enumerated() {
      scenario.steps.append(
        try StepReader(document: document, zone: zone, excluded: Self.excluded).step(node, index + 1))
    }
    return scenario
  }

  private func plans(_ node: Node) throws -> [String] {
    if node.scalar != nil { return [try document.file(node, "plans")] }
    return try document.items(node, "plans").map { try document.file($0, "plans") }
  }

  private func zone(_ node: Node) throws -> TimeZoneRules {
    let name = try document.text(node, "zone")
    do { return try ZoneFiles.load(name, directory: zoneinfo) } catch let failure as CommandFailure {
      throw CommandFailure(.usage, "\(document.path):\(document.line(node)): \(failure.text)")
    }
  }

  private func instant(_ node: Node, _ zone: TimeZoneRules) throws -> Instant {
    let text = try document.text(node, "start")
    guard let instant = CivilReading(zone: zone).instant(text) else {
      throw document.failure(document.line(node), "\(text) is neither an instant nor a civil time of \(zone.name)")
    }
    return instant
  }
}
