package snapshot

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"

	"github.com/egressor/egressor/internal/model"
)

// nodeColumns are a node's properties, beside its id.
var nodeColumns = []struct {
	name string
	text func(n model.Identity) string
}{
	{"kind", func(n model.Identity) string { return string(n.Kind) }},
	{"cluster", func(n model.Identity) string { return n.Cluster }},
	{"namespace", func(n model.Identity) string { return n.Namespace }},
	{"type", func(n model.Identity) string { return n.Type }},
	{"name", func(n model.Identity) string { return n.Name }},
	{"region", func(n model.Identity) string { return n.Region }},
}

// writeGraphML writes http://graphml.graphdrawing.org/specification.html, as
// Gephi, yEd and networkx read it.
func writeGraphML(out io.Writer, g Graph) error {
	w := xmlWriter{out: bufio.NewWriter(out)}
	w.text(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">` + "\n")
	for _, c := range nodeColumns {
		w.text(`  <key id="n_` + c.name + `" for="node" attr.name="` + c.name + `" attr.type="string"/>` + "\n")
	}
	for _, c := range columns[1:] {
		w.text(`  <key id="e_` + c.name + `" for="edge" attr.name="` + c.name + `" attr.type="` + string(c.kind) + `"/>` + "\n")
	}
	w.text(fmt.Sprintf("  <graph id=\"version-%d\" edgedefault=\"directed\">\n", g.Version))
	w.text(fmt.Sprintf("    <desc>%s to %s, as of version %d, cost in ", g.From, g.To, g.Version))
	w.escaped(g.Currency)
	w.text("</desc>\n")
	for _, node := range g.Nodes() {
		w.text(`    <node id="`)
		w.escaped(node.ID())
		w.text("\">\n")
		for _, c := range nodeColumns {
			w.data("n_"+c.name, c.text(node))
		}
		w.text("    </node>\n")
	}
	for i := range g.Edges {
		e := &g.Edges[i]
		w.text(`    <edge id="` + e.ID.String() + `" source="`)
		w.escaped(e.Key.Source.ID())
		w.text(`" target="`)
		w.escaped(e.Key.Destination.ID())
		w.text("\">\n")
		for _, c := range columns[1:] {
			w.data("e_"+c.name, c.text(e))
		}
		w.text("    </edge>\n")
	}
	w.text("  </graph>\n</graphml>\n")
	return w.flush()
}

// xmlWriter keeps the first error.
type xmlWriter struct {
	out *bufio.Writer
	err error
}

func (w *xmlWriter) text(text string) {
	if w.err == nil {
		_, w.err = w.out.WriteString(text)
	}
}

func (w *xmlWriter) escaped(text string) {
	if w.err == nil {
		w.err = xml.EscapeText(w.out, []byte(text))
	}
}

// data writes one property; one that is not known is left out.
func (w *xmlWriter) data(key, value string) {
	if value == "" {
		return
	}
	w.text(`      <data key="` + key + `">`)
	w.escaped(value)
	w.text("</data>\n")
}

func (w *xmlWriter) flush() error {
	if w.err != nil {
		return w.err
	}
	return w.out.Flush()
}
