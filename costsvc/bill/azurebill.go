package bill

import (
	"strings"

	"github.com/egressor/egressor/costsvc/transferclass"
)

// azurePrecision: quantities have six decimal places of GB, which is 537 bytes
// either way, and at most 0.2 a GB are asked for them.
var azurePrecision = precision{slackBytes: 537, slackNano: 1000}

var azureOwn = []string{"Microsoft.Compute", "Microsoft.Network", "Virtual Network", "Bandwidth", "NAT Gateway", "Virtual Machines", ""}

// azureForm is Azure's cost details file, of an enterprise agreement or a
// Microsoft customer agreement, which spell some columns otherwise.
var azureForm = form{
	name: "Azure cost details", provider: "azure", account: "SubscriptionId|SubscriptionGuid", start: "Date|UsageDateTime", amount: "Quantity|UsageQuantity",
	unit: "UnitOfMeasure", cost: "CostInBillingCurrency|Cost", currency: "BillingCurrency|BillingCurrencyCode|Currency",
	rowType: "ChargeType", product: "ConsumedService", resource: "ResourceId|InstanceId",
	meter: []string{"MeterCategory", "MeterSubCategory", "MeterName", "ResourceLocation"},
	kindOf: func(chargeType string) Kind {
		if chargeType == "Usage" {
			return Usage
		}
		return Other // purchase, refund, tax, rounding
	},
	meterOf: func(r *record) metered {
		return azureMeter(r.text("ResourceLocation"), r.text("MeterCategory"), r.text("MeterSubCategory"), r.text("MeterName"))
	},
	precision: azurePrecision, own: azureOwn, hostOf: azureHost, monthFirst: true,
}

// azureMeter reads a meter's three names. Inbound bytes are free and have no line
// of ours: they are not compared.
func azureMeter(location, category, sub, name string) metered {
	m := metered{region: azureRegion(location), class: transferClass}
	switch category {
	case "Bandwidth":
		azureBandwidth(&m, sub, name)
	case "NAT Gateway":
		m.code = transferclass.AzureCodeNAT
		if !strings.Contains(name, "Data Processed") {
			m.class = standingClass
		}
	case "Virtual Network", "Virtual Network Private Link":
		azureNetwork(&m, category, sub, name)
	default:
		m.class = notCompared
	}
	return m
}

func azureBandwidth(m *metered, sub, name string) {
	switch {
	case strings.Contains(name, "Data Transfer In"):
		m.class = notCompared
	case strings.Contains(name, "Availability Zone"):
		m.code = transferclass.AzureCodeZones
	case strings.Contains(sub, "Inter-Region"), strings.Contains(name, "Intra Continent"), strings.Contains(name, "Inter Continent"), strings.Contains(name, "Inter-Continent"):
		m.code = transferclass.AzureCodeInterRegion
	default:
		m.code, m.operation = transferclass.AzureCodeInternet, "Rtn Preference: MGN"
		if strings.HasSuffix(sub, "Internet") {
			m.operation = "Rtn Preference: Internet"
		}
	}
}

func azureNetwork(m *metered, category, sub, name string) {
	switch {
	case strings.Contains(name, "Ingress"):
		m.operation = "Ingress"
	case strings.Contains(name, "Egress"):
		m.operation = "Egress"
	}
	link := strings.Contains(category, "Private Link") || strings.Contains(sub, "Private Link")
	switch {
	case link && strings.Contains(name, "Data Processed"):
		m.code = transferclass.AzureCodeEndpoint
	case strings.Contains(sub, "Peering") || strings.Contains(name, "Peering") || strings.Contains(name, "Region "+m.operation) && m.operation != "":
		m.code = transferclass.AzureCodePeering
	case link, strings.Contains(name, "Public IP"), strings.Contains(sub, "Public IP"):
		m.class = standingClass
	default:
		m.class = notCompared
	}
}

// azureRegion is the name of a region as resources have it: "East US" is eastus.
func azureRegion(location string) string {
	return strings.ToLower(strings.ReplaceAll(location, " ", ""))
}

// azureHost is the name of a machine, or of one in a scale set, in lower case:
// Azure's own files do not agree on it.
func azureHost(resource string) string {
	parts := strings.Split(resource, "/")
	for i := 0; i+1 < len(parts); i++ {
		if strings.EqualFold(parts[i], "virtualMachines") || strings.EqualFold(parts[i], "virtualMachineScaleSets") {
			return strings.ToLower(strings.Join(parts[i+1:], "/"))
		}
	}
	return ""
}
