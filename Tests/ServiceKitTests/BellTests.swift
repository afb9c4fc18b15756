import Synchronization
import Testing

@testable import ServiceKit

@Suite("A bell")
struct BellTests {
  @Test("Rings while nobody waits are remembered as one")
  func remembered() async {
    let bell = Bell()
    bell.ring()
    bell.ring()
    await bell.wait()
    await expectWaiting(bell)
  }

  @Test("A wait that ran out of time leaves the bell as it was")
  func timedOut() async {
    let bell = Bell()
    await bell.wait(atMost: .milliseconds(1), by: SystemClock())
    await expectWaiting(bell)
  }

  @Test("A cancelled task stops waiting, and the next one waits again")
  func cancelled() async {
    let bell = Bell()
    let waiter = Task { await bell.wait() }
    waiter.cancel()
    await waiter.value
    await expectWaiting(bell)
  }

  /// A wait does not end before the bell rings, and ends then.
  private func expectWaiting(_ bell: Bell) async {
    let isOver = Flag()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await bell.wait()
        isOver.raise()
      }
      for _ in 0..<1_000 { await Task.yield() }
      #expect(!isOver.isRaised)
      bell.ring()
    }
    #expect(isOver.isRaised)
  }
}

/// Something that has happened or not, for two tasks to look at.
private final class Flag: Sendable {
  private let raised = Mutex(false)

  var isRaised: Bool { raised.withLock { $0 } }

  func raise() { raised.withLock { $0 = true } }
}
