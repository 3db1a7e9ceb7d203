package flowfile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// defaultFields are those of a record of version 2 in their order, and of a file
// without a line that names them.
var defaultFields = strings.Fields("version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status")

// neededFields are those without which a record cannot be placed.
var neededFields = strings.Fields("interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end")

// Why records are left out.
const (
	leftRejected     = "traffic that a security group or network ACL rejected"
	leftIntermediate = "records of interfaces in between (their pkt-srcaddr or pkt-dstaddr differs): the ends report the same bytes"
)

// record is one line of a flow log: one direction at one interface.
type record struct {
	iface            string
	source, dest     netip.Addr
	sourcePort, port uint16
	protocol         model.Protocol
	counts           model.Counts
	from, to         time.Time
	flags            uint64
	direction        string
	// initiator is who opened, "" where the record does not say.
	initiator model.Initiator
}

// ReadVPC adds AWS VPC Flow Logs of any version to a capture: text as in S3 (with a
// line that names the fields) or in CloudWatch Logs (version 2 without one). Each
// interface becomes an agent of a cluster. An error names the line.
func (c *Capture) ReadVPC(in io.Reader, cluster string) error {
	p := vpcReader{capture: c, cluster: cluster, between: map[string]bool{}}
	if err := p.fields(defaultFields); err != nil {
		return err
	}
	lines := bufio.NewScanner(in)
	for n := 1; lines.Scan(); n++ {
		if err := p.line(lines.Text()); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	p.settle()
	return nil
}

type vpcReader struct {
	capture *Capture
	cluster string
	columns map[string]int
	records []record
	// between are the interfaces that stand between two ends.
	between map[string]bool
}

func (p *vpcReader) fields(names []string) error {
	columns := make(map[string]int, len(names))
	for i, name := range names {
		columns[strings.ReplaceAll(name, "_", "-")] = i
	}
	for _, name := range neededFields {
		if _, has := columns[name]; !has {
			return fmt.Errorf("the flow log has no field %s: it needs %s", name, strings.Join(neededFields, ", "))
		}
	}
	p.columns = columns
	return nil
}

func (p *vpcReader) line(text string) error {
	cells := strings.Fields(text)
	if len(cells) == 0 {
		return nil
	}
	if slices.Contains(cells, "srcaddr") {
		return p.fields(cells)
	}
	if len(cells) != len(p.columns) {
		return fmt.Errorf("%d fields, want %d: is there a line that names them missing?", len(cells), len(p.columns))
	}
	cell := func(name string) string {
		at, has := p.columns[name]
		if !has || cells[at] == "-" {
			return ""
		}
		return cells[at]
	}
	return p.record(cell)
}

// record takes one record; what reports nothing but a time is that.
func (p *vpcReader) record(cell func(string) string) error {
	r := record{iface: cell("interface-id"), direction: cell("flow-direction")}
	if r.iface == "" {
		return errors.New("no interface-id")
	}
	numbers := map[string]uint64{}
	for _, name := range []string{"start", "end", "srcport", "dstport", "protocol", "packets", "bytes", "tcp-flags"} {
		text := cell(name)
		if text == "" {
			continue
		}
		var err error
		if numbers[name], err = strconv.ParseUint(text, 10, 64); err != nil {
			return fmt.Errorf("%s %q is no whole number", name, text)
		}
	}
	r.from, r.to = seconds(int64(numbers["start"])), seconds(int64(max(numbers["end"], numbers["start"]+1)))
	if numbers["start"] == 0 || r.to.Sub(r.from) > 24*time.Hour {
		return fmt.Errorf("from %s to %s is no aggregation interval", cell("start"), cell("end"))
	}
	report := p.capture.of(model.AgentID{Cluster: p.cluster, Node: r.iface})
	switch status := cell("log-status"); {
	case status == "NODATA":
		report.Covered = append(report.Covered, model.Period{From: r.from, To: r.to})
		return nil
	case status == "SKIPDATA":
		report.Covered = append(report.Covered, model.Period{From: r.from, To: r.to})
		report.Losses = append(report.Losses, model.Loss{Reason: model.LossSampled, From: r.from, To: r.to})
		return nil
	case cell("action") == "REJECT":
		p.capture.LeftOut[leftRejected]++
		return nil
	}
	return p.traffic(cell, r, numbers)
}

func (p *vpcReader) traffic(cell func(string) string, r record, numbers map[string]uint64) error {
	var err error
	if r.source, err = netip.ParseAddr(cell("srcaddr")); err != nil {
		return fmt.Errorf("srcaddr %q is no address", cell("srcaddr"))
	}
	if r.dest, err = netip.ParseAddr(cell("dstaddr")); err != nil {
		return fmt.Errorf("dstaddr %q is no address", cell("dstaddr"))
	}
	const mostPort, mostProtocol = 1<<16 - 1, 1<<8 - 1
	if numbers["srcport"] > mostPort || numbers["dstport"] > mostPort || numbers["protocol"] > mostProtocol {
		return fmt.Errorf("ports %d and %d, protocol %d: more than there are", numbers["srcport"], numbers["dstport"], numbers["protocol"])
	}
	r.sourcePort, r.port, r.protocol = uint16(numbers["srcport"]), uint16(numbers["dstport"]), model.Protocol(numbers["protocol"])
	r.counts = model.Counts{WireBytes: numbers["bytes"], Packets: numbers["packets"]}
	r.flags = numbers["tcp-flags"]
	for pair, end := range map[string]string{"pkt-srcaddr": "srcaddr", "pkt-dstaddr": "dstaddr"} {
		if through := cell(pair); through != "" && through != cell(end) {
			p.between[r.iface] = true
		}
	}
	p.records = append(p.records, r)
	return nil
}

// settle makes rows of the records, now that all of an interface's are known.
func (p *vpcReader) settle() {
	own := p.ownAddresses()
	for i := range p.records {
		r := &p.records[i]
		if p.between[r.iface] {
			p.capture.LeftOut[leftIntermediate]++
			delete(p.capture.Reports, model.AgentID{Cluster: p.cluster, Node: r.iface})
			continue
		}
		report := p.capture.of(model.AgentID{Cluster: p.cluster, Node: r.iface})
		report.Covered = append(report.Covered, model.Period{From: r.from, To: r.to})
		report.Rows = append(report.Rows, splitMinutes(r.row(own[r.iface]))...)
	}
	for _, report := range p.capture.Reports {
		report.Rows = merged(report.Rows)
	}
}
