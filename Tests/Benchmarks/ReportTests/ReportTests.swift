import BenchmarkReport
import Foundation
import Testing

@Suite("A report's arithmetic")
struct ReportTests {
  private static let calm = ProcessorTime(client: 0, services: 0, postgres: 0)

  private static func round(_ operations: Int, seconds: Double = 1, _ milliseconds: [Float] = []) -> Figure {
    Figure(name: "x", run: Run(operations: operations, seconds: seconds, milliseconds: milliseconds), used: calm)
  }

  @Test(
    "A percentile is the smallest value that so many do not exceed",
    arguments: [
      (100, 0.5, Float(50)), (100, 0.99, 99), (100, 1, 100), (100, 0, 1), (101, 0.5, 51), (1, 0.99, 1), (2, 0.5, 1),
      (200, 0.99, 198), (1000, 0.999, 999),
    ])
  func percentile(count: Int, share: Double, expected: Float) {
    #expect((1...count).map { Float($0) }.percentile(share) == expected)
  }

  @Test("Nothing has no percentile")
  func nothing() {
    #expect([Float]().percentile(0.5) == nil)
    #expect(Self.round(10).p50 == nil)
  }

  @Test("A run sorts its times")
  func sorts() {
    let figure = Self.round(3, [30, 10, 20])
    #expect(figure.p50 == 20)
    #expect(figure.p99 == 30)
  }

  @Test("A rate is operations by seconds, and processor time is told for each operation")
  func rate() {
    let used =
      ProcessorTime(client: 3, services: 2.5, postgres: 2) - ProcessorTime(client: 1, services: 2, postgres: 1.9)
    let figure = Figure(name: "x", run: Run(operations: 1000, seconds: 4), used: used)
    #expect(figure.rate == 250)
    #expect(abs(figure.client - 2000) < 1e-6)
    #expect(abs(figure.services - 500) < 1e-6)
    #expect(abs(figure.postgres - 100) < 1e-6)
  }

  @Test("A run that did nothing divides by nothing")
  func idle() {
    let figure = Figure(
      name: "x", run: Run(operations: 0, seconds: 0), used: ProcessorTime(client: 1, services: 0, postgres: 0))
    #expect(figure.rate == 0)
    #expect(figure.client == 1e6)
    #expect(figure.spread == 0)
  }

  @Test("The median round is one of the rounds, and keeps all rates")
  func median() {
    let figure = Figure(medianOf: [Self.round(300, [3]), Self.round(100, [1]), Self.round(200, [2])])
    #expect(figure.rate == 200)
    #expect(figure.p50 == 2)
    #expect(figure.rates == [100, 200, 300])
    #expect(figure.spread == 1)
    #expect(Figure(medianOf: [Self.round(40), Self.round(10), Self.round(30), Self.round(20)]).rate == 20)
    #expect(Figure(medianOf: [Self.round(7)]).rate == 7)
  }

  @Test(
    "A target is met at its goal, and not beside it",
    arguments: [
      (1.0, Target.Bound.atLeast, 2.0, false), (1, .atLeast, 1.9, false), (1, .atLeast, 0.5, true),
      (1, .atMost, 0.5, false), (1, .atMost, 1, true), (1, .atLeast, 1, true), (3, .atMost, 1.5, false),
    ])
  func goal(figure: Double, bound: Target.Bound, goal: Double, isMet: Bool) {
    #expect(Target("x", figure, of: 1, bound, goal).isMet == isMet)
    #expect(Target("x", figure, bound, goal, "ms").isMet == isMet)
  }

  @Test("A ratio needs both its figures")
  func ratio() {
    #expect(Target("x", 30, of: 20, .atMost, 1.5).reached == 1.5)
    for missing in [
      Target("x", nil, of: 1, .atMost, 9), Target("x", 1, of: nil, .atMost, 9), Target("x", 1, of: 0, .atMost, 9),
    ] {
      #expect(missing.reached == nil)
      #expect(!missing.isMet)
    }
  }

  @Test("The table tells figures, amounts, and verdicts if it judges")
  func table() throws {
    var report = Report(benchmark: "charges", title: "durable charges")
    report.figures = [Self.round(1234, [1.5])]
    report.values = [Value("memory", 53.25, "MiB")]
    report.targets = [Target("a", 2, of: 1, .atLeast, 3), Target("b", 12, .atMost, 64, "KiB")]
    let judged = report.table(judges: true)
    #expect(judged.contains("1234"))
    #expect(judged.contains("53.2 MiB") || judged.contains("53.3 MiB"))
    #expect(judged.contains("a: 2.00 × (at least 3.00 ×)  missed"))
    #expect(judged.contains("b: 12.0 KiB (at most 64.0 KiB)  met"))
    let silent = report.table(judges: false)
    #expect(!silent.contains("met") && !silent.contains("missed"))
    let read = try JSONDecoder().decode(Report.self, from: JSONEncoder().encode(report))
    #expect(read.figures == report.figures && read.values == report.values && read.targets == report.targets)
  }
}
