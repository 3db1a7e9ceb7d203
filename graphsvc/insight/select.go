package insight

import (
	"strconv"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/graphsvc/filter"
)

// filterOf selects the transfers of a series, in the language of docs/filter.md. It
// is "" where no filter does: the path classes that have a price of their own are
// finer than the language's paths, and a charge code is of lines, not of transfers.
func filterOf(s baseline.Scope) string {
	switch s.Kind {
	case baseline.ScopeFlow:
		f := s.Flow
		return "source.id=" + filter.Quoted(f.Source.ID()) + " destination.id=" + filter.Quoted(f.Destination.ID()) +
			" port=" + strconv.Itoa(int(f.ServerPort)) + " protocol=" + f.Protocol.String() + " initiator=" + string(f.Initiator)
	case baseline.ScopeWorkload:
		return "source.id=" + filter.Quoted(s.Name)
	case baseline.ScopeEndpoint:
		return "id=" + filter.Quoted(s.Name)
	case baseline.ScopeClass, baseline.ScopeCharge:
	}
	return ""
}
