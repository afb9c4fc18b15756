extension Plan {
  private func list(_ words: [String]) -> String? { words.isEmpty ? nil : words.joined(separator: ", ") }

  var servicesDescribed: [ClauseDescription] {
    var all = entitlements.map { one in
      ClauseDescription(
        "entitlements", one.id, whom: "agreements of the tiers \(one.tiers.joined(separator: ", "))",
        [
          ("grants", list(one.grants)), ("is for the tiers", list(one.tiers)),
          ("grants to who bought it", list(one.eachBought)),
        ]
          + one.opens.keys.sorted().map { service in
            let opening = one.opens[service]
            let classes = opening.flatMap { $0.classes.isEmpty ? nil : " for \($0.classes.joined(separator: ", "))" }
            return ("with \(service) counts in", (opening?.calendar ?? "") + (classes ?? ""))
          } + [
            ("draws", one.draws), ("stays", one.lapsedAllowed ? "when the agreement has lapsed" : nil),
            ("says", one.text), ("refers to", one.refer),
          ])
    }
    all += exclusions.map { one in
      ClauseDescription(
        "exclusions", one.id, whom: "who asks about \(one.about.joined(separator: ", "))",
        [
          ("excludes", list(one.about)), ("is lifted by", list(one.unless)), ("says", one.text),
          ("refers to", one.refer),
        ])
    }
    all += obligations.map { one in
      ClauseDescription(
        "obligations", one.id, whom: "customers who do not keep it",
        [("does", one.otherwise.rawValue), ("says", one.text)])
    }
    return all + productDescribed
  }

  private var productDescribed: [ClauseDescription] {
    guard let product else { return [] }
    let whom = "who runs \(product.title)"
    var all = [
      ClauseDescription(
        "product", product.id, whom: whom,
        [("is called", product.title)]
          + product.releases.map { ("has release \($0.version) since", $0.on.description) }
          + [("has a grace of", product.grace?.description), ("says", product.text)])
    ]
    if let end = product.endOfLife {
      let migration = end.alternative?.migration
      all.append(
        ClauseDescription(
          "product", end.id, whom: whom,
          [
            ("ends on", end.on?.description), ("is told before by", end.notice.description),
            ("is continued by", end.upgrade), ("suggests", end.alternative?.product),
            ("charges help to move by", migration), ("says", end.text),
          ]))
    }
    return all
  }

  var chargesDescribed: [ClauseDescription] {
    var all = packages.map { one in
      ClauseDescription(
        "packages", one.id, whom: "who buys it from now on",
        [
          ("grants", "\(one.grants) \(one.unit)s"), ("costs", one.price?.description),
          ("lasts", one.lasts?.description), ("carries over", one.carryOver.rawValue),
          ("is bought again", one.standingOrder?.rawValue),
        ])
    }
    if let rounding {
      all.append(
        ClauseDescription(
          "rounding", "rounding", whom: "whoever pays by time",
          [
            ("counts in", rounding.increment.description), ("rounds up from", rounding.upFrom.description),
            ("is at least", "\(rounding.minimum)"), ("rounds each", rounding.scope.rawValue),
          ]))
    }
    all += rates.map { rate in
      ClauseDescription(
        "rates", rate.id, whom: words(rate.when).map { "work with \($0)" } ?? "all other work",
        [
          ("is for", words(rate.when) ?? "all work"), ("costs", words(rate.basis, rate.unit)),
          ("counts in", rate.calendar), ("is voided by", rate.voidedBy?.rawValue), ("says", rate.text),
        ]
          + rate.gates.map { gate in
            let warn = gate.warn.map { ", with a warning \($0) before" } ?? ""
            let each = gate.eachBlock ? ", for every block" : ""
            return ("needs by \(gate.id)", "\(gate.need.rawValue) after \(gate.at)\(warn)\(each)")
          })
    }
    if let parts {
      all.append(
        ClauseDescription(
          "parts", parts.id, whom: "who needs parts",
          [("cost", parts.rate.map { words($0, unit) } ?? "what is agreed first"), ("says", parts.text)]))
    }
    all += waivers.map { one in
      ClauseDescription(
        "waivers", one.id, whom: words(one.when).map { "work with \($0)" } ?? "all work",
        [("is for", words(one.when)), ("waives", one.waives.rawValue), ("says", one.text)])
    }
    if let overage {
      all.append(
        ClauseDescription(
          "overage", overage.id, whom: "whose balance is used up",
          [
            ("costs", "\(overage.price) for each \(unit)"),
            ("is invoiced", "\(overage.invoiceAfter) after completion"), ("says", overage.text),
          ]))
    }
    if let assessment {
      all.append(
        ClauseDescription(
          "before_first_charge", assessment.id, whom: "new customers",
          [("asks for", list(assessment.items)), ("says", assessment.text)]))
    }
    if let lateWork {
      all.append(
        ClauseDescription(
          "late_work", lateWork.id, whom: "work that is recorded late",
          [
            ("may be recorded within", lateWork.within.description),
            ("takes work on closed tickets", lateWork.isAfterClosure ? "yes" : "no"), ("says", lateWork.text),
          ]))
    }
    return all
  }

  private func words(_ basis: Rate.Basis, _ unit: String) -> String {
    switch basis {
    case .flat(let amount): "\(amount) \(unit)s"
    case .blocks(let span, let first, let each) where first == each: "\(each) \(unit)s for each \(span) begun"
    case .blocks(let span, let first, let each):
      "\(first) \(unit)s for the first \(span), \(each) for each further one"
    case .per(let span, let each): "\(each) \(unit)s for each \(span)"
    }
  }
}
