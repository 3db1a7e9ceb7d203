package flowfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// line is one raw row as docs/formats/flows.md has it.
type line struct {
	Cluster        string     `json:"cluster"`
	Node           string     `json:"node"`
	WindowStart    time.Time  `json:"windowStart"`
	WindowSeconds  float64    `json:"windowSeconds"`
	LocalKind      string     `json:"localKind"`
	LocalID        string     `json:"localId"`
	LocalAddress   netip.Addr `json:"localAddress"`
	RemoteAddress  netip.Addr `json:"remoteAddress"`
	VirtualAddress netip.Addr `json:"virtualAddress"`
	VirtualPort    uint16     `json:"virtualPort"`
	ServerPort     uint16     `json:"serverPort"`
	Protocol       string     `json:"protocol"`
	Role           string     `json:"role"`
	Sent           lineCounts `json:"sent"`
	Received       lineCounts `json:"received"`
	Connections    uint32     `json:"connections"`
	RTTMicros      uint32     `json:"rttMicros"`
}

type lineCounts struct {
	WireBytes            uint64 `json:"wireBytes"`
	PayloadBytes         uint64 `json:"payloadBytes"`
	Packets              uint64 `json:"packets"`
	RetransmittedPackets uint64 `json:"retransmittedPackets"`
}

// ReadNDJSON adds rows, one JSON object a line, to a capture. An agent covers the
// time from its first row to its last, but for silences of more than a day. An error
// names the line.
func (c *Capture) ReadNDJSON(in io.Reader) error {
	decoder := json.NewDecoder(in)
	decoder.DisallowUnknownFields()
	for n := 1; ; n++ {
		var l line
		switch err := decoder.Decode(&l); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("line %d: %w", n, err)
		}
		row, err := l.row()
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		report := c.of(model.AgentID{Cluster: l.Cluster, Node: l.Node})
		report.Rows = append(report.Rows, splitMinutes(row)...)
		report.cover(row)
	}
}

// longestSilence is how long an agent may have reported nothing and still have been
// there. Without a bound, two rows a century apart would be millions of batches.
const longestSilence = 24 * time.Hour

// cover makes the report's time reach to a row, or begin anew after a long silence.
func (r *Report) cover(row model.FlowRow) {
	from, to := row.WindowStart, row.WindowStart.Add(row.WindowLength)
	for i := range r.Covered {
		covered := &r.Covered[i]
		if from.Sub(covered.To) > longestSilence || covered.From.Sub(to) > longestSilence {
			continue
		}
		if from.Before(covered.From) {
			covered.From = from
		}
		covered.To = latest(covered.To, to)
		return
	}
	r.Covered = append(r.Covered, model.Period{From: from, To: to})
}

func (l *line) row() (model.FlowRow, error) {
	const mostSeconds = 24 * 60 * 60
	switch {
	case l.Cluster == "" || l.Node == "":
		return model.FlowRow{}, errors.New("cluster and node say whose agent reports, and one is missing")
	case l.WindowStart.IsZero():
		return model.FlowRow{}, errors.New("windowStart is missing")
	case l.WindowSeconds <= 0 || l.WindowSeconds > mostSeconds:
		return model.FlowRow{}, fmt.Errorf("windowSeconds %v: want more than 0, at most a day", l.WindowSeconds)
	case !l.RemoteAddress.IsValid():
		return model.FlowRow{}, errors.New("remoteAddress is missing")
	}
	protocol, err := model.ParseProtocol(l.Protocol)
	if err != nil {
		return model.FlowRow{}, err
	}
	row := model.FlowRow{
		LocalAddr: l.LocalAddress, RemoteAddr: l.RemoteAddress, VirtualAddr: l.VirtualAddress, VirtualPort: l.VirtualPort, ServerPort: l.ServerPort,
		Protocol: protocol, WindowStart: l.WindowStart.UTC(), WindowLength: time.Duration(l.WindowSeconds * float64(time.Second)),
		Sent: model.Counts(l.Sent), Received: model.Counts(l.Received), Connections: l.Connections, RTTMicros: l.RTTMicros,
	}
	if row.Local, err = l.local(); err != nil {
		return model.FlowRow{}, err
	}
	row.Role, err = l.role()
	return row, err
}

func (l *line) local() (model.LocalEnd, error) {
	for _, kind := range []model.LocalKind{model.LocalUnknown, model.LocalPod, model.LocalNode} {
		if l.LocalKind == kind.String() || l.LocalKind == "" && kind == model.LocalUnknown {
			return model.LocalEnd{Kind: kind, ID: l.LocalID}, nil
		}
	}
	return model.LocalEnd{}, fmt.Errorf("localKind %q: want pod, node or unknown", l.LocalKind)
}

func (l *line) role() (model.Role, error) {
	for _, role := range []model.Role{model.RoleUnknown, model.RoleClient, model.RoleServer} {
		if l.Role == role.String() || l.Role == "" && role == model.RoleUnknown {
			return role, nil
		}
	}
	return 0, fmt.Errorf("role %q: want client, server or unknown", l.Role)
}

// gzipMagic is how a gzip file begins (RFC 1952, 2.3.1).
var gzipMagic = []byte{0x1f, 0x8b}

// IsGzip reports whether a file begins as gzip does.
func IsGzip(begin []byte) bool { return bytes.HasPrefix(begin, gzipMagic) }
