internal import Synchronization
import Wire

/// Shows how far a scenario is: a bar that is redrawn on a terminal, a line for each step elsewhere.
final class Progress: Sendable {
  /// Cells of the bar.
  private static let barWidth = 24
  /// The longest note beside the bar, in characters.
  private static let noteWidthMax = 48

  private let surface: Surface
  private let stepCount = Mutex(0)

  init(surface: Surface) { self.surface = surface }

  func begin(stepCount count: Int) { stepCount.withLock { $0 = count } }

  func show(_ step: ScenarioStep, at time: String, note: String?) {
    let count = stepCount.withLock { $0 }
    guard surface.showsProgress else {
      let what = note ?? Self.what(step)
      surface.err("\(step.number)/\(count)  \(time)  \(what)\n")
      return
    }
    let full = count == 0 ? 0 : step.number * Self.barWidth / count
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: Self.barWidth - full)
    let words = note ?? Self.what(step)
    let short = words.count > Self.noteWidthMax ? words.prefix(Self.noteWidthMax - 1) + "…" : words
    surface.err("\r\u{1b}[K\(bar) \(step.number)/\(count)  \(time)  \(short)")
  }

  /// Writes data without the bar in its way.
  func print(_ text: String) {
    interrupt()
    surface.out(text)
  }

  /// Leaves the bar's line.
  func interrupt() { if surface.showsProgress { surface.err("\r\u{1b}[K") } }

  func end() {
    interrupt()
    surface.err("all \(stepCount.withLock { $0 }) steps hold\n")
  }

  private static func what(_ step: ScenarioStep) -> String {
    switch step.action {
    case .call(let call): call.operation.method.name
    case .wait: "time passes"
    case .publish: "a plan is published"
    case .print: "print"
    }
  }
}
