package bill

import (
	"strings"

	"github.com/egressor/egressor/costsvc/transferclass"
)

func serviceName(provider string) string {
	switch provider {
	case "aws":
		return "AWS Data Transfer"
	case "gcp":
		return "Networking"
	default:
		return "Bandwidth"
	}
}

// azureNames are the meters' category, subcategory and name by code.
var azureNames = map[string][3]string{
	transferclass.AzureCodeInternet:    {"Bandwidth", "", "Standard Data Transfer Out"},
	transferclass.AzureCodeInterRegion: {"Bandwidth", "Inter-Region", "Inter-Region Data Transfer Out"},
	transferclass.AzureCodeZones:       {"Bandwidth", "", "Standard Inter-Availability Zone Data Transfer Out"},
	transferclass.AzureCodePeering:     {"Virtual Network", "Virtual Network Peering", "Region"},
	transferclass.AzureCodeNAT:         {"NAT Gateway", "NAT Gateway", "Standard Data Processed"},
	transferclass.AzureCodeEndpoint:    {"Virtual Network", "Virtual Network Private Link", "Standard Data Processed -"},
}

// meterColumns are the provider's own columns, by which its bills tell what was
// metered.
func (f *FocusRows) meterColumns(key *focusKey, row map[string]string) {
	switch f.book.Provider {
	case "aws":
		row["x_UsageType"], row["x_Operation"], row["x_ServiceCode"] = row["SkuMeter"], key.operation, "AmazonEC2"
		if strings.HasPrefix(key.code, "VpcEndpoint") || strings.HasPrefix(key.code, "TransitGateway") {
			row["x_ServiceCode"] = "AmazonVPC"
		}
	case "azure":
		names := azureNames[key.code]
		if key.code == transferclass.AzureCodeInternet {
			names[1] = key.operation
		} else if key.operation != "" {
			names[2] += " " + key.operation
		}
		row["x_SkuMeterCategory"], row["x_SkuMeterSubcategory"], row["x_SkuMeterName"] = names[0], names[1], names[2]
	}
}

// splitPair reports whether a usage type is of a pair of regions.
func splitPair(code string) (from string, pair bool, to string) {
	first, rest, ok := strings.Cut(code, "-")
	second, tail, paired := strings.Cut(rest, "-")
	_, known := regionOfPrefix[first]
	return first, ok && paired && known && strings.HasPrefix(tail, "AWS-"), second
}
