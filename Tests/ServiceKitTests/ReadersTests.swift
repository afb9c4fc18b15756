import Logging
import NIOCore
import Policy
import Postgres
import Synchronization
import Testing
import Transport
import Wire

@testable import ServiceKit

@Suite("Which reader a read goes to")
struct ReadersTests {
  private static let batchMax = 4

  @Test("reads by key gather at the first reader, and go together in its next batch")
  func gathering() async {
    await Self.with(readers: 3) { readers, desks in
      Self.ask(readers, 1)
      await desks[0].waitForBatch(1)
      for _ in 0..<3 { Self.ask(readers, 1) }
      desks[0].release()
      await desks[0].waitForBatch(2)
      #expect(desks.map(\.batches) == [[1, 3], [], []])
    }
  }

  @Test("a further reader begins when a whole batch waits at those before it")
  func spreading() async {
    await Self.with(readers: 3) { readers, desks in
      Self.ask(readers, 1)
      await desks[0].waitForBatch(1)
      Self.ask(readers, Self.batchMax)
      Self.ask(readers, 2)
      await desks[1].waitForBatch(1)
      #expect(desks.map(\.batches) == [[1], [2], []])
    }
  }

  @Test("reads that may take long go behind the first reader, each to one that is idle")
  func listing() async {
    await Self.with(readers: 3) { readers, desks in
      Self.ask(readers, 1, byKey: false)
      await desks[1].waitForBatch(1)
      Self.ask(readers, 1, byKey: false)
      await desks[2].waitForBatch(1)
      Self.ask(readers, 2)
      await desks[0].waitForBatch(1)
      #expect(desks.map(\.batches) == [[2], [1], [1]])
    }
  }

  @Test("the two kinds of one burst part")
  func parting() async {
    await Self.with(readers: 2) { readers, desks in
      readers.submit([Self.read(), Self.read(byKey: false), Self.read()])
      await desks[0].waitForBatch(1)
      await desks[1].waitForBatch(1)
      #expect(desks.map(\.batches) == [[2], [1]])
    }
  }

  @Test("one reader serves everything")
  func alone() async {
    await Self.with(readers: 1) { readers, desks in
      readers.submit([Self.read(), Self.read(byKey: false)])
      await desks[0].waitForBatch(1)
      #expect(desks.map(\.batches) == [[2]])
    }
  }

  @Test("a reader that ends answers what waits, and takes nothing more")
  func finishing() async {
    let connection = TestConnection(TestService.desk)
    await Self.with(readers: 1) { readers, desks in
      readers.submit([Self.read(1, on: connection)])
      await desks[0].waitForBatch(1)
      readers.submit([Self.read(2, on: connection)])
      async let finished: Void = readers.finish()
      desks[0].release()
      await desks[0].waitForBatch(2)
      desks[0].release()
      await finished
      readers.submit([Self.read(3, on: connection)])
      guard case .reply = await connection.answer(1), case .reply = await connection.answer(2) else {
        Issue.record("what was taken is answered")
        return
      }
      #expect(await connection.answer(3) == .refusal(stream: 3, Callout_V1_Refusal(.draining)))
    }
  }

  // MARK: What the tests are made of

  /// Runs `body` with readers whose databases answer when they are told to.
  private static func with(readers count: Int, _ body: (Readers, [HeldDatabase]) async -> Void) async {
    let databases = (0..<count).map { _ in HeldDatabase() }
    let edges = ServiceEdges.standing(StandingClock(.epoch))
    let executors = databases.indices.map { ThreadExecutor(name: "reader-\($0)") }
    let readers = Readers(
      zip(executors, databases).map { executor, database in
        Reader(
          on: executor, queueMax: 100, batchMax: batchMax, timeout: .seconds(60), edges: edges,
          logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { HeldReader(database) }
      }, batchMax: batchMax)
    await body(readers, databases)
    for database in databases { database.release(all: true) }
    await readers.finish()
    for executor in executors { executor.shutdown() }
  }

  private static func ask(_ readers: Readers, _ count: Int, byKey: Bool = true) {
    readers.submit((0..<count).map { _ in read(byKey: byKey) })
  }

  private static func read(
    byKey: Bool = true, _ stream: UInt32 = 1, on connection: TestConnection = TestConnection(TestService.desk)
  ) -> ReadCommand {
    ReadCommand(
      tenant: TenantID(high: 0, low: 0), needsTenant: false, caller: Policy.Caller(role: .admin, name: "anna"),
      deadline: .latest, isByKey: byKey, work: OneQuery(), stream: stream, connection: connection)
  }
}

/// A read that runs one query of its own.
private struct OneQuery: DecodedRead {
  func queries(_ context: ReadContext) throws(Refused) -> [Query] { [Query(sql: "SELECT 1")] }
  func followUp(_ results: ReadResults, _ context: ReadContext) throws(ReadFailure) -> [Query] { [] }
  func reply(_ results: ReadResults, _ context: ReadContext) throws(ReadFailure) -> ByteBuffer { ByteBuffer() }
}

/// A database that answers a batch when it is told to.
private final class HeldDatabase: Sendable {
  private struct Contents {
    var batches: [Int] = []
    var held: CheckedContinuation<Void, Never>?
    var isOpen = false
    var waiting: (count: Int, CheckedContinuation<Void, Never>)?
  }

  private let contents = Mutex(Contents())

  /// How many reads each batch had, in their order.
  var batches: [Int] { contents.withLock { $0.batches } }

  /// Lets the batch that is held go on; with `all`, every one that comes too.
  func release(all: Bool = false) {
    let held = contents.withLock { contents -> CheckedContinuation<Void, Never>? in
      contents.isOpen = contents.isOpen || all
      return contents.held.take()
    }
    held?.resume()
  }

  /// Returns when so many batches have begun.
  func waitForBatch(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isThere = contents.withLock { contents in
        if contents.batches.count < count { contents.waiting = (count, continuation) }
        return contents.batches.count >= count
      }
      if isThere { continuation.resume() }
    }
  }

  nonisolated(nonsending) func hold(_ batch: [Statement]) async {
    await withCheckedContinuation { continuation in
      let (goesOn, waiting) = contents.withLock { contents -> (Bool, CheckedContinuation<Void, Never>?) in
        // The first statement says whom the transaction serves.
        contents.batches.append(batch.count - 1)
        if !contents.isOpen { contents.held = continuation }
        guard let waiting = contents.waiting, contents.batches.count >= waiting.count else {
          return (contents.isOpen, nil)
        }
        contents.waiting = nil
        return (contents.isOpen, waiting.1)
      }
      if goesOn { continuation.resume() }
      waiting?.resume()
    }
  }
}

private final class HeldReader: Session {
  private let database: HeldDatabase
  let isInTransaction = false

  init(_ database: HeldDatabase) { self.database = database }

  nonisolated(nonsending) func execute(
    _ batch: [Statement], timeout: Duration
  ) async throws(PostgresError) -> [ResultRows] {
    await database.hold(batch)
    var results: [ResultRows] = []
    for _ in batch { results.append(try ResultRows(columns: [], rows: [], affectedRows: 0)) }
    return results
  }

  func close() {}
}
