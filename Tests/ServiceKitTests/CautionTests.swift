import Testing

@testable import ServiceKit

@Suite("A lane's caution")
struct CautionTests {
  /// How many batches take the long way before one presumes again.
  private static func held(_ caution: inout Caution) -> Int {
    var count = 0
    while !caution.allows() { count += 1 }
    return count
  }

  @Test("each time in vain doubles what takes the long way, up to 64; once in time ends it")
  func doubles() {
    var caution = Caution()
    var held = [Self.held(&caution)]
    for _ in 1...8 {
      caution.wasDue()
      held.append(Self.held(&caution))
    }
    caution.wasNeedless()
    caution.wasDue()
    held.append(Self.held(&caution))
    #expect(held == [0, 1, 2, 4, 8, 16, 32, 64, 64, 1])
  }
}
