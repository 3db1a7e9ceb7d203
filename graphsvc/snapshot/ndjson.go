package snapshot

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// maxLine bounds one line of a file: the longest names that Kubernetes and the
// clouds allow fit many times.
const maxLine = 1 << 20

func writeNDJSON(out io.Writer, g Graph) error {
	buffered := bufio.NewWriter(out)
	encoder := json.NewEncoder(buffered)
	nodes := g.Nodes()
	header, err := headerOf(g, len(nodes))
	if err != nil {
		return err
	}
	if err := encoder.Encode(header); err != nil {
		return err
	}
	for _, node := range nodes {
		if err := encoder.Encode(nodeLineOf(node)); err != nil {
			return err
		}
	}
	for i := range g.Edges {
		if err := encoder.Encode(transferLineOf(&g.Edges[i])); err != nil {
			return err
		}
	}
	return buffered.Flush()
}

// Read is the inverse of Write as NDJSON. A file that was cut, or changed in a
// way that its ids and totals tell, is refused with the line.
func Read(in io.Reader) (Graph, error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	r := reader{nodes: map[string]model.Identity{}}
	number := 0
	for lines.Scan() {
		number++
		if err := r.line(lines.Bytes()); err != nil {
			return Graph{}, fmt.Errorf("line %d: %w", number, err)
		}
	}
	if err := lines.Err(); err != nil {
		return Graph{}, fmt.Errorf("line %d: %w", number+1, err)
	}
	return r.graph, r.whole()
}

type reader struct {
	header *headerLine
	nodes  map[string]model.Identity
	graph  Graph
}

func (r *reader) line(text []byte) error {
	switch {
	case r.header == nil:
		return r.first(text)
	case len(r.nodes) < r.header.Nodes:
		return r.node(text)
	default:
		return r.transfer(text)
	}
}

func (r *reader) first(text []byte) error {
	var header headerLine
	if err := strictly(text, &header); err != nil {
		return err
	}
	if header.Format != formatName {
		return fmt.Errorf("the format is %q, want %q: is it a file of `egressor graph --format ndjson`?", header.Format, formatName)
	}
	from, err := minuteOf(header.From)
	if err != nil {
		return fmt.Errorf("from: %w", err)
	}
	to, err := minuteOf(header.To)
	if err != nil {
		return fmt.Errorf("to: %w", err)
	}
	if from >= to {
		return fmt.Errorf("the window %s to %s is empty", header.From, header.To)
	}
	r.header = &header
	r.graph = Graph{Version: header.Version, Digest: header.Digest, From: from, To: to, Currency: header.Currency}
	return nil
}

func minuteOf(text string) (model.Minute, error) {
	at, err := time.Parse(time.RFC3339, text)
	return model.MinuteOf(at), err
}

func (r *reader) node(text []byte) error {
	var line nodeLine
	if err := strictly(text, &line); err != nil {
		return err
	}
	identity, err := line.identity()
	if err != nil {
		return err
	}
	if _, twice := r.nodes[line.Node]; twice {
		return fmt.Errorf("node %q occurs twice", line.Node)
	}
	r.nodes[line.Node] = identity
	return nil
}

func (r *reader) transfer(text []byte) error {
	var line transferLine
	if err := strictly(text, &line); err != nil {
		return err
	}
	edge, err := line.edge(r.nodes)
	if err != nil {
		return err
	}
	if n := len(r.graph.Edges); n > 0 && r.graph.Edges[n-1].ID >= edge.ID {
		return fmt.Errorf("transfer %s does not follow %s in order of id", edge.ID, r.graph.Edges[n-1].ID)
	}
	r.graph.Edges = append(r.graph.Edges, edge)
	return nil
}

// whole checks the graph against what its first line promised.
func (r *reader) whole() error {
	if r.header == nil {
		return errors.New("the file is empty")
	}
	got, err := headerOf(r.graph, len(r.nodes))
	if err != nil {
		return err
	}
	if got != *r.header {
		return fmt.Errorf("the file is not whole: %d nodes, %d transfers, %d bytes, cost %s; its first line says %d, %d, %d, %s",
			got.Nodes, got.Transfers, got.WireBytes, got.Cost, r.header.Nodes, r.header.Transfers, r.header.WireBytes, r.header.Cost)
	}
	return nil
}

// strictly reads one JSON object and nothing behind it; a field that is not known
// is an error, not lost.
func strictly(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands behind the JSON object")
	}
	return nil
}
