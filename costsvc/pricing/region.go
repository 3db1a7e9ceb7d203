package pricing

import (
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
)

// RegionOf is whose region's part of the bill a line is in, found again from its
// edge: stored lines have it not. "" where no charge of the edge is the line's,
// such as one that was priced by another book's switches.
func (b *Book) RegionOf(key *model.EdgeKey, line *Line) string {
	var facts transferclass.Facts
	var decision transferclass.Decision
	transferclass.FactsOf(key, &facts)
	b.Switches.Classify(&facts, &decision)
	for _, charge := range decision.Charges() {
		if charge.Rule == line.Rule && charge.Payer == line.Payer && charge.Operation == line.Operation {
			return charge.Region
		}
	}
	return ""
}
