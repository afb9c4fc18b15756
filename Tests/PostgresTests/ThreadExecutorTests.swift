import Glibc
import Postgres
import Testing

@Suite("An executor that is one thread")
struct ThreadExecutorTests {
  private func threadName() -> String {
    var name = [CChar](repeating: 0, count: 16)
    prctlName(&name)
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The kernel's name of the calling thread.
  private func prctlName(_ name: inout [CChar]) {
    guard let file = fopen("/proc/thread-self/comm", "re") else { return }
    defer { fclose(file) }
    let count = fread(&name, 1, 15, file)
    if let end = name[..<count].firstIndex(of: 10) { name[end] = 0 }
  }

  @Test("an actor's jobs run on the executor's own thread, one after the other")
  func ownThread() async {
    let executor = ThreadExecutor(name: "lane-under-test")
    let worker = Worker(executor)
    let names = await withTaskGroup(of: String.self) { group in
      for _ in 0..<100 { group.addTask { await worker.run { threadName() } } }
      return await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(names == ["lane-under-test"])
    #expect(executor.isIsolatingCurrentContext() == false)
    #expect(await worker.run { executor.isIsolatingCurrentContext() } == true)
    executor.shutdown()
    await executor.ended()
  }

  @Test("blocking one executor stops neither another nor the pool")
  func blocking() async {
    let (first, second) = (ThreadExecutor(name: "first"), ThreadExecutor(name: "second"))
    let (blocked, free) = (Worker(first), Worker(second))
    var pipe: [Int32] = [0, 0]
    #expect(Glibc.pipe(&pipe) == 0)
    let (reading, writing) = (pipe[0], pipe[1])
    async let byte = blocked.run { () -> UInt8 in
      var byte: UInt8 = 0
      return read(reading, &byte, 1) == 1 ? byte : 0
    }
    await free.run {
      var byte: UInt8 = 42
      _ = write(writing, &byte, 1)
    }
    #expect(await byte == 42)
    close(reading)
    close(writing)
    for executor in [first, second] { executor.shutdown() }
    for executor in [first, second] { await executor.ended() }
  }

  @Test("what is queued at the shutdown still runs, and so does what comes later")
  func shutdown() async {
    let executor = ThreadExecutor(name: "ending")
    let worker = Worker(executor)
    let sum = await withTaskGroup(of: Int.self) { group in
      for number in 1...100 {
        group.addTask { await worker.run { number } }
        if number == 50 { executor.shutdown() }
      }
      return await group.reduce(0, +)
    }
    #expect(sum == 5_050)
    await executor.ended()
    #expect(await worker.run { 7 } == 7)
    await executor.ended()
  }

  @Test("a connection's actor blocks its own thread only, and many work at once")
  func connections() async throws {
    let configuration = try TestServer.configuration()
    let processes = try await withThrowingTaskGroup(of: Int32.self) { group in
      for number in 0..<4 {
        group.addTask {
          let executor = ThreadExecutor(name: "lane-\(number)")
          defer { executor.shutdown() }
          return try await Worker(executor).run {
            try Connection(configuration).run("SELECT pg_backend_pid()").only().int32(0)
          }
        }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(processes.count == 4)
  }
}
