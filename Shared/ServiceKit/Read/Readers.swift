/// The readers of a service, and which of them a read goes to.
///
/// What a batch costs is for the most part the same however many reads it has, so that few large ones are better than many
/// small ones. Reads by key therefore gather at the first reader, and a further one is given some only while a whole batch
/// waits there already. The others may take long: the readers behind the first are theirs, so that what gathers does not wait
/// for them. A single reader serves everything.
struct Readers: Sendable {
  private let readers: [Reader]
  private let batchMax: Int

  /// Readers whose batches have up to `batchMax` reads; one at least.
  init(_ readers: [Reader], batchMax: Int) {
    precondition(!readers.isEmpty, "somebody has to read")
    self.readers = readers
    self.batchMax = batchMax
  }

  /// Reads that wait.
  var queued: Int { readers.reduce(0) { $0 + $1.queued } }

  /// Puts the reads of one burst into mailboxes, from any thread.
  func submit(_ commands: [ReadCommand]) {
    guard let first = commands.first else { return }
    if readers.count == 1 || commands.allSatisfy({ $0.isByKey == first.isByKey }) {
      reader(isByKey: first.isByKey).submit(commands)
    } else {
      reader(isByKey: true).submit(commands.filter(\.isByKey))
      reader(isByKey: false).submit(commands.filter { !$0.isByKey })
    }
  }

  /// Answers what waits, and takes nothing more.
  func finish() async {
    for reader in readers { await reader.finish() }
  }

  private func reader(isByKey: Bool) -> Reader {
    if isByKey || readers.count == 1 {
      return readers.first { $0.queued < batchMax } ?? leastQueued(readers[...])
    }
    let others = readers.dropFirst()
    return others.first { !$0.isBusy } ?? leastQueued(others)
  }

  private func leastQueued(_ readers: ArraySlice<Reader>) -> Reader {
    readers.map { ($0, $0.queued) }.min { $0.1 < $1.1 }?.0 ?? self.readers[0]
  }
}
