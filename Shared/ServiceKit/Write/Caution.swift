/// How a lane learns whether it may presume what it knows to be true.
///
/// Each batch that presumed in vain doubles the number of batches that take the long way afterwards, so that a tenant
/// whom several processes serve, or a caller who sends keys again and again, costs little more than if nothing were ever
/// presumed.
struct Caution {
  /// The most batches that take the long way before the next one tries.
  static let batchesMax = 64

  /// How many take the long way after the next time in vain.
  private var next = 1
  /// How many still do.
  private var left = 0

  /// Whether a batch may presume; asked once a batch that could.
  mutating func allows() -> Bool {
    if left == 0 { return true }
    left -= 1
    return false
  }

  /// What was presumed was true.
  mutating func wasNeedless() { next = 1 }

  /// It was not.
  mutating func wasDue() {
    left = next
    next = min(next * 2, Self.batchesMax)
  }
}
