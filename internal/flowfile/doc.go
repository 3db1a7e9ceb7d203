// Package flowfile reads files of flows that others captured, and makes batches of
// them as an agent would send: AWS VPC Flow Logs, network flows in OpenTelemetry's
// JSON, and newline-delimited JSON of our own. docs/formats/flows.md describes them.
package flowfile

import (
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Capture is what files say, by whoever reported it.
type Capture struct {
	// Reports are by agent: for a flow log each network interface is one.
	Reports map[model.AgentID]*Report
	// LeftOut counts records that are no traffic of an agent's, by why.
	LeftOut map[string]int
}

// Report is what one agent saw.
type Report struct {
	// Covered are the times that it reported on, in no order; they may overlap.
	Covered []model.Period
	Rows    []model.FlowRow
	Losses  []model.Loss
}

// NewCapture is one with nothing in it.
func NewCapture() *Capture {
	return &Capture{Reports: map[model.AgentID]*Report{}, LeftOut: map[string]int{}}
}

func (c *Capture) of(agent model.AgentID) *Report {
	r := c.Reports[agent]
	if r == nil {
		r = &Report{}
		c.Reports[agent] = r
	}
	return r
}

// Rows is how many rows all reports have.
func (c *Capture) Rows() int {
	rows := 0
	for _, r := range c.Reports {
		rows += len(r.Rows)
	}
	return rows
}

// seconds is a time in Unix seconds.
func seconds(n int64) time.Time { return time.Unix(n, 0).UTC() }
