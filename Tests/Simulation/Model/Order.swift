import CalloutClient
import Wire

/// Whether what came on one connection for one wallet was decided in the order in which it came.
enum Order {
  static func check(_ calls: [CallRecord], _ arrivals: [Arrivals.Arrival]) throws {
    var counts: [[UInt8]: Int] = [:]
    for arrival in arrivals { counts[arrival.key, default: 0] += 1 }
    var told: [[UInt8]: (wallet: String, sequence: Int64)] = [:]
    // What was answered only when it was asked again may have been decided only then.
    for call in calls where call.method == .chargePost {
      guard case .reply? = call.outcomes.first, let entry = call.reply?.value(at: "transfer.entries[0]"),
        let wallet = entry["wallet_id"]?.plain,
        let sequence = entry["seq"]?.whole
      else { continue }
      told[call.key] = (wallet, sequence)
    }
    var last: [String: Int64] = [:]
    // What came twice may have been decided either time.
    for arrival in arrivals where counts[arrival.key] == 1 {
      guard let (wallet, sequence) = told[arrival.key] else { continue }
      let way = "\(arrival.process) \(arrival.connection) \(wallet)"
      if let before = last[way], before >= sequence {
        throw Violation(.order, "entry \(sequence) of \(wallet) was asked for after entry \(before)")
      }
      last[way] = sequence
    }
  }
}
