package snapshot

import (
	"encoding/csv"
	"io"
	"strings"
)

// writeCSV writes one line per transfer, with both ends.
func writeCSV(out io.Writer, g Graph) error {
	writer := csv.NewWriter(out)
	header := []string{"source", "destination", "sourceNamespace", "sourceName", "destinationNamespace", "destinationName"}
	for _, c := range columns {
		header = append(header, c.name)
	}
	header = append(header, "currency")
	_ = writer.Write(header) // Flush reports
	for i := range g.Edges {
		e := &g.Edges[i]
		source, destination := e.Key.Source, e.Key.Destination
		cells := []string{
			Cell(source.ID()), Cell(destination.ID()), Cell(source.Namespace), Cell(source.Name), Cell(destination.Namespace), Cell(destination.Name),
		}
		for _, c := range columns {
			cells = append(cells, Cell(c.text(e)))
		}
		_ = writer.Write(append(cells, Cell(g.Currency)))
	}
	writer.Flush()
	return writer.Error()
}

// Cell is a text for a CSV file that people open in a spreadsheet. Names come
// from whoever may name a pod; a text that a spreadsheet would run as a formula
// gets an apostrophe before it (OWASP, CSV Injection). A number stays a number.
func Cell(text string) string {
	trimmed := strings.TrimLeft(text, " \t\r\n\u00a0\u3000")
	for _, first := range []string{"=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%"} {
		if strings.HasPrefix(trimmed, first) && !isNumber(text) {
			return "'" + text
		}
	}
	return text
}

func isNumber(text string) bool {
	digits := strings.TrimLeft(text, "+-")
	return len(text)-len(digits) <= 1 && digits != "" && strings.Trim(digits, "0123456789.") == ""
}
