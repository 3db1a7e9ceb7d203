package graphstore

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// parseEdgeID is the inverse of model.EdgeID.String.
func parseEdgeID(text string) (model.EdgeID, error) {
	digits, ok := strings.CutPrefix(text, "t")
	number, err := strconv.ParseUint(digits, 16, 64)
	if !ok || err != nil || model.EdgeID(number).String() != text {
		return 0, fmt.Errorf("edge id %q: want t and 16 hexadecimal digits", text)
	}
	return model.EdgeID(number), nil
}

func scanOpenPiece(row neo4j.Row) (openPiece, error) {
	var p openPiece
	var edge string
	var minute int64
	var check any
	err := row.Scan(&p.element, &edge, &minute,
		&p.wireBytes, &p.payloadBytes, &p.packets, &p.retransmittedPackets,
		&p.connections, &p.rttMicros, &check, &p.costNano, &p.costRest)
	if err != nil {
		return openPiece{}, err
	}
	p.minute, p.checkBytes = model.Minute(minute), -1
	if bytes, ok := check.(int64); ok {
		p.checkBytes = bytes
	}
	p.edge, err = parseEdgeID(edge)
	return p, err
}
