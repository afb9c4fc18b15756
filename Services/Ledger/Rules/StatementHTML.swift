internal import Policy

// The statement as a page that prints well: no scripts and nothing from elsewhere, dark on light, and no page break
// between a charge and its explanation. Well-formed as XML too.
extension StatementDocument {
  /// The most lots that are shown of one unit.
  package static let shownLotCountMax = 24

  /// The statement as HTML.
  package var html: String {
    let title = "\(plan.title): \(self.title)\(isClosed ? "" : ", so far")"
    var out = """
      <!DOCTYPE html>
      <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>\(Markup.escaped(title))</title>
      <style>\(Self.style)</style>
      </head>
      <body>
      <header>
      <p class="provider">\(Markup.escaped(plan.title))</p>
      <h1>\(Markup.escaped(self.title))\(isClosed ? "" : " <span class=\"sofar\">so far</span>")</h1>
      </header>
      <dl class="facts">

      """
    if !accountName.isEmpty { out += fact("Customer", accountName) }
    out += fact("Agreement", agreement.description)
    out += fact("Period", "\(dateText(from, plan)) to \(lastDayText(to, plan)), time of \(plan.zone.name)")
    out += "</dl>\n"
    for (index, unit) in ([nil] + shownUnits).enumerated() { out += block(in: unit, number: index + 1) }
    out += "<footer><p>Every figure comes from the journal, whose entries are never changed. "
    out += "What comes late is an adjustment on the next statement.</p></footer>\n</body>\n</html>\n"
    return out
  }

  // MARK: A unit

  private func block(in furtherUnit: String?, number: Int) -> String {
    let noun = (furtherUnit ?? plan.unit) + "s"
    let all = lines(in: furtherUnit)
    var out = "<section>\n"
    if number > 1 || !shownUnits.isEmpty { out += "<h2>\(Markup.escaped(noun.capitalisedFirst))</h2>\n" }
    out += band(all, in: furtherUnit, noun)
    let lots = lotCourses(in: furtherUnit)
    let shown = Array(lots.prefix(Self.shownLotCountMax))
    out += "<figure>\n\(chart(in: furtherUnit, shown, name: "chart\(number)").svg)"
    out += "<figcaption>\(caption(shown))</figcaption>\n</figure>\n"
    if !shown.isEmpty { out += lotTable(shown, of: lots) }
    for section in StatementLine.Section.allCases {
      let lines = all.filter { $0.section == section }
      if !lines.isEmpty { out += table(section, lines, noun) }
    }
    if all.isEmpty { out += "<p class=\"quiet\">Nothing was added or used.</p>\n" }
    return out + "</section>\n"
  }

  /// How opening and sections make the closing balance.
  private func band(_ all: [StatementLine], in furtherUnit: String?, _ noun: String) -> String {
    var out = "<table class=\"band\">\n<caption class=\"hidden\">Summary in \(Markup.escaped(noun))</caption>\n<tr>"
    var values = "<tr>"
    func column(_ name: String, _ value: String, _ kind: String = "") {
      out += "<th scope=\"col\">\(Markup.escaped(name))</th>"
      values += "<td\(kind)>\(value)</td>"
    }
    column("Opening balance", printed(opening(in: furtherUnit)))
    for section in StatementLine.Section.allCases {
      let lines = all.filter { $0.section == section }
      guard !lines.isEmpty else { continue }
      column(section.rawValue, printed(lines.reduce(.zero) { $0 + $1.amount }, isSigned: true))
    }
    let closing = closing(in: furtherUnit)
    column("Closing balance", "\(printed(closing)) <small>\(Markup.escaped(noun))</small>", " class=\"closing\"")
    return out + "</tr>\n" + values + "</tr>\n</table>\n"
  }

  private func caption(_ lots: [LotCourse]) -> String {
    lots.isEmpty
      ? "The balance over the period."
      : "The balance over the period, and the last day of each package, by its number below."
  }

