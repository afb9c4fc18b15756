import Foundation

extension Report {
  /// A table of the figures, and a line for each target.
  ///
  /// - Parameter judges: Whether it is said if a target was met; a quick run is too short to tell.
  public func table(judges: Bool) -> String {
    let width = max(24, (figures.map(\.name) + values.map(\.name)).map(\.count).max() ?? 0)
    var lines = ["", "\(benchmark): \(title)"]
    if !figures.isEmpty {
      let heads = [
        ("per second", 12), ("spread", 9), ("p50 ms", 10), ("p99 ms", 10), ("client µs", 11), ("services µs", 13),
        ("PostgreSQL µs", 15),
      ]
      lines.append(Self.name("", width) + heads.map { Self.cell($0.0, $0.1) }.joined())
    }
    for figure in figures {
      let cells = [
        (Self.number(figure.rate, 0), 12), (Self.number(figure.spread * 100, 0) + " %", 9),
        (Self.number(figure.p50, 2), 10), (Self.number(figure.p99, 2), 10), (Self.number(figure.client, 1), 11),
        (Self.number(figure.services, 1), 13), (Self.number(figure.postgres, 1), 15),
      ]
      lines.append(Self.name(figure.name, width) + cells.map { Self.cell($0.0, $0.1) }.joined())
    }
    for value in values {
      lines.append(Self.name(value.name, width) + Self.cell(Self.short(value.value), 12) + " " + value.unit)
    }
    return (lines + targets.map { "  " + $0.line(judges: judges) }).joined(separator: "\n")
  }

  fileprivate static func name(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  fileprivate static func cell(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  fileprivate static func number(_ value: Double?, _ digits: Int) -> String {
    value.map { String(format: "%.\(digits)f", $0) } ?? "–"
  }

  /// With as many digits as are of use.
  fileprivate static func short(_ value: Double?) -> String {
    number(value, abs(value ?? 0) >= 100 ? 0 : abs(value ?? 0) >= 10 ? 1 : 2)
  }
}

extension Figure {
  /// How far the rounds lie apart, as a share of the median.
  public var spread: Double {
    guard let slowest = rates.first, let fastest = rates.last, rate > 0 else { return 0 }
    return (fastest - slowest) / rate
  }
}

extension Target {
  /// What is asked, what was reached, the goal, and the verdict.
  ///
  /// - Parameter judges: Whether the verdict is given.
  public func line(judges: Bool) -> String {
    func amount(_ value: Double?) -> String { Report.short(value) + (unit.isEmpty ? " ×" : " \(unit)") }
    let verdict = judges ? (isMet ? "  met" : "  missed") : ""
    return "\(name): \(amount(reached)) (\(bound.rawValue) \(amount(goal)))\(verdict)"
  }
}
