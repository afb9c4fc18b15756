internal import Policy

// The statement as a page that prints well: no scripts and nothing from elsewhere, dark on light, and no page break
// between a charge and its explanation. Well-formed as XML too.
extension StatementDocument {
  /// The most lots that are shown of one unit.
  package static let shownLotCountMax = 24

  /// The statement as HTML, in the words of a language.
  package func html(in words: StatementWords = .english) -> String { StatementPage(document: self, words: words).html }
}

/// A statement and the words in which its page says it.
private struct StatementPage {
  let document: StatementDocument
  let words: StatementWords

  var plan: Plan { document.plan }

  var html: String {
    let title = words.title(periodText)
    let isClosed = document.isClosed
    let shownUnits = document.shownUnits
    var out = """
      <!DOCTYPE html>
      <html lang="\(words.language)" xmlns="http://www.w3.org/1999/xhtml">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>\(Markup.escaped("\(plan.title): \(title)\(isClosed ? "" : ", \(words.soFar)")"))</title>
      <style>\(StatementStyle.sheet(words))</style>
      </head>
      <body>
      <header>
      <p class="provider">\(Markup.escaped(plan.title))</p>
      <h1>\(Markup.escaped(title))\(isClosed ? "" : " <span class=\"sofar\">\(words.soFar)</span>")</h1>
      </header>
      <dl class="facts">

      """
    if !document.accountName.isEmpty { out += fact(words.customer, document.accountName) }
    out += fact(words.agreement, document.agreement.description)
    out += fact(
      words.period, words.range(day(document.from), lastDay(document.to)) + ", " + words.zone(plan.zone.name))
    out += "</dl>\n"
    for (index, unit) in ([nil] + shownUnits).enumerated() { out += block(in: unit, number: index + 1) }
    out += "<footer><p>\(Markup.escaped(words.footer))</p></footer>\n</body>\n</html>\n"
    return out
  }

  // MARK: A unit

  private func block(in furtherUnit: String?, number: Int) -> String {
    let noun = (furtherUnit ?? plan.unit) + "s"
    let all = document.lines(in: furtherUnit)
    var out = "<section>\n"
    if number > 1 || !document.shownUnits.isEmpty { out += "<h2>\(Markup.escaped(noun.capitalisedFirst))</h2>\n" }
    out += band(all, in: furtherUnit, noun)
    let lots = document.lotCourses(in: furtherUnit)
    let shown = Array(lots.prefix(StatementDocument.shownLotCountMax))
    out += "<figure>\n\(document.chart(in: furtherUnit, shown, name: "chart\(number)", words).svg)"
    out +=
      "<figcaption>\(Markup.escaped(shown.isEmpty ? words.balanceCaption : words.lotsCaption))</figcaption>\n</figure>\n"
    if !shown.isEmpty { out += lotTable(shown, of: lots) }
    for section in StatementLine.Section.allCases {
      let lines = all.filter { $0.section == section }
      if !lines.isEmpty { out += table(section, lines, noun) }
    }
    if all.isEmpty { out += "<p class=\"quiet\">\(Markup.escaped(words.nothing))</p>\n" }
    return out + "</section>\n"
  }

  /// How opening and sections make the closing balance.
  private func band(_ all: [StatementLine], in furtherUnit: String?, _ noun: String) -> String {
    var out = "<table class=\"band\">\n<caption class=\"hidden\">\(Markup.escaped(words.summary(noun)))</caption>\n<tr>"
    var values = "<tr>"
    func column(_ name: String, _ value: String, _ kind: String = "") {
      out += "<th scope=\"col\">\(Markup.escaped(name))</th>"
      values += "<td\(kind)>\(value)</td>"
    }
    column(words.openingBalance, printed(document.opening(in: furtherUnit)))
    for section in StatementLine.Section.allCases {
      let lines = all.filter { $0.section == section }
      guard !lines.isEmpty else { continue }
      column(words.section(section), printed(lines.reduce(.zero) { $0 + $1.amount }, isSigned: true))
    }
    let closing = document.closing(in: furtherUnit)
    column(words.closingBalance, "\(printed(closing)) <small>\(Markup.escaped(noun))</small>", " class=\"closing\"")
    return out + "</tr>\n" + values + "</tr>\n</table>\n"
  }

