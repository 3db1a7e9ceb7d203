// Holds what a version says of some minutes. A holder has one pin.
MERGE (p:Pin {by: $by})
SET p.version = $version, p.from = $from, p.to = $to
