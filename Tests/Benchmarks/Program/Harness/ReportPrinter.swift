import Foundation

extension Report {
  /// A table of the figures, and a line for each target.
  ///
  /// - Parameter judges: Whether it is said if a target was met; a quick run is too short to tell.
  func table(judges: Bool) -> String {
    func cell(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    func number(_ value: Double?, _ digits: Int) -> String { value.map { String(format: "%.\(digits)f", $0) } ?? "–" }
    let width = max(24, figures.map(\.name.count).max() ?? 0)
    var lines = ["", "\(benchmark): \(title)"]
    let heads = [("per second", 12), ("p50 ms", 10), ("p99 ms", 10), ("client µs", 11), ("services µs", 13)]
    lines.append(
      "".padding(toLength: width, withPad: " ", startingAt: 0) + heads.map { cell($0.0, $0.1) }.joined()
        + cell("PostgreSQL µs", 15))
    for figure in figures {
      lines.append(
        figure.name.padding(toLength: width, withPad: " ", startingAt: 0) + cell(number(figure.rate, 0), 12)
          + cell(number(figure.p50, 2), 10) + cell(number(figure.p99, 2), 10) + cell(number(figure.client, 1), 11)
          + cell(number(figure.services, 1), 13) + cell(number(figure.postgres, 1), 15))
    }
    for target in targets {
      let verdict = judges ? (target.isMet ? "  met" : "  missed") : ""
      lines.append("  \(target.name): \(number(target.ratio, 2)) (\(target.bound.rawValue) \(target.goal))\(verdict)")
    }
    return lines.joined(separator: "\n")
  }
}
