package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/egressor/egressor/graphsvc/snapshot"
)

// printedFlow is what is shown of a flow.
type printedFlow struct {
	ID                                string
	WindowStart                       time.Time
	Agent                             string
	Taken, BySender                   bool
	Source, Destination               string
	SourceAddress, DestinationAddress string
	SourceZone, DestinationZone       string
	ServerPort                        int
	Protocol, Path, Via               string
	Bytes, Packets                    json.RawMessage
	RetransmittedPackets              json.RawMessage
	Connections                       int
	Transfer, Batch                   string
}

var flowColumns = []string{
	"time", "source", "destination", "port", "protocol", "path", "via", "bytes", "packets", "retransmitted", "connections",
	"source zone", "destination zone", "source address", "destination address", "agent", "report", "transfer", "batch",
}

// flowPrinter prints flows as they come.
type flowPrinter struct {
	out    io.Writer
	format string
	began  bool
}

func (p *flowPrinter) flow(node json.RawMessage, f *printedFlow) error {
	first := !p.began
	p.began = true
	switch p.format {
	case "json":
		_, err := fmt.Fprintln(p.out, string(node))
		return err
	case "csv":
		writer := csv.NewWriter(p.out)
		if first {
			_ = writer.Write(flowColumns) // Flush reports
		}
		_ = writer.Write(f.cells())
		writer.Flush()
		return writer.Error()
	default:
		way := f.Path
		if f.Via != "" {
			way += ":" + f.Via
		}
		_, err := fmt.Fprintf(p.out, "%s  %s -> %s  %s/%d  %s bytes  %s%s\n", f.WindowStart.UTC().Format(time.RFC3339), f.Source, f.Destination,
			f.Protocol, f.ServerPort, number(f.Bytes), way, map[bool]string{true: "", false: "  check"}[f.Taken])
		return err
	}
}

func (f *printedFlow) cells() []string {
	report := map[bool]string{true: "sender", false: "receiver"}[f.BySender]
	if !f.Taken {
		report += ", check"
	}
	cells := []string{
		f.WindowStart.UTC().Format(time.RFC3339Nano), f.Source, f.Destination, strconv.Itoa(f.ServerPort), f.Protocol, f.Path, f.Via,
		number(f.Bytes), number(f.Packets), number(f.RetransmittedPackets), strconv.Itoa(f.Connections),
		f.SourceZone, f.DestinationZone, f.SourceAddress, f.DestinationAddress, f.Agent, report, f.Transfer, f.Batch,
	}
	for i := range cells {
		cells[i] = snapshot.Cell(cells[i])
	}
	return cells
}

// number is a count of bytes, which the API gives as a number or, beyond 2^53, as
// a text.
func number(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	return string(raw)
}
