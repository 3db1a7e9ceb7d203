package transferclass

import (
	"maps"
	"slices"
)

// awsPrefixes are the prefixes of AWS's usage types by region; a test holds them
// to the sourced facts (aws_region_codes.csv).
var awsPrefixes = map[string]string{
	"af-south-1":     "AFS1",
	"ap-east-1":      "APE1",
	"ap-east-2":      "APE2",
	"ap-northeast-1": "APN1",
	"ap-northeast-2": "APN2",
	"ap-northeast-3": "APN3",
	"ap-south-1":     "APS3",
	"ap-south-2":     "APS5",
	"ap-southeast-1": "APS1",
	"ap-southeast-2": "APS2",
	"ap-southeast-3": "APS4",
	"ap-southeast-4": "APS6",
	"ap-southeast-5": "APS7",
	"ap-southeast-6": "APS8",
	"ap-southeast-7": "APS9",
	"ca-central-1":   "CAN1",
	"ca-west-1":      "CAN2",
	"cn-north-1":     "CNN1",
	"cn-northwest-1": "CNW1",
	"eu-central-1":   "EUC1",
	"eu-central-2":   "EUC2",
	"eu-north-1":     "EUN1",
	"eu-south-1":     "EUS1",
	"eu-south-2":     "EUS2",
	"eu-west-1":      "EU",
	"eu-west-2":      "EUW2",
	"eu-west-3":      "EUW3",
	"il-central-1":   "ILC1",
	"me-central-1":   "MEC1",
	"me-south-1":     "MES1",
	"mx-central-1":   "MXC1",
	"sa-east-1":      "SAE1",
	"us-east-1":      "USE1",
	"us-east-2":      "USE2",
	"us-gov-east-1":  "UGE1",
	"us-gov-west-1":  "UGW1",
	"us-west-1":      "USW1",
	"us-west-2":      "USW2",
}

// AWSRegions are the regions whose prefix is known, sorted.
func AWSRegions() []string { return slices.Sorted(maps.Keys(awsPrefixes)) }

// AWSRegionPrefix is the prefix by which AWS's usage types name a region, "" for
// a region that is not known.
func AWSRegionPrefix(region string) string { return awsPrefixes[region] }

// AWSPairCode is the usage type of bytes between two regions of AWS: of the
// sending half, or with inbound of the receiving one. It is "" where a region's
// prefix is not known. A pair without a price has a usage type all the same.
func AWSPairCode(from, to string, inbound bool) string {
	source, destination := awsPrefixes[from], awsPrefixes[to]
	switch {
	case source == "" || destination == "":
		return ""
	case inbound:
		return destination + "-" + source + "-AWS-In-Bytes"
	default:
		return source + "-" + destination + "-AWS-Out-Bytes"
	}
}
