public import CoreMetrics
import Synchronization

/// Keeps metrics and shows them in Prometheus's text format.
///
/// A name has at most ``seriesMax`` series; what would be more is counted together under the label `overflow="true"`, so
/// that no label value from outside can fill the memory.
public final class PrometheusMetrics: MetricsFactory {
  /// The most series of one name.
  public static let seriesMax = 200
  /// The bounds of a histogram of seconds.
  static let secondsBounds: [Double] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
  ]
  /// The bounds of a histogram of anything else.
  static let countBounds: [Double] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 4_096, 16_384]

  private struct Family {
    var type: String
    var series: [String: Series] = [:]
  }

  private let families = Mutex<[String: Family]>([:])

  /// No metrics yet.
  public init() {}

  /// Everything, in the order of the names.
  public var text: String {
    let families = self.families.withLock { $0 }
    var text = ""
    for (name, family) in families.sorted(by: { $0.key < $1.key }) {
      text += "# TYPE \(name) \(family.type)\n"
      for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) { series.write(name, labels, into: &text) }
    }
    return text
  }

  private func series(
    _ label: String, _ dimensions: [(String, String)], _ type: String, _ make: () -> Series
  ) -> Series {
    let name = Self.name(label)
    let labels = dimensions.map { "\(Self.name($0.0))=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
    return families.withLock { families in
      var family = families.removeValue(forKey: name) ?? Family(type: type)
      defer { families[name] = family }
      if let known = family.series[labels] { return known }
      let place = family.series.count < Self.seriesMax ? labels : "overflow=\"true\""
      if let known = family.series[place] { return known }
      let made = make()
      family.series[place] = made
      return made
    }
  }

  private static func name(_ label: String) -> String {
    String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "_" })
  }

  private static func escaped(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }

  public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    series(label, dimensions, "counter") { Series(bounds: nil) }
  }

  public func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    series(label, dimensions, "counter") { Series(bounds: nil) }
  }

  public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    series(label, dimensions, "gauge") { Series(bounds: nil) }
  }

  public func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    series(label, dimensions, aggregate ? "histogram" : "gauge") { Series(bounds: aggregate ? Self.countBounds : nil) }
  }

  public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    series(label, dimensions, "histogram") { Series(bounds: Self.secondsBounds) }
  }

  public func destroyCounter(_ handler: any CounterHandler) {}
  public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  public func destroyMeter(_ handler: any MeterHandler) {}
  public func destroyRecorder(_ handler: any RecorderHandler) {}
  public func destroyTimer(_ handler: any TimerHandler) {}
}

/// One series: a value, or a histogram.
private final class Series: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
  private struct Contents {
    var value: Double = 0
    var counts: [UInt64]
    var count: UInt64 = 0
  }

  private let bounds: [Double]?
  private let contents: Mutex<Contents>

  init(bounds: [Double]?) {
    self.bounds = bounds
    contents = Mutex(Contents(counts: Array(repeating: 0, count: bounds?.count ?? 0)))
  }

  func increment(by amount: Int64) { contents.withLock { $0.value += Double(amount) } }
  func increment(by amount: Double) { contents.withLock { $0.value += amount } }
  func decrement(by amount: Double) { contents.withLock { $0.value -= amount } }
  func reset() { contents.withLock { $0.value = 0 } }
  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { contents.withLock { $0.value = value } }
  func record(_ value: Int64) { record(Double(value)) }
  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

  func record(_ value: Double) {
    contents.withLock { contents in
      guard let bounds else {
        contents.value = value
        return
      }
      contents.value += value
      contents.count += 1
      if let bucket = bounds.firstIndex(where: { value <= $0 }) { contents.counts[bucket] += 1 }
    }
  }

  func write(_ name: String, _ labels: String, into text: inout String) {
    let contents = self.contents.withLock { $0 }
    let braced = labels.isEmpty ? "" : "{\(labels)}"
    guard let bounds else {
      text += "\(name)\(braced) \(Self.number(contents.value))\n"
      return
    }
    let prefix = labels.isEmpty ? "" : labels + ","
    var total: UInt64 = 0
    for (bound, count) in zip(bounds, contents.counts) {
      total += count
      text += "\(name)_bucket{\(prefix)le=\"\(Self.number(bound))\"} \(total)\n"
    }
    text += "\(name)_bucket{\(prefix)le=\"+Inf\"} \(contents.count)\n"
    text += "\(name)_sum\(braced) \(Self.number(contents.value))\n\(name)_count\(braced) \(contents.count)\n"
  }

  private static func number(_ value: Double) -> String {
    Int64(exactly: value).map(String.init) ?? "\(value)"
  }
}
