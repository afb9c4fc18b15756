internal import Policy

/// The burn-down of one unit as SVG: how the balance went in the period, and how what is left lapses after it if
/// nothing more is used, lot by lot. Whole tenths of a pixel, so that the same statement gives the same bytes.
struct StatementChart {
  /// A lot that is drawn with the number of its row.
  struct Mark {
    let number: Int
    let expiresAt: Instant
    let remaining: Amount

    /// The earlier first.
    static func ends(_ a: Mark, before b: Mark) -> Bool { (a.expiresAt, a.number) < (b.expiresAt, b.number) }
  }

  let unit: String
  let zone: TimeZoneRules
  let from: Instant
  let to: Instant
  let opening: Amount
  /// When the balance changed, and what it was then; by time.
  let steps: [(at: Instant, balance: Amount)]
  let closing: Amount
  /// Whether the period is over: otherwise its rest is not drawn yet.
  let isClosed: Bool
  let marks: [Mark]
  /// Tells the drawings of a document apart.
  let name: String
  var words = StatementWords.english

  // All lengths are tenths of a pixel.
  private static let width: Int64 = 7200
  private static let height: Int64 = 2300
  private static let left: Int64 = 620
  private static let right: Int64 = 7080
  private static let top: Int64 = 340
  private static let bottom: Int64 = 1860
  private static let gap: Int64 = 160
  /// Where the period's part ends if there is something ahead.
  private static let middle: Int64 = 4300
  /// The most steps of the scale.
  private static let tickCountMax: Int64 = 5

  /// Lots that lapse after the period, the earliest first.
  private var ahead: [Mark] {
    marks.filter { $0.expiresAt > to && $0.remaining > 0 }.sorted(by: Mark.ends(_:before:))
  }

  private var periodRight: Int64 { ahead.isEmpty ? Self.right : Self.middle }
  private var aheadLeft: Int64 { Self.middle + Self.gap }
  /// A little after the last lot's end.
  private var aheadEnd: Instant {
    let last = ahead.last?.expiresAt ?? to
    return last + .milliseconds((last - to).milliseconds / 16 + 1)
  }

  var svg: String {
    let scale = Scale(values: [opening, closing, 0] + steps.map(\.balance) + rest.map(\.balance))
    var out = """
      <svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 720 230" aria-labelledby="\(name)-title \(name)-desc">
      <title id="\(name)-title">\(Markup.escaped(words.burnDown(unit + "s")))</title>
      <desc id="\(name)-desc">\(Markup.escaped(description))</desc>

      """
    out += grid(scale)
    out += period(scale)
    if !ahead.isEmpty { out += future(scale) }
    out += markers(scale)
    return out + "</svg>\n"
  }

  /// The drawing in words.
  private var description: String {
    var parts = ["\(dayText(from)): \(number(opening.units)).", "\(lastDay(to)): \(number(closing.units))."]
    for mark in ahead {
      parts.append(words.lapse(number(mark.remaining.units), mark.number, lastDay(mark.expiresAt)))
    }
    return parts.joined(separator: " ")
  }

  /// What is left after each expiry ahead, if nothing more is used.
  private var rest: [(at: Instant, balance: Amount)] {
    var left = closing
    return ahead.map { mark in
      left -= mark.remaining
      return (mark.expiresAt, left)
    }
  }

  // MARK: Parts

  private func grid(_ scale: Scale) -> String {
    var out = ""
    for tick in scale.ticks {
      let y = place(tick, scale)
      let kind = tick == 0 ? "axis" : "grid"
      out += line(kind, Self.left, y, periodRight, y)
      if !ahead.isEmpty { out += line(kind, aheadLeft, y, Self.right, y) }
      out += text("tick end", Self.left - 80, y + 38, number(tick))
    }
    out += text("caption", Self.left, 130, isClosed ? words.thisPeriod : words.thisPeriodSoFar)
    for part in 0...3 as ClosedRange<Int64> {
      let at = part == 3 ? to - .milliseconds(1) : from + .milliseconds((to - from).milliseconds / 3 * part)
      let anchor = part == 0 ? "" : part == 3 ? " end" : " mid"
      out += text("tick" + anchor, x(at, from, to, Self.left, periodRight), Self.bottom + 200, shortDay(at))
    }
    guard let last = ahead.last else { return out }
    out += text("caption", aheadLeft, 130, words.ahead)
    out += text("tick", aheadLeft, Self.bottom + 200, dayText(to))
    out += text("tick end", Self.right, Self.bottom + 200, lastDay(last.expiresAt))
    return out
  }

  private func period(_ scale: Scale) -> String {
    let end = isClosed ? to : min(to, max(from, steps.last?.at ?? from))
    return curve(
      opening, from, steps, end: end, scale, line: "line", area: "area",
      x: { x($0, from, to, Self.left, periodRight) })
  }

  private func future(_ scale: Scale) -> String {
    curve(
      closing, to, rest, end: aheadEnd, scale, line: "line later", area: "area later",
      x: { x($0, to, aheadEnd, aheadLeft, Self.right) })
  }

