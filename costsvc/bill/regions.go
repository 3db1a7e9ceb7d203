package bill

import (
	"strings"

	"github.com/egressor/egressor/costsvc/transferclass"
)

// homeRegion is the region whose usage types carry no prefix.
const homeRegion = "us-east-1"

// regionOfPrefix maps the prefix of a usage type to its region: the canonical
// ones, which transferclass has, and older names.
var regionOfPrefix = func() map[string]string {
	regions := map[string]string{"CPT": "af-south-1", "EUW1": "eu-west-1"}
	for _, region := range transferclass.AWSRegions() {
		regions[transferclass.AWSRegionPrefix(region)] = region
	}
	return regions
}()

// canonicalPrefix maps the second name of a prefix to the first.
var canonicalPrefix = map[string]string{"EUW1": "EU", "CPT": "AFS1"}

// splitUsageType takes the region's prefix off a usage type. A usage type of a
// pair of regions keeps both, in their canonical form: it is the code of the
// pair, and its region is the first.
func splitUsageType(text string) (region, code string) {
	first, rest, ok := strings.Cut(text, "-")
	if !ok {
		return homeRegion, text
	}
	second, tail, paired := strings.Cut(rest, "-")
	if from, known := regionOfPrefix[first]; known && paired && strings.HasPrefix(tail, "AWS-") {
		return from, canonical(first) + "-" + canonical(second) + "-" + tail
	}
	if region, known := regionOfPrefix[first]; known {
		return region, rest
	}
	return homeRegion, text
}

func canonical(prefix string) string {
	if first, ok := canonicalPrefix[prefix]; ok {
		return first
	}
	return prefix
}

const codeRegional = "DataTransfer-Regional-Bytes"

// isTransfer reports whether a usage type is about bytes moved.
func isTransfer(code string) bool {
	for _, part := range []string{"DataTransfer", "AWS-Out-Bytes", "AWS-In-Bytes", "NatGateway-Bytes", "VpcEndpoint-Bytes", "TransitGateway-Bytes", "CloudFront-Out-Bytes"} {
		if strings.Contains(code, part) {
			return true
		}
	}
	return false
}

// isStanding reports whether a usage type is about a gateway's hours.
func isStanding(code string) bool {
	for _, part := range []string{"NatGateway-Hours", "NatGateway-Prvd", "VpcEndpoint-Hours", "TransitGateway-Hours", "PublicIPv4"} {
		if strings.Contains(code, part) {
			return true
		}
	}
	return false
}

// operationOf is the operation as far as it tells charges apart: a regional line
// of AWS, a peering and an endpoint of Azure have sides, and the internet has
// network tiers on Google Cloud and Azure. Any other has the operation of whoever
// sent.
func operationOf(code, operation string) string {
	switch code {
	case codeRegional, transferclass.GCPCodeInternet, transferclass.AzureCodeInternet, transferclass.AzureCodePeering, transferclass.AzureCodeEndpoint:
		return operation
	default:
		return ""
	}
}
