import Postgres
import Testing

@Suite("Waits between attempts")
struct BackoffTests {
  @Test("waits grow to the maximum, each between half and whole")
  func growth() {
    var backoff = Backoff(minimum: .milliseconds(100), maximum: .milliseconds(450), factor: 2, seed: 7)
    for whole in [100, 200, 400, 450, 450] {
      let wait = backoff.next()
      #expect(wait >= .milliseconds(whole) / 2 - .microseconds(1))
      #expect(wait <= .milliseconds(whole) + .microseconds(1))
    }
    #expect(backoff.attempts == 5)
    backoff.reset()
    #expect(backoff.attempts == 0)
    #expect(backoff.next() <= .milliseconds(101))
  }

  @Test("a seed gives its waits again, and another seed others")
  func seeds() {
    func waits(_ seed: UInt64) -> [Duration] {
      var backoff = Backoff(seed: seed)
      return (0..<8).map { _ in backoff.next() }
    }
    #expect(waits(1) == waits(1))
    #expect(waits(1) != waits(2))
  }

  @Test("senseless bounds are made sensible")
  func bounds() {
    var backoff = Backoff(minimum: .seconds(-1), maximum: .seconds(-2), factor: .nan, seed: 0)
    #expect(backoff.minimum == .milliseconds(1))
    #expect(backoff.maximum == .milliseconds(1))
    #expect(backoff.factor == 1)
    #expect(backoff.next() <= .milliseconds(1))
  }
}
