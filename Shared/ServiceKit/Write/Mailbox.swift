import DequeModule
import Policy
import Synchronization

/// Where commands wait for their lane. Event loops put in, the lane takes out; neither waits for the other.
///
/// A batch takes from every waiting tenant in turn, so that a busy one starves nobody; the commands of one tenant stay in
/// their order.
final class Mailbox<Item: Sendable>: Sendable {
  /// What became of items that were put in.
  struct Admission {
    /// Whether the lane slept and must be woken.
    let wake: Bool
    /// Items that were not taken, and why.
    let refused: [(item: Item, reason: Refusal)]
  }

  /// Why an item was not taken.
  enum Refusal: Sendable {
    /// The mailbox is full.
    case full
    /// The service is shutting down.
    case closed
  }

  private struct Contents {
    var queues: [TenantID: Deque<Item>] = [:]
    /// Tenants with something waiting, in the order of their turns.
    var turns: Deque<TenantID> = []
    var count = 0
    var isAwake = false
    var isClosed = false
  }

  /// The most items that wait.
  let countMax: Int
  /// The most that the items of one batch weigh together; one that weighs more is a batch of its own.
  let batchMax: Int
  private let oneTenantABatch: Bool
  private let weight: @Sendable (Item) -> Int
  private let contents = Mutex(Contents())

  /// Makes a mailbox.
  ///
  /// - Parameter weight: how much of a batch an item takes, 1 or more.
  init(
    countMax: Int, batchMax: Int, oneTenantABatch: Bool = false, weight: @escaping @Sendable (Item) -> Int = { _ in 1 }
  ) {
    self.countMax = countMax
    self.batchMax = batchMax
    self.oneTenantABatch = oneTenantABatch
    self.weight = weight
  }

  /// How many items wait.
  var count: Int { contents.withLock { $0.count } }

  /// Whether items wait, or those of the last batch are at work.
  var isAwake: Bool { contents.withLock { $0.isAwake } }

  /// Whether no more items are taken.
  var isClosed: Bool { contents.withLock { $0.isClosed } }

  /// Puts items in.
  func put(_ items: [(TenantID, Item)]) -> Admission {
    contents.withLock { contents in
      var refused: [(item: Item, reason: Refusal)] = []
      for (tenant, item) in items {
        if contents.isClosed {
          refused.append((item, .closed))
        } else if contents.count >= countMax {
          refused.append((item, .full))
        } else {
          if contents.queues[tenant] == nil {
            contents.queues[tenant] = []
            contents.turns.append(tenant)
          }
          contents.queues[tenant]?.append(item)
          contents.count += 1
        }
      }
      let wake = !contents.isAwake && contents.count > 0
      if wake { contents.isAwake = true }
      return Admission(wake: wake, refused: refused)
    }
  }

  /// Takes the next batch; empty if nothing waits, and then the next `put` wakes the lane.
  func take() -> [Item] {
    contents.withLock { contents in
      guard contents.count > 0 else {
        contents.isAwake = false
        return []
      }
      var batch: [Item] = []
      batch.reserveCapacity(min(batchMax, contents.count))
      var room = batchMax
      if oneTenantABatch {
        while takeFirst(&contents, &batch, &room) {}
        endTurn(&contents)
      } else {
        while takeFirst(&contents, &batch, &room) { endTurn(&contents) }
      }
      contents.count -= batch.count
      return batch
    }
  }

  /// Takes no more items; what waits is still taken out.
  func close() {
    contents.withLock { $0.isClosed = true }
  }

  /// Takes the next item of the tenant whose turn it is; false if it has none, or if there is no room for it.
  private func takeFirst(_ contents: inout Contents, _ batch: inout [Item], _ room: inout Int) -> Bool {
    guard let tenant = contents.turns.first, let item = contents.queues[tenant]?.first else { return false }
    let weight = weight(item)
    guard batch.isEmpty || weight <= room else { return false }
    room -= weight
    batch.append(item)
    contents.queues[tenant]?.removeFirst()
    return true
  }

  /// Ends the turn of the first tenant, who gets another if something of it still waits.
  private func endTurn(_ contents: inout Contents) {
    guard let tenant = contents.turns.popFirst() else { return }
    if contents.queues[tenant]?.isEmpty ?? true {
      contents.queues.removeValue(forKey: tenant)
    } else {
      contents.turns.append(tenant)
    }
  }
}
