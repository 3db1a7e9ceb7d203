package chat

import (
	"fmt"
	"strconv"
	"strings"
)

// The results of the stored operations, as far as the rules speak of them.
// Figures are texts here, each with its reference.
type (
	window struct {
		From string `json:"from"`
		To   string `json:"to"`
	}
	transfer struct {
		ID              string  `json:"id"`
		SourceName      string  `json:"sourceName"`
		DestinationName string  `json:"destinationName"`
		SourceRevision  string  `json:"sourceRevision"`
		ServerPort      int     `json:"serverPort"`
		Protocol        string  `json:"protocol"`
		SourceZone      string  `json:"sourceZone"`
		DestinationZone string  `json:"destinationZone"`
		Path            string  `json:"path"`
		Via             string  `json:"via"`
		PathAssumed     bool    `json:"pathAssumed"`
		Bytes           figured `json:"bytes"`
		Cost            figured `json:"cost"`
	}
	sum struct {
		Transfers figured `json:"transfers"`
		Bytes     figured `json:"bytes"`
		Cost      figured `json:"cost"`
	}
	version struct {
		Number        uint64  `json:"number"`
		UnknownBytes  figured `json:"unknownBytes"`
		UnpricedBytes figured `json:"unpricedBytes"`
	}
	overviewResult struct {
		Meta *struct {
			Version   version  `json:"version"`
			LostBytes *figured `json:"lostBytes"`
		} `json:"meta"`
		Graph struct {
			Window    window     `json:"window"`
			Total     sum        `json:"total"`
			Transfers []transfer `json:"transfers"`
		} `json:"graph"`
		Agents []struct {
			Node           string `json:"node"`
			CoveredThrough string `json:"coveredThrough"`
		} `json:"agents"`
	}
	topResult struct {
		Transfers struct {
			Window     window   `json:"window"`
			Version    *version `json:"version"`
			TotalCount figured  `json:"totalCount"`
			Total      sum      `json:"total"`
			Edges      []struct {
				Node transfer `json:"node"`
			} `json:"edges"`
		} `json:"transfers"`
	}
	explainResult struct {
		Transfer *struct {
			Window   window   `json:"window"`
			Version  *version `json:"version"`
			Transfer transfer `json:"transfer"`
			Charges  []charge `json:"charges"`
		} `json:"transfer"`
	}
	charge struct {
		Payer          string  `json:"payer"`
		Code           string  `json:"code"`
		Operation      string  `json:"operation"`
		Rule           string  `json:"rule"`
		Cause          string  `json:"cause"`
		Bytes          figured `json:"bytes"`
		Rate           figured `json:"rate"`
		Amount         figured `json:"amount"`
		PriceSource    string  `json:"priceSource"`
		UnpricedReason string  `json:"unpricedReason"`
	}
)

func (t transfer) words() string {
	way := t.Path
	if t.Via != "" {
		way += " " + t.Via
	}
	if t.PathAssumed {
		way += " (assumed)"
	}
	port := "" // of an operation that asks for neither, nothing is said
	if t.Protocol != "" || t.ServerPort != 0 {
		port = strings.TrimSpace(t.Protocol+" "+t.port()) + ", "
	}
	return fmt.Sprintf("%s to %s, %szone %s to %s, by %s: %s, %s",
		t.SourceName, t.DestinationName, port, known(t.SourceZone), known(t.DestinationZone), way, t.Bytes, t.Cost)
}

// port names the server's port. Where there is none (ICMP) it is not 0.
func (t transfer) port() string {
	if t.ServerPort == 0 {
		return "no port"
	}
	return fmt.Sprintf("port %d", t.ServerPort)
}

// figured is a figure of a result: its digits and its reference.
type figured string

// String names the reference, in the place of which the digits are put.
func (f figured) String() string {
	_, reference, found := strings.Cut(string(f), " #")
	if !found {
		return known(string(f))
	}
	return "{#" + reference + "}"
}

// digits are what people read.
func (f figured) digits() string {
	digits, _, _ := strings.Cut(string(f), " #")
	return digits
}