  /// A balance that stays until it steps, as a line and the area below it. Steps that fall on the same tenth of a pixel
  /// are drawn as the last of them, so that no statement makes a drawing without bound.
  private func curve(
    _ balance: Amount, _ start: Instant, _ steps: [(at: Instant, balance: Amount)], end: Instant, _ scale: Scale,
    line: String, area: String, x: (Instant) -> Int64
  ) -> String {
    var points: [(x: Int64, y: Int64)] = [(x(start), place(balance.units, scale))]
    for step in steps {
      let point = (x: x(step.at), y: place(step.balance.units, scale))
      if points.count > 1, points[points.count - 1].x == point.x { points.removeLast() }
      points.append(point)
    }
    var path = "M\(px(points[0].x)) \(px(points[0].y))"
    for point in points.dropFirst() { path += "H\(px(point.x))V\(px(point.y))" }
    path += "H\(px(max(x(end), points[points.count - 1].x)))"
    let base = place(0, scale)
    return "<path class=\"\(area)\" d=\"\(path)V\(px(base))H\(px(points[0].x))Z\"/>\n"
      + "<path class=\"\(line)\" d=\"\(path)\"/>\n"
  }

  /// Where each lot lapses, with the number of its row; marks that would cover each other stand in rows above each
  /// other.
  private func markers(_ scale: Scale) -> String {
    var out = ""
    var rows: [Int64] = [.min, .min, .min]
    for mark in marks.sorted(by: Mark.ends(_:before:)) {
      let isAhead = mark.expiresAt > to
      guard mark.expiresAt > from, !isAhead || mark.remaining > 0 else { continue }
      let x =
        isAhead
        ? x(mark.expiresAt, to, aheadEnd, aheadLeft, Self.right) : x(mark.expiresAt, from, to, Self.left, periodRight)
      let row = rows.firstIndex { x - 150 >= $0 } ?? 0
      rows[row] = x
      let y = Self.top - 100 + Int64(row) * 150
      out += line("end", x, y + 65, x, Self.bottom)
      out += "<circle class=\"mark\" cx=\"\(px(x))\" cy=\"\(px(y))\" r=\"6.5\"/>\n"
      out += text("number mid", x, y + 32, String(mark.number))
    }
    return out
  }

  // MARK: Places

  private func x(_ at: Instant, _ start: Instant, _ end: Instant, _ left: Int64, _ right: Int64) -> Int64 {
    let span = max(1, (end - start).milliseconds)
    let offset = min(max(0, (max(start, min(at, end)) - start).milliseconds), span)
    return left + scaled(offset, right - left, span)
  }

  private func place(_ units: Int64, _ scale: Scale) -> Int64 {
    Self.bottom - scaled(units - scale.low, Self.bottom - Self.top, max(1, scale.high - scale.low))
  }

  /// `value × by ÷ whole` without overflow.
  private func scaled(_ value: Int64, _ by: Int64, _ whole: Int64) -> Int64 {
    whole.dividingFullWidth(value.multipliedFullWidth(by: by)).quotient
  }

  // MARK: Elements

  private func line(_ kind: String, _ x1: Int64, _ y1: Int64, _ x2: Int64, _ y2: Int64) -> String {
    "<line class=\"\(kind)\" x1=\"\(px(x1))\" y1=\"\(px(y1))\" x2=\"\(px(x2))\" y2=\"\(px(y2))\"/>\n"
  }

  private func text(_ kind: String, _ x: Int64, _ y: Int64, _ text: String) -> String {
    "<text class=\"\(kind)\" x=\"\(px(x))\" y=\"\(px(y))\">\(Markup.escaped(text))</text>\n"
  }

  private func px(_ tenths: Int64) -> String {
    tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
  }

  private func dayText(_ at: Instant) -> String { words.language.short(zone.date(at)) }

  private func lastDay(_ end: Instant) -> String { dayText(end - .milliseconds(1)) }

  private func shortDay(_ at: Instant) -> String { words.language.dayAndMonth(zone.date(at)) }

  private func number(_ number: Int64) -> String { words.language.written(number) }

  /// A scale of round numbers that holds all values.
  struct Scale: Equatable {
    let low: Int64
    let high: Int64
    let ticks: [Int64]

    init(values: [Amount]) {
      let low = values.map(\.units).min() ?? 0
      let high = max(values.map(\.units).max() ?? 0, low + 1)
      var step: Int64 = 1
      // 1, 2, 5, 10, 20 …: the amounts of a wallet end far below where this would.
      while (high - low) / step >= StatementChart.tickCountMax {
        let isTwo = String(step).first == "2"
        step = isTwo ? step / 2 * 5 : step * 2
      }
      let first = low >= 0 ? low / step : -((step - 1 - low) / step)
      let last = high >= 0 ? (high + step - 1) / step : -(-high / step)
      self.low = first * step
      self.high = last * step
      ticks = (first...last).map { $0 * step }
    }
  }
}
