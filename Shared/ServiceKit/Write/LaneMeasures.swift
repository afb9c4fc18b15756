import Metrics
import Wire

/// What lanes count.
struct LaneMeasures: Sendable {
  private let batches = Counter(label: "callout_batches_total")
  private let batchSize = Recorder(label: "callout_batch_commands", aggregate: true)
  private let batchSeconds = Timer(label: "callout_batch_seconds")
  private let singledOut = Counter(label: "callout_batches_rejected_total")
  private let conflicts = Counter(label: "callout_batch_conflicts_total")
  private let presumedBatches = Counter(label: "callout_batches_presumed_total")
  private let staleBatches = Counter(label: "callout_batches_presumed_in_vain_total")

  func committed(_ commands: Int, took duration: Duration) {
    batches.increment()
    batchSize.record(commands)
    batchSeconds.recordNanoseconds(
      duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000)
  }

  func singled() { singledOut.increment() }
  func conflicted() { conflicts.increment() }
  func presumed() { presumedBatches.increment() }
  func presumedInVain() { staleBatches.increment() }

  func refused(_ code: RefusalCode) {
    Counter(label: "callout_refusals_total", dimensions: [("code", code.name)]).increment()
  }
}
