import IntakeService
import ServiceKit

await ServiceMain<IntakeDefinition>.run()
