import LedgerService
import ServiceKit

await ServiceMain<LedgerService>.run()
