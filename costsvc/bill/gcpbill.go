package bill

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/egressor/egressor/costsvc/transferclass"
)

// gcpPrecision: bytes are whole; costs have six decimal places or more.
var gcpPrecision = precision{slackNano: 1000}

var gcpOwn = []string{"Compute Engine", "Networking", "Virtual Private Cloud", ""}

// gcpForm is the billing export of Google Cloud to BigQuery, standard or
// detailed, as JSON, Parquet, or CSV with flattened names.
var gcpForm = form{
	name: "Google Cloud billing export", provider: "gcp", account: "project.id", start: "usage_start_time", amount: "usage.amount", unit: "usage.unit",
	cost: "cost", currency: "currency", rowType: "cost_type", product: "service.description", resource: "resource.global_name|resource.name",
	meter: []string{"sku.description", "location.region"}, more: []string{"credits", "invoice.month"},
	kindOf: func(costType string) Kind {
		if costType == "regular" || costType == "" {
			return Usage
		}
		return Other // tax, adjustment, rounding_error
	},
	meterOf:   func(r *record) metered { return gcpMeter(r.text("location.region"), r.text("sku.description")) },
	credits:   gcpCredits,
	precision: gcpPrecision, own: gcpOwn, hostOf: gcpHost,
}

// gcpMeter reads a SKU's description, such as "Network Inter Region Data Transfer
// Out from Americas to Los Angeles". Older texts say Egress. Inbound bytes are
// free and have no line of ours: they are not compared.
func gcpMeter(region, description string) metered {
	text := strings.ReplaceAll(description, "Egress", "Data Transfer Out")
	has := func(parts ...string) bool {
		for _, part := range parts {
			if !strings.Contains(strings.ToLower(text), part) {
				return false
			}
		}
		return true
	}
	m := metered{region: region, class: transferClass}
	switch {
	case has("cloud nat", "data processing"):
		m.code = transferclass.GCPCodeNAT
	case has("nat gateway"), has("cloud nat", "uptime"), has("external ip charge"):
		m.class = standingClass
	case has("carrier peering"), has("cdn interconnect"), has("direct peering"):
		m.code = transferclass.GCPCodeCarrier
	case has("private service connect", "data"):
		m.code = "Private Service Connect Data Processing"
	case has("inter zone", "data transfer out"):
		m.code = transferclass.GCPCodeInterZone
	case has("inter region", "data transfer out"):
		m.code = transferclass.GCPCodeInterRegion
	case has("network", "internet", "data transfer out"), has("network", "standard tier", "data transfer out"):
		m.code, m.operation = transferclass.GCPCodeInternet, "Premium Tier"
		if has("standard") {
			m.operation = "Standard Tier"
		}
	default:
		m.class = notCompared
	}
	return m
}

// gcpCredits are a row's discounts: its credits, but for promotions and the free
// tier, which are no rates.
func gcpCredits(r *record) ([]credit, error) {
	text := r.text("credits")
	if text == "" {
		return nil, nil
	}
	var list []struct {
		Name   string      `json:"name"`
		Type   string      `json:"type"`
		Amount json.Number `json:"amount"`
	}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, r.fault("credits", fmt.Errorf("want a list of credits: %w", err))
	}
	var found []credit
	for _, c := range list {
		if c.Amount == "" {
			return nil, r.fault("credits", errors.New("a credit has no amount"))
		}
		if c.Type == "PROMOTION" || c.Type == "FREE_TIER" {
			continue
		}
		found = append(found, credit{c.Name, c.Amount.String()})
	}
	return found, nil
}

// gcpHost is the name or number of an instance.
func gcpHost(resource string) string {
	if _, id, ok := strings.Cut(resource, "/instances/"); ok {
		return id
	}
	return ""
}
