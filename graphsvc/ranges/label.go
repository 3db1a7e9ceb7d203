package ranges

import "strings"

// LabelOf names a service as the rest of the house does: lower case, words
// joined by "-". A provider's name for all that is its own becomes the
// provider's, and Azure's service tags, whose names are common words, get a
// prefix and lose the region at their end.
func LabelOf(provider, service, region string) Label {
	service = strings.ToLower(strings.ReplaceAll(service, "_", "-"))
	region = strings.ToLower(region)
	if region == "global" {
		region = ""
	}
	switch provider {
	case "aws":
		service = awsService(service)
	case "azure":
		service = azureService(service)
	default:
		service = provider
	}
	return Label{Provider: provider, Service: service, Region: region}
}

// RangeOf is one entry of a feed. It fails where prefix is no address range.
func RangeOf(provider, service, region, prefix string) (Range, error) {
	parsed, err := parsePrefix(prefix)
	return Range{parsed, LabelOf(provider, service, region)}, err
}

func awsService(service string) string {
	switch service {
	case "amazon", "":
		return "aws"
	case "cloudfront-origin-facing":
		return "cloudfront-origin" // the name in the price rules
	default:
		return service
	}
}

func azureService(tag string) string {
	service, _, _ := strings.Cut(tag, ".")
	if service == "azurecloud" || service == "" {
		return "azure"
	}
	return "azure-" + strings.TrimPrefix(service, "azure")
}
