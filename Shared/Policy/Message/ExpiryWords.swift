extension CivilDate {
  /// As notices and statements write it in English: `2 Mar 2026`.
  public var words: String {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let parts = parts
    return "\(parts.day) \(months[parts.month - 1]) \(parts.year)"
  }
}

extension Plan {
  /// The last civil day before an instant at which something ends.
  public func lastDay(before end: Instant) -> CivilDate { zone.date(end - .milliseconds(1)) }

  /// How the subject of the notice ends that units lapse.
  public func expiryEnding(_ expiresAt: Instant) -> String { "expire after \(lastDay(before: expiresAt).words)" }

  /// Whether a notice of the kind `expiry`, in the words in which it is told, is about the lot that was granted then in that unit and
  /// lapses then: lots of one unit with the same last day are told of together, each by the day on which it was granted.
  public func isExpiryTold(
    subject: String, text: String, ofUnit unit: String, granted: Instant, expiring expiresAt: Instant
  ) -> Bool {
    let lot = "of \(zone.date(granted).words)"
    return subject.hasSuffix(expiryEnding(expiresAt)) && ["", "s"].contains { text.contains(" \(unit)\($0) \(lot)") }
  }
}
