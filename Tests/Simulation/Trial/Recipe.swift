/// What a run is made from: its seed, and what is left out of what the seed would do. The same recipe gives the same run.
///
/// As text: `17`, or `17/steps=3,8-11/crashes=0/without=connection-cut,process-crashed/mutant=lostEvent`.
struct Recipe: Sendable, Hashable, LosslessStringConvertible {
  var seed: UInt64
  /// Which steps of the workload are taken, rising; nil: all.
  var steps: [Int]?
  /// Which crashes happen, rising; nil: all.
  var crashes: [Int]?
  /// Kinds of faults that never happen.
  var without: Set<String> = []
  /// Another order of events and other faults for the same steps and crashes; 0: those of the seed.
  var luck: UInt64 = 0
  /// A bug put in on purpose.
  var mutant: Mutant?

  init(seed: UInt64, mutant: Mutant? = nil) {
    self.seed = seed
    self.mutant = mutant
  }

  init?(_ description: String) {
    let parts = description.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first, let seed = UInt64(first) else { return nil }
    self.init(seed: seed)
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else { return nil }
      switch pair[0] {
      case "steps":
        guard let numbers = Self.numbers(pair[1]) else { return nil }
        steps = numbers
      case "crashes":
        guard let numbers = Self.numbers(pair[1]) else { return nil }
        crashes = numbers
      case "luck":
        guard let number = UInt64(pair[1]) else { return nil }
        luck = number
      case "without": without = Set(pair[1].split(separator: ",").map { Self.words($0) })
      case "mutant":
        guard let mutant = Mutant(rawValue: String(pair[1])) else { return nil }
        self.mutant = mutant
      default: return nil
      }
    }
  }

  var description: String {
    var parts = ["\(seed)"]
    if let steps { parts.append("steps=\(Self.text(steps))") }
    if let crashes { parts.append("crashes=\(Self.text(crashes))") }
    if !without.isEmpty {
      parts.append("without=" + without.sorted().map { Self.replacing(" ", by: "-", in: $0) }.joined(separator: ","))
    }
    if luck != 0 { parts.append("luck=\(luck)") }
    if let mutant { parts.append("mutant=\(mutant.rawValue)") }
    return parts.joined(separator: "/")
  }

  /// The command that repeats it.
  var command: String { "./scripts/test --repeat \(self)" }

  func takes(step: Int) -> Bool { steps?.contains(step) ?? true }
  func takes(crash: Int) -> Bool { crashes?.contains(crash) ?? true }

  private static func words(_ text: Substring) -> String { replacing("-", by: " ", in: String(text)) }

  private static func replacing(_ old: Character, by new: Character, in text: String) -> String {
    String(text.map { $0 == old ? new : $0 })
  }

  /// `3,8-11`; `none` for nothing.
  private static func text(_ numbers: [Int]) -> String {
    var spans: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = spans.last, last.upperBound + 1 == number {
        spans[spans.count - 1] = last.lowerBound...number
      } else {
        spans.append(number...number)
      }
    }
    let texts = spans.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
    return texts.isEmpty ? "none" : texts.joined(separator: ",")
  }

  private static func numbers(_ text: Substring) -> [Int]? {
    if text == "none" { return [] }
    var numbers: [Int] = []
    for span in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = span.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard ends.count <= 2, let low = ends[0], let high = ends[ends.count - 1], low <= high, high < 100_000 else {
        return nil
      }
      numbers += low...high
    }
    return numbers
  }
}
