import Foundation
import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

extension Callout_V1_Task {
  /// The most stretches of work that a task tells.
  static let intervalCountMax = 1000

  /// What rating looks at, as the wire shows it.
  init(_ task: TaskFacts) {
    self.init()
    facts = task.facts.all.map { Callout_V1_Fact($0.name, $0.fact) }
    work = task.work.prefix(Self.intervalCountMax).map(Callout_V1_Interval.init)
    beyond = task.beyond.prefix(Self.intervalCountMax).map(Callout_V1_Interval.init)
    reportedMs = task.reportedAt.milliseconds
    completedMs = task.completedAt.milliseconds
    blocksConsented = UInt32(task.blocksConsented)
    assessed = task.isAssessed
    assessment = task.assessment
    overrideReason = task.assessmentOverride ?? ""
    earlierClosedMs = task.earlierClosedAt.milliseconds
    parts = task.parts.map(Callout_V1_Part.init)
    misusedClass = task.misusedClass ?? ""
  }
}

extension Callout_V1_StretchTask {
  /// What rating looks at in an earlier stretch, as the wire shows it.
  init(_ facts: StretchFacts) {
    self.init()
    reopened = UInt32(facts.stretch)
    task = Callout_V1_Task(facts.task)
    targets = facts.targets.map(Callout_V1_TargetStatus.init)
  }
}