  private func lotTable(_ shown: [LotCourse], of lots: [LotCourse]) -> String {
    func head(_ name: String, _ kind: String = "") -> String {
      "<th scope=\"col\"\(kind.isEmpty ? "" : " class=\"\(kind)\"")>\(Markup.escaped(name))</th>"
    }
    var out = "<table class=\"lots\">\n<caption>\(Markup.escaped(words.packages))</caption>\n<thead><tr>"
    out += head(words.number, "key") + head(words.package) + head(words.since) + head(words.granted, "units")
    out += head(words.used, "units") + head(words.lapsed, "units") + head(words.left, "units") + head(words.until)
    out += "</tr></thead>\n<tbody>\n"
    for (index, course) in shown.enumerated() {
      let lot = course.lot
      let name = lot.package.isEmpty ? words.addedByHand : lot.package
      out += "<tr><td class=\"key\">\(index + 1)</td><td>\(Markup.escaped(name))</td>"
      out += "<td>\(day(lot.grantedAt))</td><td class=\"units\">\(printed(lot.granted))</td>"
      out += "<td class=\"units\">\(printed(course.used))</td><td class=\"units\">\(printed(course.lapsed))</td>"
      out += "<td class=\"units\">\(bar(lot))\(printed(lot.remaining))</td>"
      out += "<td>\(lot.expiresAt.map(lastDay) ?? Markup.escaped(words.noEnd))</td></tr>\n"
    }
    let rest = lots.dropFirst(shown.count)
    if !rest.isEmpty {
      let left = rest.reduce(Amount.zero) { $0 + $1.lot.remaining }
      out +=
        "<tr><td></td><td colspan=\"5\">\(Markup.escaped(words.more(words.language.written(Int64(rest.count)))))</td>"
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
      <caption>\(Markup.escaped(words.section(section)))</caption>
      <thead><tr><th scope="col" class="date">\(words.date)</th><th scope="col">\(Markup.escaped(words.whatAndWhy))</th>\
      <th scope="col" class="units">\(Markup.escaped(noun.capitalisedFirst))</th></tr></thead>

      """
    var rest = lines[...]
    while let first = rest.first {
      let group = rest.prefix { $0.transfer == first.transfer }
      rest = rest.dropFirst(group.count)
      out += "<tbody>\n<tr><td class=\"date\">\(day(first.at))</td>"
      out += "<td class=\"heading\" colspan=\"2\">\(Markup.escaped(first.heading))</td></tr>\n"
      for line in group { out += row(line) }
      out += "</tbody>\n"
    }
    let sum = lines.reduce(Amount.zero) { $0 + $1.amount }
    out += "<tbody class=\"total\"><tr><td></td><td>\(words.total)</td>"
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

  /// A number as the language writes it, with a minus sign and not a hyphen.
  private func printed(_ amount: Amount, isSigned: Bool = false) -> String {
    (isSigned && amount > 0 ? "+" : "") + words.language.written(amount.units)
  }

  private func day(_ instant: Instant) -> String { words.language.short(plan.zone.date(instant)) }

  /// The last day before an instant at which something ends.
  private func lastDay(_ end: Instant) -> String { day(end - .milliseconds(1)) }

  /// The month, or the days from the first to the last.
  private var periodText: String {
    let (first, last) = (plan.zone.date(document.from), plan.zone.date(document.to - .milliseconds(1)))
    if first.startOfMonth == last.startOfMonth { return words.language.month(of: first) }
    return words.range(words.language.short(first), words.language.short(last))
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
  func chart(in furtherUnit: String?, _ lots: [LotCourse], name: String, _ words: StatementWords = .english)
    -> StatementChart
  {
    StatementChart(
      unit: furtherUnit ?? plan.unit, zone: plan.zone, from: from, to: to, opening: opening(in: furtherUnit),
      steps: transfers.filter { $0.furtherUnit == furtherUnit }.map { ($0.at, $0.balance) },
      closing: closing(in: furtherUnit), isClosed: isClosed,
      marks: lots.enumerated().compactMap { index, course in
        course.lot.expiresAt.map {
          StatementChart.Mark(number: index + 1, expiresAt: $0, remaining: course.lot.remaining)
        }
      }, name: name, words: words)
  }
}

extension LotCourse {
  fileprivate var isTouched: Bool { used != 0 || lapsed != 0 }
}

extension String {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
