package transferclass

// Switches settle what sources dispute about which charges a transfer causes.
// The zero value is the default of each.
type Switches struct {
	// ServiceSide (D3) charges the service's side of traffic across zones to RDS,
	// ElastiCache, Redshift, DAX and MSK too. Default: the client's side only.
	ServiceSide bool
	// NATSideFree (D4) leaves out the NAT gateway's side of the leg between an
	// interface and a gateway in another zone. Default: both sides.
	NATSideFree bool
	// BrokerReplication (D6) charges replication between brokers of MSK across
	// zones. Default: nothing.
	BrokerReplication bool
	// AzureZones (D8) charges bytes between zones of an Azure region, as the
	// retail price API still lists it. Default: nothing.
	AzureZones bool
	// TransitBothEnds (D5) charges the receiving attachment of a transit gateway
	// within a region too. Default: only what is sent into the gateway.
	TransitBothEnds bool
}

// Classify writes the charges of the transfer into d, which it clears first.
func (s Switches) Classify(facts *Facts, d *Decision) {
	d.switches = s
	classify(facts, d)
}

// Classify is Switches.Classify with the defaults.
func Classify(facts *Facts, d *Decision) { Switches{}.Classify(facts, d) }
