/// Reads the fields of a plan document in an order in which later ones can be checked against earlier ones; what can
/// only be checked at the end (a ladder named before it is defined) is kept in `references`.
struct PlanReader {
  let log: ProblemLog
  let zones: ZoneLoader
  var currency: Currency?
  var unit: String?
  var units: [String] = []
  var calendars: [String: WorkCalendar] = [:]
  var referrals: [String: String] = [:]
  var values: [FactName: [String]] = [:]
  /// Where each clause stands, by its id.
  var places: [String: PlanPlace] = [:]
  var references: [Reference] = []

  /// A name that must turn out to be defined.
  struct Reference {
    enum Kind {
      case target
      case ladder
      case ticketClass
      case tier
      case obligation
      case service
      case rate
    }

    var kind: Kind
    var name: String
    var field: Field
  }

  /// Registers a clause's id, which is the plan's own or `fallback`.
  mutating func id(_ map: FieldMap, fallback: String? = nil) -> String {
    let field = fallback == nil ? map.need("id") : map.take("id")
    let id: String
    if let field { id = field.name() ?? "?" } else { id = fallback ?? "?" }
    register(id, PlanPlace(path: map.path, line: field?.line ?? map.line), idPath: field?.path)
    return id
  }

  /// Registers an id that is the key of its clause, or of a class's own.
  mutating func register(_ id: String, _ place: PlanPlace, idPath: String? = nil) {
    guard id != "?" else { return }
    if let earlier = places[id] {
      log.add(
        path: idPath ?? place.path, line: place.line,
        "the id '\(id)' is used on line \(earlier.line) already: give this clause another")
    } else {
      places[id] = place
    }
  }

  /// The name of a calendar that the plan defines.
  func calendar(_ field: Field) -> String? { field.text().flatMap { calendar(named: $0, field) } }

  func calendar(named name: String, _ field: Field) -> String? {
    guard calendars[name] != nil else {
      field.fail(unknown("calendar", name, among: calendars.keys.sorted()))
      return nil
    }
    return name
  }

  /// The key of a referral that the plan defines.
  func referral(_ field: Field?) -> String? {
    guard let field, let name = field.name() else { return nil }
    guard referrals[name] != nil else {
      field.fail(unknown("referral", name, among: referrals.keys.sorted()) + "; define it under referrals")
      return nil
    }
    return name
  }

  mutating func refer(_ kind: Reference.Kind, _ field: Field?) -> String? {
    guard let field, let name = field.name() else { return nil }
    references.append(Reference(kind: kind, name: name, field: field))
    return name
  }
}

extension Plan {
  /// Reads a plan document: YAML, at most 256 KiB, 32 levels deep, without aliases.
  ///
  /// Every problem is reported, with its path, its line and what to do, not the first alone (at most 100). `zones` gives
  /// the bytes of a zone's TZif file; it is asked once, for a name that ``TimeZoneRules/isZoneName(_:)`` passes.
  public static func read(_ yaml: String, zones: ZoneLoader) -> Result<Plan, PlanErrors> {
    withoutActuallyEscaping(zones) { zones in
      switch DocumentNode.read(yaml) {
      case .failure(let errors): return .failure(errors)
      case .success(let root):
        let log = ProblemLog()
        var reader = PlanReader(log: log, zones: zones)
        let field = Field(node: root, path: "", line: 1, log: log)
        let plan = field.map().flatMap { reader.plan($0, version: DocumentNode.version(yaml)) }
        if let plan, log.problems.isEmpty { return .success(plan) }
        let problems = log.problems.sorted { ($0.line, $0.path, $0.text) < ($1.line, $1.path, $1.text) }
        return .failure(PlanErrors(problems: problems))
      }
    }
  }
}

