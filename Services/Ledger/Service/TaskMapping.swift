import Policy
import ServiceKit
import Wire

/// Named maxima of a task as the wire may carry it.
enum TaskLimits {
  static let factsMax = 64
  static let workMax = 1000
  static let partsMax = 100
  static let blocksMax: UInt32 = 100
  static let assessmentMax = 50
}

extension WorkTask {
  /// A task as the wire carries it, checked.
  init(_ task: Callout_V1_Task) throws(Refused) {
    var facts = try Facts(field: "task.facts", task.facts, countMax: TaskLimits.factsMax)
    if let closed = try Instant.optional(field: "task.earlier_closed_ms", milliseconds: task.earlierClosedMs) {
      facts[.closed] = .instant(closed)
    }
    if let reported = try Instant.optional(field: "task.reported_ms", milliseconds: task.reportedMs) {
      facts[.reported] = .instant(reported)
    }
    guard task.blocksConsented <= TaskLimits.blocksMax else {
      throw Refused(
        .invalid(field: "task.blocks_consented"), "At most \(TaskLimits.blocksMax) blocks are consented to.")
    }
    guard task.assessment.count <= TaskLimits.assessmentMax else {
      throw Refused(.invalid(field: "task.assessment"), "An assessment has at most \(TaskLimits.assessmentMax) items.")
    }
    self.init(
      facts: facts, work: try Self.work(task), beyond: try Self.intervals(task.beyond, field: "task.beyond"),
      consentedBlocks: Int(task.blocksConsented),
      situationAssessed: task.assessed,
      assessment: task.overrideReason.isEmpty
        ? .done(Set(task.assessment)) : .overridden(reason: task.overrideReason),
      parts: try Self.parts(task.parts), misusedClass: task.misusedClass.isEmpty ? nil : task.misusedClass)
  }

  private static func work(_ task: Callout_V1_Task) throws(Refused) -> Work {
    guard !task.work.isEmpty || !task.beyond.isEmpty else { return .minutes(Int64(task.minutes)) }
    return .intervals(try intervals(task.work, field: "task.work"))
  }

  private static func intervals(_ told: [Callout_V1_Interval], field: String) throws(Refused) -> [WorkInterval] {
    guard told.count <= TaskLimits.workMax else {
      throw Refused(.invalid(field: field), "A task has at most \(TaskLimits.workMax) stretches of work.")
    }
    var intervals: [WorkInterval] = []
    for work in told {
      let from = try Instant(field: "\(field).from_ms", milliseconds: work.fromMs)
      let to = try Instant(field: "\(field).to_ms", milliseconds: work.toMs)
      guard from <= to else {
        throw Refused(.invalid(field: field), "Work ends after it began.")
      }
      intervals.append(WorkInterval(from: from, to: to))
    }
    return intervals
  }

  private static func parts(_ parts: [Callout_V1_Part]) throws(Refused) -> [PartsLine] {
    guard parts.count <= TaskLimits.partsMax else {
      throw Refused(.invalid(field: "task.parts"), "A task has at most \(TaskLimits.partsMax) parts.")
    }
    var lines: [PartsLine] = []
    for part in parts {
      // A part without a price has none agreed yet: whether that may be charged is the plan's to say.
      let agreed: Amount? = part.price == 0 ? nil : try Amount(field: "task.parts.price", part.price)
      lines.append(PartsLine(text: part.name, minutes: Int64(part.minutes), agreed: agreed))
    }
    return lines
  }
}
