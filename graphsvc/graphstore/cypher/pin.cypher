// Holds what a version says of some minutes.
MERGE (p:Pin {version: $version, from: $from, to: $to, by: $by})
RETURN count(*)
