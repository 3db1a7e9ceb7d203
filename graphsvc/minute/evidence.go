package minute

import (
	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// Evidence returns a test for the rows of a minute that speak of one edge: the
// sender's reports and the receiver's, which were taken as the truth or kept
// as the check.
func Evidence(facts []model.Fact, edge model.EdgeKey) (func(model.AgentID, model.FlowRow) bool, error) {
	index, err := attribution.NewIndex(facts)
	if err != nil {
		return nil, err
	}
	var nobody attribution.Coverage
	return func(agent model.AgentID, row model.FlowRow) bool {
		flows, _ := attribution.Attribute(index, &nobody, []attribution.ReportedRow{{Agent: agent, Row: row}})
		for _, flow := range flows {
			if flow.Key == edge {
				return true
			}
		}
		return false
	}, nil
}
