import Policy

/// Draws clocks on one line of working time: closed hours take no room, so that what is left of a promise is seen.
struct WorkingLine {
  /// A clock to draw.
  struct Clock {
    var name: String
    var state: String
    var due: Instant
    /// When it was met, missed or cancelled; nil: it has not ended.
    var ended: Instant?
    /// How it stood from each instant on, in order.
    var stretches: [(from: Instant, state: String)]
    var note: String
  }

  /// The calendar whose open time the line shows.
  let calendar: WorkCalendar
  let from: Instant
  let to: Instant
  let now: Instant
  /// The line's length, in characters.
  static let width = 60

  /// A line that shows all of `clocks`, from `opened` on.
  init(_ calendar: WorkCalendar, opened: Instant, now: Instant, _ clocks: [Clock]) {
    self.calendar = calendar
    self.now = now
    from = opened
    let last = (clocks.map(\.due) + clocks.compactMap(\.ended) + [now]).max() ?? now
    // A line of some length, also for what is over at once.
    to = max(last, opened + .minutes(1))
  }

  /// What stands above the clocks: the days of the line, each where it begins.
  var days: String {
    var line = [Character](repeating: " ", count: Self.width + 8)
    var day = calendar.zone.date(from)
    var next = 0
    while calendar.zone.startOfDay(day) < to {
      let begin = max(from, calendar.zone.startOfDay(day))
      if let open = calendar.nextOpen(from: begin), open < to, calendar.zone.date(open) == day {
        let place = place(of: open)
        let label = "\(day.weekday.rawValue) \(day.day)"
        if place >= next {
          for (offset, letter) in label.enumerated() where place + offset < line.count { line[place + offset] = letter }
          next = place + label.count + 1
        }
      }
      day = day.adding(days: 1)
    }
    return Self.trimmed(line)
  }

  /// A clock's line: `=` where it ran, `.` where it stood still, `-` what is left, and letters for what happened.
  func draw(_ clock: Clock) -> String {
    var line = [Character](repeating: " ", count: Self.width + 1)
    let end = clock.ended ?? max(now, clock.due)
    for column in 0...Self.width {
      guard let at = instant(at: column), at <= end else { continue }
      let state = clock.stretches.last { $0.from <= at }?.state
      if at > now {
        line[column] = clock.state == "paused" ? "." : "-"
      } else if let state {
        line[column] = state == "paused" ? "." : state == "running" ? "=" : " "
      }
    }
    line[place(of: now)] = "|"
    line[place(of: clock.due)] = "D"
    if let ended = clock.ended {
      switch clock.state {
      case "met": line[place(of: ended)] = "M"
      case "missed": line[place(of: ended)] = "X"
      case _: line[place(of: ended)] = "C"
      }
    }
    return Self.trimmed(line)
  }

  /// What the letters mean.
  static let legend = "= ran  . stood still  - is left  | now  D due  M met  X missed  C cancelled"

  /// The column of an instant, from 0 to ``width``; what lies beyond an end is at the end.
  func place(of instant: Instant) -> Int {
    let all = calendar.openTime(from: from, to: to).milliseconds
    guard all > 0 else { return 0 }
    let passed = calendar.openTime(from: from, to: min(max(instant, from), to)).milliseconds
    // The parts of a century times the width are far from the end of numbers.
    return Int(passed * Int64(Self.width) / all)
  }

  /// The instant of a column; nil where nothing is open.
  private func instant(at column: Int) -> Instant? {
    let all = calendar.openTime(from: from, to: to).milliseconds
    guard all > 0 else { return from }
    return column == 0 ? from : calendar.due(from: from, after: .milliseconds(all * Int64(column) / Int64(Self.width)))
  }

  private static func trimmed(_ characters: [Character]) -> String {
    var text = String(characters)
    while text.last == " " { text.removeLast() }
    return text
  }
}
