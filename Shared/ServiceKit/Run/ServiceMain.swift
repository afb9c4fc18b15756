/// What the executable of a service runs.
public enum ServiceMain<Definition: ServiceDefinition> {
  /// Does what the command line asks (`serve`, `migrate`, `--check-config`, `--version`, `--help`) and exits.
  public static func run() async {}
}
