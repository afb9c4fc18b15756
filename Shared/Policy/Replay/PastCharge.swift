/// A charge of the past without a ticket, as the lines of its transfer tell of it.
public struct PastCharge: Hashable, Sendable {
  /// Units that it took.
  public var total: Amount
  /// What was done, as far as the lines looked at it.
  public var task: WorkTask

  /// A line of a transfer.
  public struct Line: Hashable, Sendable {
    /// Nil for what is no line of a rating.
    public var kind: ChargeLine.Kind?
    public var text: String
    public var units: Amount
    /// What it looked at, as `name: value`.
    public var inputs: [String]

    public init(kind: ChargeLine.Kind?, text: String, units: Amount, inputs: [String]) {
      self.kind = kind
      self.text = text
      self.units = units
      self.inputs = inputs
    }
  }

  /// The charge that lines tell of; nil where they rate nothing.
  public init?(_ lines: [Line]) {
    let rated = lines.filter { $0.kind != nil }
    guard !rated.isEmpty else { return nil }
    var task = WorkTask(facts: Facts(), work: .minutes(0), assessment: .notAsked)
    for line in rated {
      var minutes: Int64 = 0
      for looked in line.inputs.map(Looked.init) {
        switch looked {
        case .fact(let name, let fact): if let fact { task.facts[name] = fact }
        case .minutes(let told): minutes = told
        case .consents(let blocks): task.consentedBlocks = blocks
        case .words: break
        }
      }
      switch line.kind {
      case .rate: task.work = .minutes(minutes)
      case .part: task.parts.append(WorkTask.PartsLine(text: line.text, minutes: minutes, agreed: line.units))
      case .manualWaiver: task.waivers.append(WorkTask.ManualWaiver(units: -line.units, reason: line.text))
      case .voided, .waiver, nil: break
      }
    }
    total = rated.reduce(0) { $0 + $1.units }
    self.task = task
  }
}

extension Plan {
  /// What this version and an older one make of a charge; nil where the older one does not come to what was charged: the
  /// lines do not tell all that it rested on.
  public func replay(_ charge: PastCharge, from old: Plan) -> (old: Rating, new: Rating)? {
    let before = old.rate(charge.task)
    return before.total == charge.total ? (before, rate(charge.task)) : nil
  }
}
