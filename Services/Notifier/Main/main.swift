import NotifierService
import ServiceKit

await ServiceMain<NotifierDefinition>.run()
