package transferclass

import "slices"

// Rule is the id of a row of a decision table, such as "A3".
type Rule string

// Payer says whose side of a transfer a charge falls on.
type Payer string

// Payers.
const (
	PayerNone        Payer = "none"        // nobody: the provider does not charge for it
	PayerSource      Payer = "source"      // owner of the sending end
	PayerDestination Payer = "destination" // owner of the receiving end
	PayerGateway     Payer = "gateway"     // owner of the NAT gateway or endpoint in between
)

// Fee names a price: together with a region, and for some a second place, it
// selects one row of a price book.
type Fee uint8

// Fees that are charged by the byte, then those charged by the hour.
const (
	FeeNone              Fee = iota // free by rule, no price row
	FeeCrossZone                    // region
	FeeInternet                     // region; Google Cloud: region and destination; Azure: zone
	FeeInternetStandard             // region; the cheaper of two network tiers
	FeeInterRegion                  // source region and destination region
	FeeNAT                          // region
	FeeEndpoint                     // region: interface endpoint
	FeeEndpointReturn               // region: interface endpoint where the ways are billed apart
	FeeTransit                      // region
	FeePeering                      // region
	FeeCarrierPeering               // region: to content networks that Google peers with
	FeeInternetAllowance            // free bytes before FeeInternet
	FeeCrossZoneAllowance
	FeeNATHour
	FeeEndpointHour
	FeeTransitHour
	FeePublicAddressHour
	FeeALBUnitHour // capacity unit of an application load balancer, for an hour
	FeeNLBUnitHour // of a network load balancer
	NumFees
)

var feeNames = [NumFees]string{
	"none", "cross-zone", "internet", "internet-standard", "inter-region", "nat", "endpoint", "endpoint-return",
	"transit", "peering", "carrier-peering", "internet-allowance", "cross-zone-allowance",
	"nat-hour", "endpoint-hour", "transit-hour", "public-address-hour",
	"alb-unit-hour", "nlb-unit-hour",
}

// String is the fee's name in price books.
func (f Fee) String() string {
	if f >= NumFees {
		return "invalid"
	}
	return feeNames[f]
}

// ParseFee is the inverse of Fee.String. "none" is not a fee.
func ParseFee(text string) (Fee, bool) {
	for fee, name := range feeNames {
		if name == text && Fee(fee) != FeeNone {
			return Fee(fee), true
		}
	}
	return FeeNone, false
}

// Charge is one line that a transfer causes, without a price.
type Charge struct {
	Rule  Rule
	Payer Payer
	Fee   Fee
	// Free is true where the rule itself says that nothing is charged: no price
	// is needed. The row of Fee, if any, only lends its code.
	Free bool
	// NoAllowance is true in partitions that have no free allowance.
	NoAllowance bool
	// Inbound is true for the receiving half of a pair of lines.
	Inbound bool
	// Region, and To for fees between two places, select the price. Region is
	// also whose part of the bill the line is in.
	Region, To string
	// Code and Operation are the bill's usage type and operation. An empty Code
	// with a fee is taken from the price row.
	Code, Operation string
}

// MaxCharges is how many charges one transfer can cause.
const MaxCharges = 8

// Decision is what Classify answers.
type Decision struct {
	charges [MaxCharges]Charge
	count   int
	// switches are the disputed points as settled for this decision.
	switches Switches
	// Unpriced says why the transfer, or a part of its way, has no charge
	// although it may cost something; "" where every part is decided.
	Unpriced string
	// PathAssumed is true where the way, or a zone on it, was taken for granted.
	PathAssumed bool
}

// Charges are the lines in the order in which they arise on the way.
func (d *Decision) Charges() []Charge { return d.charges[:d.count] }

func (d *Decision) add(c Charge) {
	d.charges[d.count] = c
	d.count++
}

// keep drops the charges from index first on that wanted refuses.
func (d *Decision) keep(first int, wanted func(*Charge) bool) {
	kept := slices.DeleteFunc(d.charges[first:d.count], func(c Charge) bool { return !wanted(&c) })
	d.count = first + len(kept)
}

// free records that a rule makes the transfer free.
func (d *Decision) free(rule Rule) { d.freeWithCode(rule, "", "") }

// freeWithCode is free for what a bill lists all the same, at a price of 0.
func (d *Decision) freeWithCode(rule Rule, code, region string) {
	d.add(Charge{Rule: rule, Payer: PayerNone, Free: true, Inbound: code == codeIn, Code: code, Region: region})
}

func classify(facts *Facts, d *Decision) {
	d.count, d.Unpriced = 0, ""
	d.PathAssumed = facts.PathAssumed || facts.Path.Has(HopUnknown)
	switch facts.Provider {
	case "aws":
		classifyAWS(facts, d)
	case "gcp":
		classifyGCP(facts, d)
	case "azure":
		classifyAzure(facts, d)
	case "":
		classifyNowhere(facts, d)
	default:
		d.Unpriced = "no decision table for this provider"
	}
}

// classifyNowhere handles ends without a provider: what never leaves the machine
// is free, and so are the bytes on a line of the user's own (N1), which is paid
// by the month. What a cloud charges at its end of such a line is its own rule's.
func classifyNowhere(facts *Facts, d *Decision) {
	if facts.Path.Has(HopNode) {
		d.free("A1")
		return
	}
	if facts.Path.Has(HopOwnNetwork) {
		d.free("N1")
		return
	}
	d.Unpriced = "provider unknown"
}
