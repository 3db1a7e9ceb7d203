package flowfile

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"

	logs "go.opentelemetry.io/proto/otlp/logs/v1"

	"github.com/egressor/egressor/internal/model"
)

// log takes one log record of a flow: its attributes, or its body where that is a map.
func (o *otlpReader) log(about attributes, record *logs.LogRecord) error {
	whole := attributes{}
	for name, value := range about {
		whole[name] = value
	}
	whole.add(record.GetBody().GetKvlistValue().GetValues())
	whole.add(record.GetAttributes())
	var counts model.Counts
	for name, into := range map[string]*uint64{"bytes": &counts.WireBytes, "packets": &counts.Packets} {
		var err error
		if whole[name] == "" {
			continue
		}
		if *into, err = strconv.ParseUint(whole[name], 10, 64); err != nil {
			return fmt.Errorf("%s %q is no whole number", name, whole[name])
		}
	}
	from, err := whole.milliseconds("timeflowstart")
	if err != nil {
		return err
	}
	to, err := whole.milliseconds("timeflowend")
	if err != nil {
		return err
	}
	return o.counted(whole, counts, from, to)
}

func (a attributes) milliseconds(name string) (time.Time, error) {
	if a[name] == "" {
		return time.Time{}, nil
	}
	n, err := strconv.ParseInt(a[name], 10, 64)
	if err != nil || n <= 0 {
		return time.Time{}, fmt.Errorf("%s %q is no time in milliseconds", name, a[name])
	}
	return time.UnixMilli(n).UTC(), nil
}

// counted adds what went one way in a time.
func (o *otlpReader) counted(about attributes, counts model.Counts, from, to time.Time) error {
	agent, r, why, err := o.flow(about)
	switch {
	case err != nil:
		return err
	case why == "" && (from.IsZero() || to.IsZero()):
		why = leftTime
	case to.Before(from) || to.Sub(from) > 24*time.Hour:
		return fmt.Errorf("from %s to %s is no time in which flows are counted", from, to)
	}
	if why != "" {
		o.capture.LeftOut[why]++
		return nil
	}
	if r.from, r.to = from, to; !to.After(from) {
		r.to = from.Add(time.Millisecond)
	}
	r.counts = counts
	row := r.row(netip.Addr{})
	report := o.capture.of(agent)
	report.Rows = append(report.Rows, splitMinutes(row)...)
	report.cover(row)
	return nil
}

// flow is who and what a record is about; why says why it is left out, "" where not.
func (o *otlpReader) flow(about attributes) (agent model.AgentID, r record, why string, err error) {
	source, destination := about.first("src.address", "source.address"), about.first("dst.address", "destination.address")
	if source == "" || destination == "" {
		return agent, r, leftAddress, nil
	}
	if r.source, err = netip.ParseAddr(source); err != nil {
		return agent, r, "", fmt.Errorf("source %q is no address", source)
	}
	if r.dest, err = netip.ParseAddr(destination); err != nil {
		return agent, r, "", fmt.Errorf("destination %q is no address", destination)
	}
	r.source, r.dest = r.source.Unmap(), r.dest.Unmap()
	if err = about.ports(&r); err != nil {
		return agent, r, "", err
	}
	transport := about.first("transport", "network.transport", "protocol")
	if transport == "" {
		return agent, r, leftProtocol, nil
	}
	if r.protocol, err = protocolOf(transport); err != nil {
		return agent, r, "", err
	}
	if r.direction = about.side(&r); r.direction == "" {
		return agent, r, leftSide, nil
	}
	agent = model.AgentID{Cluster: about.first("k8s.cluster.name"), Node: about.reporter(r.direction)}
	if agent.Node == "" {
		return agent, r, leftReporter, nil
	}
	if agent.Cluster == "" {
		agent.Cluster = o.cluster
	}
	return agent, r, "", nil
}

// ports reads both, and who opened as far as it is said.
func (a attributes) ports(r *record) error {
	for _, port := range []struct {
		into  *uint16
		names []string
	}{{&r.sourcePort, []string{"src.port", "source.port"}}, {&r.port, []string{"dst.port", "destination.port"}}} {
		text := a.first(port.names...)
		if text == "" {
			continue
		}
		n, err := strconv.ParseUint(text, 10, 16)
		if err != nil {
			return fmt.Errorf("port %q is none", text)
		}
		*port.into = uint16(n)
	}
	switch a["direction"] {
	case "request":
		r.initiator = model.InitiatorSource
	case "response":
		r.initiator = model.InitiatorDestination
	}
	if server := a["server.port"]; server != "" && r.sourcePort == 0 && r.port == 0 {
		n, err := strconv.ParseUint(server, 10, 16)
		if err != nil {
			return fmt.Errorf("server.port %q is no port", server)
		}
		if r.port = uint16(n); r.initiator == model.InitiatorDestination {
			r.sourcePort, r.port = r.port, 0
		}
	}
	return nil
}

// protocolOf reads a name, or IANA's number as NetObserv gives it.
func protocolOf(text string) (model.Protocol, error) {
	if n, err := strconv.ParseUint(text, 10, 8); err == nil {
		return model.Protocol(n), nil
	}
	return model.ParseProtocol(strings.ToLower(text))
}

// side is which end was at the machine that reported: egress for the source, ingress
// for the destination, "" where the record does not say.
func (a attributes) side(r *record) string {
	at := a.first("obi.ip", "beyla.ip")
	switch {
	case at != "" && at == a["k8s.src.node.ip"] || at == r.source.String():
		return "egress"
	case at != "" && at == a["k8s.dst.node.ip"] || at == r.dest.String():
		return "ingress"
	}
	switch a.first("iface.direction", "direction", "host.direction", "network.io.direction") {
	case "egress", "1", "2", "transmit": // 2: both ends were there
		return "egress"
	case "ingress", "0", "receive":
		return "ingress"
	default:
		return ""
	}
}

// reporter is the machine.
func (a attributes) reporter(side string) string {
	if side == "egress" {
		return a.first("k8s.src.node.name", "source.k8s.host.name", "source.k8s.node.name", "k8s.node.name", "host.name", "obi.ip", "beyla.ip", "host.id")
	}
	return a.first("k8s.dst.node.name", "destination.k8s.host.name", "destination.k8s.node.name", "k8s.node.name", "host.name", "obi.ip", "beyla.ip", "host.id")
}
