package curtest

import "math/big"

// List prices in USD per GB (2^30 bytes), from AWS's price pages for EC2 data
// transfer and VPC.
var (
	crossZone   = usd("0.01") // each way
	interRegion = usd("0.02") // between the three regions here
	transit     = usd("0.02")
	endpoint    = usd("0.01") // up to 1 PB a month
	natPerGB    = map[string]*big.Rat{"us-east-1": usd("0.045"), "us-west-2": usd("0.045"), "eu-west-1": usd("0.048")}
)

// tier is a band of a month's GB to the internet, beyond the free 100 GB; the
// three regions here have one price list.
type tier struct {
	upToGB int64 // 0: no end
	rate   *big.Rat
}

var internetTiers = []tier{{10_240, usd("0.09")}, {51_200, usd("0.085")}, {153_600, usd("0.07")}, {0, usd("0.05")}}

const (
	freeInternetGB = 100
	freeRegionalGB = 1
	gb             = 1 << 30
)

func usd(text string) *big.Rat {
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		panic(text)
	}
	return n
}

// prefixes of usage types by region; pairs write eu-west-1 otherwise.
var (
	prefixOf     = map[string]string{"us-east-1": "", "us-west-2": "USW2-", "eu-west-1": "EU-"}
	pairPrefixOf = map[string]string{"us-east-1": "USE1", "us-west-2": "USW2", "eu-west-1": "EUW1"}
)
