package transferclass

// sides says which halves of a pair of lines are charged.
type sides struct{ source, destination bool }

var bothSides = sides{source: true, destination: true}

// acrossZones compares the zones of the ends: the same is free by the first
// rule, different ones are charged by the second, an unknown one is unpriced.
func acrossZones(f *Facts, d *Decision, same, other Rule, operation string, charged sides) {
	switch {
	case f.Source.Zone == "" || f.Destination.Zone == "":
		d.Unpriced = "zone of an end is unknown"
	case f.Source.Zone == f.Destination.Zone:
		d.free(same)
	default:
		out, in := operationPair(operation)
		charge := Charge{Rule: other, Fee: FeeCrossZone, Region: f.Source.Region, Code: codeRegional, NoAllowance: ownPartition(f.Source.Region)}
		if charged.source {
			charge.Payer, charge.Operation = PayerSource, out
			d.add(charge)
		}
		if charged.destination {
			charge.Payer, charge.Operation, charge.Inbound = PayerDestination, in, true
			d.add(charge)
		}
	}
}
