package bill

import "strings"

// homeRegion is the region whose usage types carry no prefix.
const homeRegion = "us-east-1"

// regionOfPrefix maps the prefix of a usage type to its region.
var regionOfPrefix = map[string]string{
	"AFS1": "af-south-1", "CPT": "af-south-1",
	"APE1": "ap-east-1", "APE2": "ap-east-2",
	"APN1": "ap-northeast-1", "APN2": "ap-northeast-2", "APN3": "ap-northeast-3",
	"APS3": "ap-south-1", "APS5": "ap-south-2",
	"APS1": "ap-southeast-1", "APS2": "ap-southeast-2", "APS4": "ap-southeast-3", "APS6": "ap-southeast-4",
	"APS7": "ap-southeast-5", "APS8": "ap-southeast-6", "APS9": "ap-southeast-7",
	"CAN1": "ca-central-1", "CAN2": "ca-west-1", "CNN1": "cn-north-1", "CNW1": "cn-northwest-1",
	"EUC1": "eu-central-1", "EUC2": "eu-central-2", "EUN1": "eu-north-1", "EUS1": "eu-south-1", "EUS2": "eu-south-2",
	"EU": "eu-west-1", "EUW1": "eu-west-1", "EUW2": "eu-west-2", "EUW3": "eu-west-3",
	"ILC1": "il-central-1", "MEC1": "me-central-1", "MES1": "me-south-1", "MXC1": "mx-central-1", "SAE1": "sa-east-1",
	"USE1": homeRegion, "USE2": "us-east-2", "UGE1": "us-gov-east-1", "UGW1": "us-gov-west-1", "USW1": "us-west-1", "USW2": "us-west-2",
}

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
// has one side, any other line has the operation of whoever sent.
func operationOf(code, operation string) string {
	if code == codeRegional {
		return operation
	}
	return ""
}
