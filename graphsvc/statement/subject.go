package statement

import (
	"fmt"
	"slices"
	"strings"

	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
)

// View is to whom a charge is shown.
type View string

// Views.
const (
	// ByPayer shows a charge to the end that the cloud bills: sender, receiver or
	// the gateway in between. What is listed but free is shown to the sender.
	ByPayer View = "payer"
	// ByCauser shows a charge to the end that opened the connection, and so asked
	// for the data (decision 1): to a client that pulls, although the server's side
	// is billed for sending.
	ByCauser View = "causer"
)

// ParseView reads a view's name.
func ParseView(text string) (View, error) {
	if v := View(text); slices.Contains([]View{ByPayer, ByCauser}, v) {
		return v, nil
	}
	return "", fmt.Errorf("view %q: want payer or causer", text)
}

// subject is whom a charge is shown to.
type subject struct {
	// id is a node's id, "g/NAME" for a gateway, "idle" for what nobody used, and
	// "" where it is not known.
	id       string
	identity model.Identity
	revision string
}

// Names of subjects that are no node of the graph.
const (
	gatewayPrefix = "g/"
	idle          = "idle"
)

// subjectOf is whom a charge is shown to in a view.
func subjectOf(c *Charge, view View) subject {
	switch {
	case c.Standing && view == ByPayer:
		return subject{id: gatewayPrefix + c.Gateway}
	case c.Key == nil:
		return subject{id: idle}
	case view == ByCauser:
		return causer(c.Key)
	default:
		return payer(c)
	}
}

func causer(key *model.EdgeKey) subject {
	switch key.Initiator {
	case model.InitiatorSource:
		return source(key)
	case model.InitiatorDestination:
		return destination(key)
	default:
		return subject{} // a socket older than the agent, or an import that does not say
	}
}

func payer(c *Charge) subject {
	switch c.Line.Payer {
	case transferclass.PayerSource:
		return source(c.Key)
	case transferclass.PayerDestination:
		return destination(c.Key)
	case transferclass.PayerGateway:
		return subject{id: gatewayPrefix + c.Key.Path.Via}
	default:
		if c.Line.Unpriced != "" {
			return subject{}
		}
		return source(c.Key)
	}
}

func source(key *model.EdgeKey) subject {
	return subject{identity: key.Source, revision: key.SourceRevision}
}

func destination(key *model.EdgeKey) subject {
	return subject{identity: key.Destination, revision: key.DestinationRevision}
}

// ownName begins the names of Egressor's workloads and units, as its chart and
// its packages give them.
const ownName = "egressor"

// IsOwn reports whether an end is Egressor itself: an agent, a service or a
// store of its own.
func IsOwn(end model.Identity) bool {
	switch end.Kind {
	case model.KindWorkload:
		return strings.HasPrefix(end.Name, ownName) || strings.Contains(end.Name, "-"+ownName+"-")
	case model.KindNode:
		return strings.HasPrefix(end.Type, ownName)
	default:
		return false
	}
}
