/// What must be known for a clause to apply. Every term must hold; a term on a fact that was not given does not hold.
///
/// A term with several values holds when a single-valued fact is *one of* them, and when a list-valued fact has *all*
/// of them (`documents: [written-consent, inventory]` asks for both).
public struct Condition: Hashable, Sendable {
  public var terms: [Term]

  public init(_ terms: [Term] = []) { self.terms = terms }

  /// The condition that always holds.
  public static let always = Condition()

  public enum Term: Hashable, Sendable {
    /// The fact's value is among, or its list contains all of, `values`.
    case fact(FactName, values: [String])
    /// The instant looked at lies in the calendar's open time.
    case within(calendar: String)
    /// The `reported` instant is at most `count` working days after the `closed` one, whose day is day 0.
    case workingDaysAfterClosure(count: Int, calendar: String)
  }
}
