import ArgumentParser
import CalloutClient
import Policy

/// What the commands that try a plan take.
struct PlanFile: ParsableArguments {
  /// The longest plan that a service takes, in bytes.
  static let byteCountMax = 262_144

  @Argument(help: ArgumentHelp("The plan, YAML.", valueName: "file"))
  var file: String
  @Option(name: .customLong("zoneinfo"), help: ArgumentHelp("Where the time zone files are.", valueName: "folder"))
  var zoneinfo: String = ZoneFiles.directory
  @Option(name: [.customShort("o"), .customLong("output")], help: "table or json.")
  var output: OutputFormat = .table

  /// The plan.
  ///
  /// - Throws: ``CommandFailure`` with every error of the document, each with file, line and path.
  func plan() throws -> Plan {
    switch try reading() {
    case .success(let plan): return plan
    case .failure(let errors):
      throw CommandFailure(.refused, Self.lines(of: errors.problems, in: file).joined(separator: "\n"))
    }
  }

  func reading() throws -> Result<Plan, PlanErrors> {
    let bytes = try Surface.current.read(file, byteCountMax: Self.byteCountMax)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandFailure(.refused, "\(file) is no text in UTF-8.")
    }
    return Plan.read(text, zones: ZoneFiles.loader(zoneinfo))
  }

  static func lines(of problems: [PlanProblem], in file: String) -> [String] {
    problems.map { "\(file):\($0.line): " + ($0.path.isEmpty ? "" : "\($0.path): ") + $0.text }
  }

  /// Reads an instant: ISO 8601, or civil time of the plan's zone.
  func instant(_ text: String, option: String, in plan: Plan) throws -> Instant {
    guard let instant = CivilReading(zone: plan.zone).instant(text) else {
      throw CommandFailure(
        .usage,
        "--\(option) \(text) is neither an instant nor a civil time of \(plan.zone.name), such as 2026-03-02 09:00.")
    }
    return instant
  }

  func printer(_ plan: Plan) -> Printer { Printer(format: output, times: CivilReading(zone: plan.zone)) }
}

/// `callout plan check`
struct PlanCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Reads a plan and lists everything that is wrong with it.",
    discussion: "Needs no service. Ends with 1 if there is an error; warnings alone do not fail it.")

  @OptionGroup var source: PlanFile

  func run() throws {
    switch try source.reading() {
    case .failure(let errors): throw refusal(errors.problems)
    case .success(let plan):
      let findings = plan.lint()
      for finding in findings where !finding.isError { Surface.current.err("\(source.file): \(finding)\n") }
      let errors = findings.filter(\.isError).map { PlanProblem(path: $0.path, line: $0.line, text: $0.text) }
      guard errors.isEmpty else { throw refusal(errors) }
      source.printer(plan).print(
        object: [
          "plan": .text(plan.id), "title": .text(plan.title), "version": .text(plan.version.description),
          "warnings": .integer(Int64(findings.count)),
        ])
    }
  }
}

extension PlanCheckCommand {
  /// The refusal that lists every error with file, line and path; prints them too where JSON is asked for.
  private func refusal(_ problems: [PlanProblem]) -> CommandFailure {
    if source.output == .json {
      let list = problems.map { problem -> JSONValue in
        [
          "file": .text(source.file), "line": .integer(Int64(problem.line)), "path": .text(problem.path),
          "text": .text(problem.text),
        ]
      }
      Surface.current.out(JSONValue.object([.init("errors", .list(list))]).pretty + "\n")
    }
    let lines = PlanFile.lines(of: problems, in: source.file)
    return CommandFailure(.refused, "the plan has \(lines.count) error(s)\n" + lines.joined(separator: "\n"))
  }
}

/// `callout plan show`
struct PlanShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows what a plan says: its hours, targets, packages, rates and waivers.",
    discussion: "Needs no service.")

  @OptionGroup var source: PlanFile

  func run() throws {
    let plan = try source.plan()
    func texts(_ items: [String]) -> JSONValue { .list(items.map { .text($0) }) }
    source.printer(plan).print(
      object: [
        "plan": .text(plan.id), "title": .text(plan.title), "version": .text(plan.version.description),
        "zone": .text(plan.zone.name), "currency": .text(plan.currency.code), "unit": .text(plan.unit),
        "hours": texts(plan.calendars.keys.sorted()),
        "admission": .list(plan.admission.map { ["id": .text($0.id), "text": .text($0.text)] }),
        "targets": .list(
          plan.targets.map {
            [
              "id": .text($0.id), "by": .text($0.by.description), "in": .text($0.calendar),
              "met_by": .text($0.metBy.rawValue),
            ]
          }),
        "packages": .list(
          plan.packages.map {
            [
              "id": .text($0.id), "grants": .integer($0.grants.units),
              "price": $0.price.map { .text($0.description) } ?? .null,
              "lasts": $0.lasts.map { .text($0.description) } ?? .null,
            ]
          }),
        "rates": .list(
          plan.rates.map {
            ["id": .text($0.id), "text": .text($0.text), "basis": .text(Self.basis($0.basis, plan.unit))]
          }),
        "waivers": .list(plan.waivers.map { ["id": .text($0.id), "text": .text($0.text)] }),
        "ladders": texts(plan.ladders.map(\.id)),
      ])
  }

  private static func basis(_ basis: Rate.Basis, _ unit: String) -> String {
    switch basis {
    case .flat(let amount): "\(amount) \(unit)s"
    case .blocks(let span, let first, let each) where first == each: "\(each) \(unit)s for each \(span)"
    case .blocks(let span, let first, let each): "\(first) \(unit)s for the first \(span), \(each) for each further"
    case .per(let span, let each): "\(each) \(unit)s for each \(span)"
    }
  }
}