// size is about how much a figure is, whichever its sign: for wording, not for reckoning.
func (f figured) size() float64 {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '.' {
			return r
		}
		return -1
	}, f.digits())
	size, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return 0
	}
	return size
}

func known(text string) string {
	if text == "" {
		return "not known"
	}
	return text
}

func (o overviewResult) words() string {
	var text strings.Builder
	fmt.Fprintf(&text, "From %s to %s, as of version %d: %s transfers moved %s at list prices of %s.\n",
		o.Graph.Window.From, o.Graph.Window.To, o.Meta.Version.Number, o.Graph.Total.Transfers, o.Graph.Total.Bytes, o.Graph.Total.Cost)
	if len(o.Graph.Transfers) > 0 {
		fmt.Fprintf(&text, "\nThe costliest: %s.\n", o.Graph.Transfers[0].words())
	}
	fmt.Fprintf(&text, "\nIn the newest version %s have an unknown end and %s have no sourced price.", o.Meta.Version.UnknownBytes, o.Meta.Version.UnpricedBytes)
	if o.Meta.LostBytes == nil {
		text.WriteString(" A loss of unknown size was reported.")
	}
	fmt.Fprintf(&text, "\n\nAgents that have reported: %d. Next: ask why the costliest transfer costs what it costs.", len(o.Agents))
	return text.String()
}

func (r topResult) words() string {
	var text strings.Builder
	fmt.Fprintf(&text, "From %s to %s, as of version %d, %s transfers cost %s. The costliest:\n",
		r.Transfers.Window.From, r.Transfers.Window.To, r.Transfers.Version.Number, r.Transfers.TotalCount, r.Transfers.Total.Cost)
	for i, edge := range r.Transfers.Edges {
		fmt.Fprintf(&text, "%d. %s\n", i+1, edge.Node.words())
	}
	text.WriteString("\nNext: select the first on the map to see its receipt and the raw rows behind it.")
	return text.String()
}

func (e explainResult) words() string {
	var text strings.Builder
	detail := e.Transfer
	fmt.Fprintf(&text, "%s.\n", detail.Transfer.words())
	if len(detail.Charges) == 0 {
		text.WriteString("\nNo charge applies to it: the provider does not bill this way of moving bytes.")
		return text.String()
	}
	text.WriteString("\nIts charges:\n")
	for _, c := range detail.Charges {
		if c.UnpricedReason != "" {
			fmt.Fprintf(&text, "- %s have no price: %s\n", c.Bytes, c.UnpricedReason)
			continue
		}
		fmt.Fprintf(&text, "- %s (%s), paid by the %s: %s at %s per billed unit = %s. Price from %s.\n",
			strings.TrimSpace(c.Code+" "+c.Operation), c.reason(), c.Payer, c.Bytes, c.Rate, c.Amount, known(c.PriceSource))
	}
	if advice := e.advice(); advice != "" {
		fmt.Fprintf(&text, "\nWhat to do: %s", advice)
	}
	return text.String()
}

// reason names the cause by its reference: the rule that the engine applied.
func (c charge) reason() string {
	if c.Cause == "" {
		return "no rule"
	}
	return "{" + c.Cause + "}"
}

// advice names the change that the path suggests; the exact saving is the
// what-if engine's to say.
func (e explainResult) advice() string {
	t := e.Transfer.Transfer
	switch {
	case t.Path == "nat" && (t.DestinationName == "s3" || t.DestinationName == "dynamodb" || t.SourceName == "s3" || t.SourceName == "dynamodb"):
		return "give the subnet a gateway endpoint for this service; it carries the same bytes without a NAT charge."
	case t.Path == "nat":
		return "look whether the destination can be reached by an endpoint or a mirror instead of the NAT gateway."
	case t.SourceZone != "" && t.DestinationZone != "" && t.SourceZone != t.DestinationZone:
		return "keep the traffic in its zone: set trafficDistribution to PreferClose on the Service, or run a replica in each zone."
	default:
		return ""
	}
}
