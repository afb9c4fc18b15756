internal import CalloutCommand
internal import Foundation

exit(await CalloutProgram.run(Array(CommandLine.arguments.dropFirst())))
