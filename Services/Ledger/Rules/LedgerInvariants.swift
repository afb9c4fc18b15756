internal import Policy

/// The invariants of the ledger as a check on rows, from wherever they come: a state, a database, another program.
package struct LedgerInvariants: Sendable {
  package var agreements: [Agreement]
  package var wallets: [Wallet]
  package var lots: [Lot]
  package var holds: [Hold]
  package var transfers: [Transfer]
  package var entries: [Entry]
  package var invoices: [Invoice]
  package var reversals: [Reversal]

  package init(
    agreements: [Agreement], wallets: [Wallet], lots: [Lot], holds: [Hold], transfers: [Transfer], entries: [Entry],
    invoices: [Invoice],
    reversals: [Reversal]
  ) {
    self.agreements = agreements
    self.wallets = wallets
    self.lots = lots
    self.holds = holds
    self.transfers = transfers
    self.entries = entries
    self.invoices = invoices
    self.reversals = reversals
  }

  /// Everything that a state holds, which must be all of it: nothing may have been left in a store.
  package init(_ state: LedgerState) {
    self.init(
      agreements: state.agreements.all, wallets: state.wallets.all, lots: state.lots.all, holds: state.holds.all,
      transfers: state.transfers.all,
      entries: state.entries.all, invoices: state.invoices.all, reversals: state.reversals.all)
  }

  /// What does not hold, each with its invariant's number; empty when all is well.
  package var violations: [String] {
    transfersSumToZero + sidesCountTheSame + balancesAreSums + nobodyIsOverdrawn + holdsFit + entriesHaveNoGaps
      + reversedOnce
  }

  /// I1: what transfers move out of customers' wallets their entries bring into the tenant's, and the lines say so.
  var transfersSumToZero: [String] {
    let moved = transfers.reduce(into: [Entry.Key: Amount]()) { sums, transfer in
      sums[Entry.Key(wallet: transfer.contra, sequence: transfer.contraSequence), default: 0] += transfer.amount
    }
    let booked = Dictionary(entries.map { ($0.key, $0.amount) }, uniquingKeysWith: +)
    return Set(moved.keys).union(booked.keys).filter { moved[$0].map { -$0 } != booked[$0] }.sorted()
      .map { "I1: entry \($0.sequence) of wallet \($0.wallet)" }
      + transfers.filter { $0.lines.total != -$0.amount }.map { "I1: transfer \($0.id)" }
  }

  /// I1: both sides of a transfer are in the same unit, the other one in a wallet of the tenant's own.
  var sidesCountTheSame: [String] {
    let units = Dictionary(agreements.map { ($0.id, $0.unit) }, uniquingKeysWith: { first, _ in first })
    let own = Dictionary(
      wallets.filter { $0.kind != .customer }.map { ($0.id, $0.unit) }, uniquingKeysWith: { first, _ in first })
    return transfers.filter { transfer in
      guard let unit = own[transfer.contra] else { return true }
      return unit != transfer.furtherUnit ?? units[transfer.agreement]
    }.map { "I1: transfer \($0.id): its other side counts \(own[$0.contra] ?? "nothing")" }
  }

  /// I2: a balance is the sum of its wallet's entries, and of its lots less what is owed for overage, which is in the plan's
  /// own unit.
  var balancesAreSums: [String] {
    let journal = Dictionary(grouping: sides, by: \.wallet)
    let lots = Dictionary(grouping: lots) { WalletID(of: $0.agreement, in: $0.furtherUnit) }
    let open = Dictionary(grouping: invoices.filter { $0.issuedAt == nil }) { WalletID(of: $0.agreement, in: nil) }
    let known = Set(wallets.map(\.id))
    let lost = Set(journal.keys).union(lots.keys).subtracting(known).sorted().map { "I2: wallet \($0) is not there" }
    return lost
      + wallets.flatMap { wallet -> [String] in
        var found: [String] = []
        let sum = (journal[wallet.id] ?? []).reduce(Amount.zero) { $0 + $1.amount }
        if sum != wallet.balance { found.append("I2: wallet \(wallet.id) has \(wallet.balance), its entries \(sum)") }
        guard wallet.kind == .customer else { return found }
        let remaining = (lots[wallet.id] ?? []).reduce(Amount.zero) { $0 + $1.remaining }
        let owed = (open[wallet.id] ?? []).reduce(Amount.zero) { $0 + $1.units }
        if remaining - owed != wallet.balance {
          found.append("I2: wallet \(wallet.id) has \(wallet.balance), its lots \(remaining), owed \(owed)")
        }
        return found
      }
  }

  /// The entries of all wallets: a customer's are its transfers.
  private var sides: [Entry] {
    entries
      + transfers.map { transfer in
        Entry(
          wallet: WalletID(of: transfer.agreement, in: transfer.furtherUnit), sequence: transfer.sequence,
          amount: transfer.amount, balance: transfer.balance, at: transfer.at)
      }
  }

  /// I3: nothing goes below its agreed overage.
  var nobodyIsOverdrawn: [String] {
    wallets.filter { $0.kind == .customer && ($0.balance < -$0.overageLimit || $0.overageLimit < 0) }
      .map { "I3: wallet \($0.id): balance \($0.balance), overage limit \($0.overageLimit)" }
      + lots.filter { $0.remaining < 0 || $0.remaining > $0.granted }.map { "I3: lot \($0.id): \($0.remaining)" }
  }

  /// I4: holds never exceed what is available, and what is held is the sum of the open ones.
  var holdsFit: [String] {
    let open = Dictionary(grouping: holds.filter { $0.state == .open }) {
      WalletID(of: $0.agreement, in: $0.furtherUnit)
    }
    let perLot = holds.filter { $0.state == .open }.flatMap(\.draws)
      .reduce(into: [LotID: Amount]()) { $0[$1.lot, default: 0] += $1.units }
    let unissued = Dictionary(grouping: invoices.filter { $0.issuedAt == nil }) { WalletID(of: $0.agreement, in: nil) }
    let ofWallets = wallets.filter { $0.kind == .customer }.compactMap { wallet -> String? in
      let holds = open[wallet.id] ?? []
      let held = holds.reduce(Amount.zero) { $0 + $1.amount }
      let allowed =
        holds.reduce(Amount.zero) { $0 + $1.overage }
        + (unissued[wallet.id] ?? []).reduce(Amount.zero) { $0 + $1.units }
      let fits = wallet.held == held && held <= wallet.balance + wallet.overageLimit && wallet.overageLimit == allowed
      return fits
        ? nil : "I4: wallet \(wallet.id): held \(wallet.held), open holds \(held), limit \(wallet.overageLimit)"
    }
    let ofLots = lots.filter { $0.held != perLot[$0.id] ?? 0 || $0.held > $0.remaining || $0.held < 0 }
      .map { "I4: lot \($0.id): held \($0.held), of \($0.remaining)" }
    let ofHolds = holds.filter { $0.draws.total + $0.overage != $0.amount || $0.captured > $0.amount }
      .map { "I4: hold \($0.id)" }
    return ofWallets + ofLots + ofHolds
  }

  /// I5: the entries of a tenant's wallet, and those of an agreement's journal, have no gaps and never go back in time; each
  /// carries the balance of its wallet after it.
  var entriesHaveNoGaps: [String] {
    let ofTenant = Dictionary(grouping: entries, by: \.wallet)
    let ofCustomers = Dictionary(grouping: transfers) { WalletID(of: $0.agreement, in: nil) }
    return ofTenant.flatMap { gaps(in: $1, of: $0) }
      + ofCustomers.flatMap { wallet, transfers in
        gaps(
          in: transfers.map { transfer in
            Entry(
              wallet: WalletID(of: transfer.agreement, in: transfer.furtherUnit), sequence: transfer.sequence,
              amount: transfer.amount, balance: transfer.balance, at: transfer.at)
          }, of: wallet)
      }
  }

  /// What is wrong with entries that are numbered in `wallet`, whichever wallet of the agreement they are in.
  private func gaps(in entries: [Entry], of wallet: WalletID) -> [String] {
    var (sequence, at) = (Int64(0), Instant.earliest)
    var balances: [WalletID: Amount] = [:]
    for entry in entries.sorted(by: { $0.sequence < $1.sequence }) {
      sequence += 1
      balances[entry.wallet, default: 0] += entry.amount
      guard entry.sequence == sequence, entry.balance == balances[entry.wallet], entry.at >= at else {
        return ["I5: wallet \(wallet): entry \(entry.sequence)"]
      }
      at = entry.at
    }
    return wallets.contains { $0.id == wallet && $0.sequence == sequence } ? [] : ["I5: wallet \(wallet): sequence"]
  }

  /// A transfer is reversed at most once, by the one that says so.
  var reversedOnce: [String] {
    let by = Dictionary(grouping: transfers.filter { $0.reverses != nil }, by: \.reverses)
    return by.values.filter { $0.count > 1 }.map { "I6: transfer \($0[0].id) reverses what was reversed" }
      + reversals.filter { by[$0.transfer]?.first?.id != $0.by }.map { "I6: reversal of \($0.transfer)" }
  }
}