  private func lotTable(_ shown: [LotCourse], of lots: [LotCourse]) -> String {
    var out = """
      <table class="lots">
      <caption>Packages</caption>
      <thead><tr><th scope="col" class="key">No.</th><th scope="col">Package</th><th scope="col">Since</th>\
      <th scope="col" class="units">Granted</th><th scope="col" class="units">Used</th>\
      <th scope="col" class="units">Lapsed</th><th scope="col" class="units">Left</th><th scope="col">Until</th></tr></thead>
      <tbody>

      """
    for (index, course) in shown.enumerated() {
      let lot = course.lot
      let name = lot.package.isEmpty ? "Added by hand" : lot.package
      out += "<tr><td class=\"key\">\(index + 1)</td><td>\(Markup.escaped(name))</td>"
      out += "<td>\(dateText(lot.grantedAt, plan))</td><td class=\"units\">\(printed(lot.granted))</td>"
      out += "<td class=\"units\">\(printed(course.used))</td><td class=\"units\">\(printed(course.lapsed))</td>"
      out += "<td class=\"units\">\(bar(lot))\(printed(lot.remaining))</td>"
      out += "<td>\(lot.expiresAt.map { lastDayText($0, plan) } ?? "no end")</td></tr>\n"
    }
    let rest = lots.dropFirst(shown.count)
    if !rest.isEmpty {
      let left = rest.reduce(Amount.zero) { $0 + $1.lot.remaining }
      out += "<tr><td></td><td colspan=\"5\">\(rest.count) more</td>"
      out += "<td class=\"units\">\(printed(left))</td><td></td></tr>\n"
    }
    return out + "</tbody>\n</table>\n"
  }

  /// How much of a lot is left, as a bar of 48 pixels.
  private func bar(_ lot: StatementLot) -> String {
    guard lot.granted > 0 else { return "" }
    let filled = max(0, min(48, lot.remaining.units * 48 / lot.granted.units))
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"bar\" viewBox=\"0 0 48 6\" aria-hidden=\"true\">"
      + "<rect class=\"whole\" width=\"48\" height=\"6\"/><rect class=\"left\" width=\"\(filled)\" height=\"6\"/></svg> "
  }

  // MARK: Lines

  /// A section of the statement. Each transfer is a body of its own, which no page break parts from its reasons.
  private func table(_ section: StatementLine.Section, _ lines: [StatementLine], _ noun: String) -> String {
    var out = """
      <table class="lines">
      <caption>\(section.rawValue)</caption>
      <thead><tr><th scope="col" class="date">Date</th><th scope="col">What and why</th>\
      <th scope="col" class="units">\(Markup.escaped(noun.capitalisedFirst))</th></tr></thead>

      """
    var rest = lines[...]
    while let first = rest.first {
      let group = rest.prefix { $0.transfer == first.transfer }
      rest = rest.dropFirst(group.count)
      out += "<tbody>\n<tr><td class=\"date\">\(dateText(first.at, plan))</td>"
      out += "<td class=\"heading\" colspan=\"2\">\(Markup.escaped(first.heading))</td></tr>\n"
      for line in group { out += row(line) }
      out += "</tbody>\n"
    }
    let sum = lines.reduce(Amount.zero) { $0 + $1.amount }
    out += "<tbody class=\"total\"><tr><td></td><td>Total</td>"
    return out + "<td class=\"units\">\(printed(sum, isSigned: true))</td></tr></tbody>\n</table>\n"
  }

  private func row(_ line: StatementLine) -> String {
    let text = line.text.isEmpty ? line.clause : line.text
    let reason = line.clause.isEmpty ? line.arithmetic : "\(line.clause): \(line.arithmetic)"
    let why = reason.isEmpty ? "" : "<br/><small>\(Markup.escaped(reason))</small>"
    return "<tr><td></td><td>\(Markup.escaped(text))\(why)</td>"
      + "<td class=\"units\">\(printed(line.amount, isSigned: true))</td></tr>\n"
  }

  private func fact(_ name: String, _ value: String) -> String {
    "<div><dt>\(name)</dt><dd>\(Markup.escaped(value))</dd></div>\n"
  }

  /// A number as people write it, with a minus sign and not a hyphen.
  private func printed(_ amount: Amount, isSigned: Bool = false) -> String {
    let digits = grouped(Int64(clamping: amount.units.magnitude))
    if amount < 0 { return "\u{2212}\(digits)" }
    return isSigned && amount > 0 ? "+\(digits)" : digits
  }
}

extension StatementDocument {
  /// The lots of a unit that had something left or were touched, in the order in which they were granted.
  package func lotCourses(in furtherUnit: String?) -> [LotCourse] {
    courses.filter { course in
      course.lot.furtherUnit == furtherUnit && (course.opening != 0 || course.lot.remaining != 0 || course.isTouched)
    }
  }

  /// The drawing of a unit, with the lots as they are numbered.
  func chart(in furtherUnit: String?, _ lots: [LotCourse], name: String) -> StatementChart {
    StatementChart(
      unit: furtherUnit ?? plan.unit, zone: plan.zone, from: from, to: to, opening: opening(in: furtherUnit),
      steps: transfers.filter { $0.furtherUnit == furtherUnit }.map { ($0.at, $0.balance) },
      closing: closing(in: furtherUnit), isClosed: isClosed,
      marks: lots.enumerated().compactMap { index, course in
        course.lot.expiresAt.map {
          StatementChart.Mark(number: index + 1, expiresAt: $0, remaining: course.lot.remaining)
        }
      }, name: name)
  }

