package scenario

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/egressor/egressor/internal/model"
)

// flowOption is one option at the end of a flow's line.
type flowOption struct {
	arguments int
	apply     func(sc *Scenario, f *flow, args []string) error
}

var flowOptions = map[string]flowOption{
	"for": {1, func(_ *Scenario, f *flow, args []string) (err error) {
		f.length, err = parseLength(args[0])
		return err
	}},
	"connections": {1, func(_ *Scenario, f *flow, args []string) error {
		count, err := strconv.ParseUint(args[0], 10, 32)
		f.connections = uint32(count)
		return err
	}},
	"rtt": {1, func(_ *Scenario, f *flow, args []string) error {
		rtt, err := parseLength(args[0])
		f.rttMicros = uint32(min(rtt.Microseconds(), 1<<32-1))
		return err
	}},
	"opener": {1, func(_ *Scenario, f *flow, args []string) error {
		openers := map[string]opener{"left": openerLeft, "right": openerRight, "unknown": openerUnknown}
		found, ok := openers[args[0]]
		f.opener = found
		return unless(ok, "opener %q: want left, right or unknown", args[0])
	}},
	"by": {1, func(_ *Scenario, f *flow, args []string) error {
		side := args[0]
		f.byLeft = f.byLeft && side != "right"
		f.byRight = f.byRight && side != "left"
		return unless(side == "left" || side == "right" || side == "both", "by %q: want left, right or both", side)
	}},
	"other": {2, func(_ *Scenario, f *flow, args []string) error {
		return parsePair(args, func(sent, received uint64) {
			f.otherSent, f.otherReceived = countsOf(sent, f.protocol), countsOf(received, f.protocol)
		})
	}},
	"payload": {2, func(_ *Scenario, f *flow, args []string) error {
		return parsePair(args, func(sent, received uint64) {
			f.sent.PayloadBytes, f.received.PayloadBytes = sent, received
			f.otherSent.PayloadBytes, f.otherReceived.PayloadBytes = sent, received
		})
	}},
	"retransmitted": {2, func(_ *Scenario, f *flow, args []string) error {
		left, err := strconv.ParseUint(args[0], 10, 64)
		if err != nil {
			return err
		}
		right, err := strconv.ParseUint(args[1], 10, 64)
		f.sent.RetransmittedPackets, f.otherReceived.RetransmittedPackets = left, right
		return err
	}},
	"through": {1, func(sc *Scenario, f *flow, args []string) error {
		service := sc.services[args[0]]
		if service == nil {
			return fmt.Errorf("service %q is not among the services", args[0])
		}
		f.virtual = service.Addrs[0]
		return nil
	}},
}

func (sc *Scenario) readOptions(f *flow, words []string) error {
	for len(words) > 0 {
		name := words[0]
		option, ok := flowOptions[name]
		if !ok {
			return fmt.Errorf("option %q is not known: want one of by, connections, for, opener, other, payload, retransmitted, rtt, through", name)
		}
		if len(words) <= option.arguments {
			return fmt.Errorf("option %q needs %d more word(s)", name, option.arguments)
		}
		if err := option.apply(sc, f, words[1:1+option.arguments]); err != nil {
			return fmt.Errorf("option %q: %w", name, err)
		}
		words = words[1+option.arguments:]
	}
	return nil
}

func parsePair(args []string, set func(sent, received uint64)) error {
	sent, err := parseBytes(args[0])
	if err != nil {
		return err
	}
	received, err := parseBytes(args[1])
	if err != nil {
		return err
	}
	set(sent, received)
	return nil
}

func unless(ok bool, format string, args ...any) error {
	if ok {
		return nil
	}
	return fmt.Errorf(format, args...)
}

// parsePort reads a port number, or "-" for protocols that have none.
func parsePort(text string) (uint16, error) {
	if text == "-" {
		return 0, nil
	}
	port, err := strconv.ParseUint(text, 10, 16)
	if err != nil || port == 0 {
		return 0, fmt.Errorf("port %q: want 1 to 65535, or - for none", text)
	}
	return uint16(port), nil
}

func (sc *Scenario) agentNamed(name string) (model.AgentID, error) {
	node := sc.nodes[name]
	if node == nil {
		return model.AgentID{}, fmt.Errorf("node %q is not among the nodes", name)
	}
	return model.AgentID{Cluster: node.Cluster, Node: name}, nil
}

// cutNode splits "node:NAME" or "node:NAME/PROCESS".
func cutNode(text string) (name, process string, ok bool) {
	rest, ok := strings.CutPrefix(text, "node:")
	name, process, _ = strings.Cut(rest, "/")
	return name, cmp.Or(process, "process"), ok
}
