package cloud

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Document is one saved answer of the API, or several behind each other.
type Document struct {
	// Name is the file's name, for messages. Answers that do not say what they are
	// of (entries of a prefix list, routes of a transit gateway's table) are known
	// by the id in it.
	Name string
	Text []byte
}

// Parse reads an inventory from documents. Scope may leave out what the objects
// say themselves.
func Parse(scope Scope, documents ...Document) (*Inventory, error) {
	inv := &Inventory{Scope: scope, transitRoutes: map[string][]transitRoute{}, prefixEntries: map[string][]prefixEntry{}}
	for _, document := range documents {
		if err := inv.Add(document); err != nil {
			return nil, err
		}
	}
	return inv, inv.complete()
}

// NewInventory is an empty inventory of a scope, to Add to.
func NewInventory(scope Scope) *Inventory {
	return &Inventory{Scope: scope, transitRoutes: map[string][]transitRoute{}, prefixEntries: map[string][]prefixEntry{}}
}

// Add reads one document. Lists that no path needs are passed over; a document
// with nothing known in it is an error.
func (inv *Inventory) Add(document Document) error {
	decoder := json.NewDecoder(bytes.NewReader(document.Text))
	for first := true; ; first = false {
		var answer map[string]json.RawMessage
		err := decoder.Decode(&answer)
		if errors.Is(err, io.EOF) && !first {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", at(document, brokenAt(document, decoder, err)), jsonError(err))
		}
		if err := inv.take(document.Name, answer); err != nil {
			return fmt.Errorf("%s: %w", at(document, decoder.InputOffset()), err)
		}
	}
}

// at is "file:line" of an offset in a document.
func at(document Document, offset int64) string {
	read := document.Text[:min(int(offset), len(document.Text))]
	return fmt.Sprintf("%s:%d", document.Name, 1+bytes.Count(read, []byte("\n")))
}

// brokenAt is where the JSON breaks.
func brokenAt(document Document, decoder *json.Decoder, err error) int64 {
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return int64(len(document.Text))
	case errors.As(err, &syntax):
		return syntax.Offset
	default:
		return decoder.InputOffset()
	}
}

func jsonError(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the JSON ends too early: was the file saved in full?")
	}
	return fmt.Errorf("not the JSON of an answer of the API: %w", err)
}

var idInName = regexp.MustCompile(`(pl|tgw-rtb)-[0-9a-f]+`)

func (inv *Inventory) take(name string, answer map[string]json.RawMessage) error {
	lists := map[string]func(json.RawMessage) error{
		"Vpcs": into(&inv.vpcs), "Subnets": into(&inv.subnets), "RouteTables": into(&inv.routeTables), "NetworkInterfaces": into(&inv.networkInterfaces),
		"NatGateways": into(&inv.natGateways), "VpcEndpoints": into(&inv.vpcEndpoints), "VpcPeeringConnections": into(&inv.peerings),
		"TransitGateways": into(&inv.transitGateways), "TransitGatewayAttachments": into(&inv.transitAttachments),
		"TransitGatewayVpcAttachments": into(&inv.transitVPCAttachments), "TransitGatewayRouteTables": into(&inv.transitRouteTables),
		"PrefixLists": into(&inv.prefixLists), "LoadBalancers": into(&inv.loadBalancers),
		"InternetGateways": into(&inv.internetGateways), "VpnConnections": into(&inv.vpnConnections),
	}
	known := false
	for key, add := range lists {
		if text, has := answer[key]; has {
			known = true
			if err := add(text); err != nil {
				return fmt.Errorf("%s: %w", key, err)
			}
		}
	}
	id := idInName.FindString(name)
	for key, add := range map[string]func(string, json.RawMessage) error{"Entries": inv.takeEntries, "Routes": inv.takeTransitRoutes} {
		if text, has := answer[key]; has {
			known = true
			if err := add(id, text); err != nil {
				return fmt.Errorf("%s: %w", key, err)
			}
		}
	}
	if !known {
		return fmt.Errorf("no list that is known, but %s: want answers of aws ec2 describe-subnets, describe-route-tables and the like", strings.Join(keysOf(answer), ", "))
	}
	return nil
}

// into returns what appends a JSON list to a list.
func into[T any](list *[]T) func(json.RawMessage) error {
	return func(text json.RawMessage) error {
		var more []T
		if err := json.Unmarshal(text, &more); err != nil {
			return err
		}
		*list = append(*list, more...)
		return nil
	}
}

func (inv *Inventory) takeEntries(id string, text json.RawMessage) error {
	if !strings.HasPrefix(id, "pl-") {
		return errors.New("entries of a prefix list do not say of which: put its id into the file's name, as in entries-pl-63a5400a.json")
	}
	var entries []prefixEntry
	err := json.Unmarshal(text, &entries)
	inv.prefixEntries[id] = append(inv.prefixEntries[id], entries...)
	return err
}

func (inv *Inventory) takeTransitRoutes(id string, text json.RawMessage) error {
	if !strings.HasPrefix(id, "tgw-rtb-") {
		return errors.New("routes of a transit gateway do not say of which table: put its id into the file's name, as in routes-tgw-rtb-0a1b2c.json")
	}
	var routes []transitRoute
	err := json.Unmarshal(text, &routes)
	inv.transitRoutes[id] = append(inv.transitRoutes[id], routes...)
	return err
}

func keysOf(answer map[string]json.RawMessage) []string {
	var keys []string
	for key := range answer {
		keys = append(keys, key)
	}
	return sorted(keys)
}

func sorted(names []string) []string {
	slices.Sort(names)
	return names
}
