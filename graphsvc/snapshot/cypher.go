package snapshot

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// writeCypher writes statements for an empty Neo4j of any kind, one a line, each
// with a semicolon: labels and properties are those of docs/formats/graph.md.
func writeCypher(out io.Writer, g Graph) error {
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "// Egressor: %s to %s, as of version %d, cost in %s.\n", g.From, g.To, g.Version, oneLine(g.Currency))
	fmt.Fprintln(w, "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;")
	for _, node := range g.Nodes() {
		properties := []string{"id: " + quoted(node.ID())}
		for _, c := range nodeColumns {
			if text := c.text(node); text != "" {
				properties = append(properties, c.name+": "+quoted(text))
			}
		}
		fmt.Fprintf(w, "CREATE (:Entity:%s {%s});\n", node.Kind, strings.Join(properties, ", "))
	}
	for i := range g.Edges {
		e := &g.Edges[i]
		var properties []string
		for _, c := range columns {
			text := c.text(e)
			switch {
			case text == "":
			case c.kind == textColumn:
				properties = append(properties, c.name+": "+quoted(text))
			default:
				properties = append(properties, c.name+": "+text)
			}
		}
		properties = append(properties, "totalBytes: "+count(e.Sent.WireBytes))
		if cost := nano(e.Cost); cost != "" {
			properties = append(properties, "totalCostNano: "+cost)
		}
		fmt.Fprintf(w, "MATCH (a:Entity {id: %s}), (b:Entity {id: %s}) CREATE (a)-[:TRANSFERS {%s}]->(b);\n",
			quoted(e.Key.Source.ID()), quoted(e.Key.Destination.ID()), strings.Join(properties, ", "))
	}
	return w.Flush()
}

// quoted is a Cypher string. Whatever is not a plain letter, digit or sign is
// written by number, so that no name can end the string or the line. Neo4j reads
// \u and four digits before it reads strings, behind an escaped backslash too: a
// backslash and a u are kept apart.
func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('\'')
	var last rune
	for _, r := range text {
		if last == '\\' && (r == 'u' || r == 'U') {
			b.WriteString("' + '")
		}
		last = r
		switch {
		case r == '\'' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r > unicode.MaxLatin1 && r <= 0xffff || unicode.IsControl(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		case r > 0xffff:
			high, low := (r-0x10000)>>10+0xd800, (r-0x10000)&0x3ff+0xdc00
			b.WriteString(`\u` + strconv.FormatInt(int64(high), 16) + `\u` + strconv.FormatInt(int64(low), 16))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('\'')
	return b.String()
}

// oneLine keeps a comment from ending.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text)
}
