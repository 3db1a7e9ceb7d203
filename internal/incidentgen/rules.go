package incidentgen

import "github.com/egressor/egressor/internal/model"

// Rules are how a cluster's network is built: what a change of it would make
// otherwise. They decide which way a connection takes, and nothing of what moves.
type Rules struct {
	// S3 and Registry are the ways to the two services.
	S3, Registry model.Path
	// NATZones are zones with a NAT gateway of their own.
	NATZones map[string]bool
	// SameZone are servers whose clients are sent to pods of their own zone where
	// there are any.
	SameZone map[model.Identity]bool
	// Home puts all pods of a workload into one zone.
	Home map[model.Identity]string
}

// Build builds the cluster's network anew. It must be called before the first
// minute.
func (c *Cluster) Build(rules Rules) error {
	c.rules = &rules
	for _, call := range c.calls {
		switch call.server.Type {
		case "s3":
			call.path = rules.S3
		case "ecr":
			call.path = rules.Registry
		}
		call.lanes = nil
	}
	return c.routeAll()
}

// follow puts the ends of a lane, and the gateway on its way, where the rules say.
func (c *Cluster) follow(call *call, request *model.EdgeKey) {
	if c.rules == nil {
		return
	}
	from, to := &request.SourcePlace, &request.DestinationPlace
	if home := c.rules.Home[call.client]; home != "" {
		from.Zone = home
	}
	if home := c.rules.Home[call.server]; home != "" {
		to.Zone = home
	}
	if call.to != nil && c.rules.SameZone[call.server] {
		for zone, share := range call.to.place {
			if Zones[zone] == from.Zone && share > 0 {
				to.Zone = from.Zone
			}
		}
	}
	if c.rules.NATZones[from.Zone] && request.Path.Kind == model.PathNAT {
		request.Path.Via, request.Path.ViaZone = "nat-"+from.Zone, from.Zone
	}
}