extension PlanReader {
  /// The whole document; nil when something that every plan needs is missing (a problem says so then).
  mutating func plan(_ map: FieldMap, version: [UInt8]) -> Plan? {
    let id = map.need("plan")?.name()
    let title = map.need("title")?.text(maximum: 200)
    let zone = zone(map.need("zone"))
    if let field = map.need("currency"), let code = field.text() {
      currency = Currency(code)
      if currency == nil { field.fail("'\(code)' is no ISO 4217 currency: write three capitals, such as SGD") }
    }
    unit = map.need("unit")?.name()
    units = map.take("units").map { $0.oneOrMore().compactMap { $0.name() } } ?? []
    if let unit, units.contains(unit) { map.fail("units lists further units, beside \(unit)") }
    let hotlines = map.take("hotline").map { $0.oneOrMore().compactMap { $0.text(maximum: 40) } } ?? []
    for entry in map.take("referrals")?.entries() ?? [] { referrals[entry.key] = entry.field.text() ?? "" }
    for entry in map.take("values")?.entries() ?? [] { readValues(entry.key, entry.field) }
    // Without a zone the hours are still checked, so that all problems are told at once.
    readHours(map.need("hours"), zone: zone ?? .utc)

    let contacts = map.take("contacts").flatMap { contactRule($0) }
    let channels = clauses(map.take("channels")) { $0.channelRule($1) }
    let admission = clauses(map.take("admission")) { $0.admissionClause($1) }
    let targets = clauses(map.take("targets")) { $0.target($1, scope: nil) }
    let packages = clauses(map.take("packages")) { $0.package($1) }
    let rounding = map.take("rounding").flatMap { self.rounding($0) }
    let rates = clauses(map.take("rates")) { $0.rate($1, rounding: rounding) }
    let parts = map.take("parts").flatMap { partsRule($0) }
    let waivers = clauses(map.take("waivers")) { $0.waiver($1) }
    let overage = map.take("overage").flatMap { self.overage($0) }
    let assessment = map.take("before_first_charge").flatMap { assessmentRule($0) }
    let lateWork = map.take("late_work").flatMap { lateWorkRule($0) }
    let statement = map.take("statement")?.choice(Cycle.self).map { StatementRule(every: $0) }
    let classes = (map.take("classes")?.entries() ?? []).compactMap { ticketClass($0.key, $0.field) }
    let defaultClass = refer(.ticketClass, map.take("default_class"))
    let ladders = (map.take("ladders")?.entries() ?? []).compactMap { ladder($0.key, $0.field) }
    let quietHours = map.take("quiet_hours").flatMap { self.quietHours($0) }
    let merging = map.take("merging").flatMap { mergingRule($0) }
    let mail = map.take("mail").flatMap { mailRule($0) }
    let tiers = map.take("tiers").map { $0.oneOrMore().compactMap { $0.name() } } ?? []
    let entitlements = clauses(map.take("entitlements")) { $0.entitlement($1) }
    let exclusions = clauses(map.take("exclusions")) { $0.exclusion($1) }
    let product = map.take("product").flatMap { productLife($0) }
    let obligations = clauses(map.take("obligations")) { $0.obligation($1) }
    let preliminary = map.take("preliminary_reply")?.oneOrMore().compactMap { $0.choice(Milestone.self) }
    let updates = map.take("updates").flatMap { updateRule($0) }
    let survey = map.take("survey").flatMap { surveyRule($0) }
    let notices = map.take("notices").flatMap { noticeRule($0) } ?? .standard
    map.finish()

    guard let id, let title, let zone, let currency, let unit, let version = PlanVersion(bytes: version)
    else { return nil }
    let plan = Plan(
      id: id, title: title, version: version, zone: zone, currency: currency, unit: unit, furtherUnits: units,
      hotlines: hotlines, referrals: referrals, values: values, calendars: calendars, contacts: contacts,
      channels: channels, admission: admission, targets: targets, packages: packages, rates: rates, parts: parts,
      waivers: waivers, rounding: rounding,
      overage: overage, assessment: assessment, lateWork: lateWork, statement: statement, classes: classes,
      defaultClass: defaultClass, ladders: ladders, quietHours: quietHours, merging: merging, mail: mail, tiers: tiers,
      entitlements: entitlements, exclusions: exclusions,
      product: product, obligations: obligations, preliminaryReply: preliminary ?? [.acknowledged], updates: updates,
      survey: survey, notices: notices, places: places)
    resolve(plan)
    return plan
  }

  /// The clauses of a list; what cannot be read leaves a problem and no clause.
  private mutating func clauses<C>(_ field: Field?, _ read: (inout PlanReader, FieldMap) -> C?) -> [C] {
    (field?.list() ?? []).compactMap { element in
      guard let map = element.map() else { return nil }
      defer { map.finish() }
      return read(&self, map)
    }
  }

  private func zone(_ field: Field?) -> TimeZoneRules? {
    guard let field, let name = field.text() else { return nil }
    guard TimeZoneRules.isZoneName(name) else {
      field.fail("'\(name)' cannot name a time zone: write it as Asia/Singapore")
      return nil
    }
    do {
      return try TimeZoneRules(name: name, tzif: try zones(name))
    } catch let error as TZifError {
      field.fail("the zone file of '\(name)' cannot be used: \(error)")
    } catch {
      field.fail("this system knows no time zone '\(name)': write it as Asia/Singapore, or install the zone files")
    }
    return nil
  }

  private mutating func readValues(_ key: String, _ field: Field) {
    guard let name = FactName(rawValue: key), FactName.withValues.contains(name) else {
      field.fail(unknown("fact", key, among: FactName.withValues.map(\.rawValue)))
      return
    }
    values[name] = field.oneOrMore().compactMap { element in
      guard let value = element.name() else { return nil }
      if let known = name.knownValues, !known.contains(value) {
        element.fail(unknown(name.rawValue, value, among: known))
      }
      return value
    }
  }

  /// Checks what could only be checked once everything was read.
  private func resolve(_ plan: Plan) {
    let targets = plan.targets.map(\.id) + plan.classes.flatMap { $0.targets.map(\.id) }
    for reference in references {
      let (what, known): (String, [String]) =
        switch reference.kind {
        case .target: ("target", targets)
        case .ladder: ("ladder", plan.ladders.map(\.id))
        case .ticketClass: ("class", plan.classes.map(\.id))
        case .tier: ("tier", plan.tiers)
        case .obligation: ("obligation", plan.obligations.map(\.id))
        case .service: ("service", plan.services)
        case .rate: ("rate", plan.rates.map(\.id))
        }
      if !known.contains(reference.name) { reference.field.fail(unknown(what, reference.name, among: known)) }
    }
    for finding in plan.contradictions() {
      log.add(path: finding.path, line: finding.line, finding.text)
    }
  }
}