  fileprivate static let style = """

    @page { margin: 18mm 16mm 20mm; @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt sans-serif; color: #555 } }
    * { box-sizing: border-box }
    html { background: #fff; color: #1b1f24 }
    body { font: 14px/1.45 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; margin: 0 auto; max-width: 760px; padding: 28px 20px; font-variant-numeric: tabular-nums lining-nums; overflow-wrap: anywhere }
    header { border-bottom: 2px solid #1f4e8c; padding-bottom: 10px; margin-bottom: 16px }
    .provider { margin: 0; color: #1f4e8c; font-weight: 700; letter-spacing: .02em }
    h1 { margin: 2px 0 0; font-size: 26px; font-weight: 400 }
    h2 { margin: 28px 0 8px; font-size: 18px; font-weight: 600; break-after: avoid }
    .sofar { color: #555; font-size: 16px }
    .facts { display: flex; flex-wrap: wrap; gap: 6px 36px; margin: 0 0 20px }
    dt { color: #555; font-size: 12px }
    dd { margin: 0 }
    table { border-collapse: collapse; width: 100% }
    th { text-align: left; font-weight: 600; font-size: 12px; color: #555; vertical-align: bottom }
    td { vertical-align: top }
    caption { text-align: left; font-weight: 600; font-size: 15px; padding: 0 0 4px; break-after: avoid }
    small { color: #555; font-size: 12px }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
    .band { background: #f3f6fa; margin-bottom: 16px; table-layout: fixed; break-inside: avoid }
    .band th { padding: 8px 12px 0; font-weight: 400 }
    .band td { padding: 0 12px 8px; font-size: 19px; white-space: nowrap }
    .band .closing { font-weight: 700; color: #1f4e8c }
    figure { margin: 0 0 18px; break-inside: avoid }
    figure svg { display: block; width: 100%; height: auto }
    figcaption { color: #555; font-size: 12px }
    .lots, .lines { margin: 0 0 22px }
    .lots th, .lines th { border-bottom: 1px solid #1b1f24; padding: 3px 8px 3px 0 }
    .lots td { border-bottom: 1px solid #e3e7ed; padding: 4px 8px 4px 0; white-space: nowrap }
    .lots td:nth-child(2) { white-space: normal }
    .lots tr { break-inside: avoid }
    .lines td { padding: 0 8px 5px 0 }
    .lines thead, .lots thead { break-after: avoid }
    .lines thead tr { break-inside: avoid; break-after: avoid }
    .lines tbody:first-of-type { break-before: avoid }
    .lines tbody { break-inside: avoid; border-bottom: 1px solid #e3e7ed }
    .lines tbody tr:first-child td { padding-top: 6px }
    .lines .total { border-bottom: 0; break-before: avoid; font-weight: 700 }
    .heading { font-weight: 600 }
    .date { width: 100px; white-space: nowrap }
    .units { text-align: right; white-space: nowrap }
    .lines .units, .lots th:last-child, .lots td:last-child { padding-right: 0 }
    .lots td:last-child, .lots th:last-child { padding-left: 14px }
    .lines .units { width: 90px }
    .key { width: 34px; color: #a3271c; font-weight: 700 }
    .quiet { color: #555 }
    footer { border-top: 1px solid #c9d3e0; color: #555; font-size: 12px; margin-top: 28px }
    svg text { font: 11px "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; fill: #555 }
    svg .caption { font-weight: 600; fill: #1b1f24 }
    svg .end { text-anchor: end }
    svg .mid { text-anchor: middle }
    svg .number { font-size: 9px; font-weight: 700; fill: #fff }
    svg .grid { stroke: #e3e7ed; stroke-width: 1 }
    svg .axis { stroke: #8d97a5; stroke-width: 1 }
    svg .line { fill: none; stroke: #1f4e8c; stroke-width: 2 }
    svg .line.later { stroke-dasharray: 5 3 }
    svg .area { fill: #1f4e8c; fill-opacity: .14 }
    svg .area.later { fill-opacity: .07 }
    svg line.end { stroke: #a3271c; stroke-width: 1; stroke-dasharray: 2 2 }
    svg .mark { fill: #a3271c }
    .bar { width: 48px; height: 6px; vertical-align: middle }
    svg .whole { fill: #e3e7ed }
    svg .left { fill: #1f4e8c }
    @media print { body { max-width: none; padding: 0; font-size: 10pt } h1 { font-size: 18pt } .band td { font-size: 13pt } * { print-color-adjust: exact; -webkit-print-color-adjust: exact } }

    """
}

extension LotCourse {
  fileprivate var isTouched: Bool { used != 0 || lapsed != 0 }
}

extension String {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
