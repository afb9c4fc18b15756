extension Facts {
  /// Reads facts from JSON (or YAML): a map from the vocabulary's names to texts, flags, lists of texts, and instants in
  /// ISO 8601. Every problem is reported.
  public static func read(_ text: String) -> Result<Facts, PlanErrors> {
    readDocument(text) { $0.facts() }
  }
}

extension WorkTask {
  /// Reads a task from JSON (or YAML): `facts`; `minutes`, or `work` as a list of `from` and `to` in ISO 8601;
  /// `consented_blocks`, `situation_assessed`, `assessment` (the items done) or `assessment_override` (a reason),
  /// `parts` (`text`, `minutes`, `agreed`) and `waivers` (`units`, `reason`), which may be left out. Without either
  /// assessment field, none is asked for.
  public static func read(_ text: String) -> Result<WorkTask, PlanErrors> {
    readDocument(text) { root in
      guard let map = root.map() else { return nil }
      defer { map.finish() }
      let facts = map.need("facts")?.facts()
      let work = work(map)
      let blocks = map.take("consented_blocks")?.whole(0...Plan.maximumMinutes) ?? 0
      let assessed = map.take("situation_assessed")?.flag() ?? false
      var state = AssessmentState.notAsked
      if let done = map.take("assessment") {
        state = .done(Set((done.list() ?? []).compactMap { $0.name() }))
      }
      if let reason = map.take("assessment_override")?.text() { state = .overridden(reason: reason) }
      let parts = (map.take("parts")?.list() ?? []).compactMap { part($0) }
      let waivers = (map.take("waivers")?.list() ?? []).compactMap { waiver($0) }
      guard let facts, let work else { return nil }
      return WorkTask(
        facts: facts, work: work, consentedBlocks: Int(blocks), situationAssessed: assessed, assessment: state,
        parts: parts, waivers: waivers)
    }
  }

  private static func work(_ map: FieldMap) -> Work? {
    let (minutes, intervals) = (map.take("minutes"), map.take("work"))
    guard (minutes == nil) != (intervals == nil) else {
      map.fail("say how long it took: minutes: 181, or work: a list of from and to")
      return nil
    }
    if let minutes { return minutes.whole(0...Plan.maximumMinutes).map { .minutes($0) } }
    let read = (intervals?.list() ?? []).compactMap { field -> WorkInterval? in
      guard let map = field.map() else { return nil }
      defer { map.finish() }
      guard let from = map.need("from")?.instant(), let to = map.need("to")?.instant() else { return nil }
      if to < from { map.fail("ends before it begins") }
      return WorkInterval(from: from, to: to)
    }
    return .intervals(read)
  }

  private static func part(_ field: Field) -> PartsLine? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let text = map.need("text")?.text()
    let minutes = map.take("minutes")?.whole(0...Plan.maximumMinutes) ?? 0
    let agreed = map.take("agreed")?.amount(unit: nil)
    return text.map { PartsLine(text: $0, minutes: minutes, agreed: agreed) }
  }

  private static func waiver(_ field: Field) -> ManualWaiver? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let units = map.take("units")?.amount(unit: nil)
    return map.need("reason")?.text().map { ManualWaiver(units: units, reason: $0) }
  }
}

private func readDocument<T>(_ text: String, _ read: (Field) -> T?) -> Result<T, PlanErrors> {
  switch DocumentNode.read(text) {
  case .failure(let errors): return .failure(errors)
  case .success(let root):
    let log = ProblemLog()
    let value = read(Field(node: root, path: "", line: 1, log: log))
    if let value, log.problems.isEmpty { return .success(value) }
    return .failure(PlanErrors(problems: log.problems.sorted { ($0.line, $0.path) < ($1.line, $1.path) }))
  }
}

extension Field {
  func instant() -> Instant? {
    guard let text = text(maximum: 40) else { return nil }
    guard let instant = Instant(text) else {
      fail("'\(text)' is no instant: write it as 2026-11-21T09:00:00+08:00")
      return nil
    }
    return instant
  }

  /// A map from the vocabulary's names to facts.
  func facts() -> Facts? {
    guard case .map = node.value else {
      fail("facts are wanted here, as name: value")
      return nil
    }
    var facts = Facts()
    for (key, field) in entries() {
      guard let name = FactName(rawValue: key) else {
        field.fail(unknown("fact", key, among: FactName.allCases.map(\.rawValue)))
        continue
      }
      switch name.shape {
      case .flag: facts[name] = field.flag().map { .flag($0) }
      case .instant: facts[name] = field.instant().map { .instant($0) }
      case .list: facts[name] = .list((field.oneOrNone()).compactMap { field.known(name, $0.text(maximum: 100)) })
      case .text: facts[name] = field.known(name, field.text(maximum: 100)).map { .text($0) }
      }
    }
    return facts
  }

  /// The elements of a list, which may be empty, or the value alone.
  private func oneOrNone() -> [Field] {
    if case .list(let nodes) = node.value, nodes.isEmpty { return [] }
    return oneOrMore()
  }

  private func known(_ name: FactName, _ text: String?) -> String? {
    if let text, let known = name.knownValues, !known.contains(text) {
      fail(unknown(name.rawValue, text, among: known))
    }
    return text
  }
}
