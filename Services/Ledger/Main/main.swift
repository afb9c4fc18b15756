print("Ledger")
