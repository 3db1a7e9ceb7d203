package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/kept"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/internal/model"
)

// series answers the explorer's questions about series and raw rows from the
// flow store.
type series struct {
	flows *flowstore.Store
	// folded are the versions that minutes were folded by, told the raw rows of those
	// that were read lately.
	folded *kept.Answers[minuteAsk, *model.GraphVersion]
	told   *kept.Answers[uint64, *told]
	// edges are series and charges of single edges.
	edges edges
}

var _ query.Series = series{}

func newSeries(flows *flowstore.Store) series {
	return series{
		flows:  flows,
		folded: kept.New[minuteAsk](maxFolded, func(*model.GraphVersion) int { return 1 }),
		told:   kept.New[uint64](maxToldRows, func(t *told) int { return toldWeight + len(t.rows) }),
		edges:  newEdges(flows),
	}
}

func windowOf(w query.Window) flowstore.Window {
	return flowstore.Window{From: w.From, To: w.To, Version: w.Version}
}

// Totals are per minute.
func (s series) Totals(ctx context.Context, w query.Window, of query.Subject) ([]query.MinuteTotal, error) {
	totals, err := s.totals(ctx, windowOf(w), flowstore.Subject(of))
	if err != nil {
		return nil, err
	}
	converted := make([]query.MinuteTotal, len(totals))
	for i, total := range totals {
		converted[i] = query.MinuteTotal(total)
	}
	return converted, nil
}

// totals are put together of single edges' where few are meant: others ask for the
// same ones.
func (s series) totals(ctx context.Context, w flowstore.Window, of flowstore.Subject) ([]flowstore.MinuteTotal, error) {
	ids := of.Edges
	if of.Edge != 0 {
		ids = []model.EdgeID{of.Edge}
	}
	if len(ids) == 0 || len(ids) > maxEdgesApart || of.Edge != 0 && of.Edges != nil || of.Entity != "" || of.Reach != nil {
		return s.flows.Totals(ctx, w, of)
	}
	return s.edges.totals(ctx, w, ids)
}

// Transfer is one edge added up over a window.
func (s series) Transfer(ctx context.Context, w query.Window, edge model.EdgeID) (query.Transfer, bool, error) {
	sum, ok, err := s.flows.Edge(ctx, windowOf(w), edge)
	return query.Transfer{
		ID: edge, Key: sum.Key, Sent: sum.Sent, Connections: sum.Connections, RTTMicros: sum.RTTMicros,
		CheckBytes: sum.CheckBytes, Checked: sum.Checked, Cost: sum.Cost,
	}, ok, err
}

// Labels are those of workloads and pods.
func (s series) Labels(ctx context.Context, w query.Window, keys []string, through time.Time) ([]query.Labels, error) {
	facts, err := s.flows.LabelFacts(ctx, w.From.Start(), w.To.Start(), keys, through)
	return query.LabelsOf(facts, time.Time{}), err
}

// Charges are an edge's charge lines.
func (s series) Charges(ctx context.Context, w query.Window, edge model.EdgeID) ([]query.Charge, error) {
	lines, err := s.edges.charges.Of(ctx, edgeAsk{windowOf(w), edge})
	if err != nil {
		return nil, err
	}
	charges := make([]query.Charge, len(lines))
	for i := range lines {
		charges[i] = query.ChargeOf(&lines[i])
	}
	return charges, nil
}

// Explain is the chain that led to an edge, in the newest minutes in which it
// carried anything.
func (s series) Explain(ctx context.Context, w query.Window, edge model.EdgeKey, minutes int) ([]query.ExplainedMinute, error) {
	var explained []query.ExplainedMinute
	err := s.newest(ctx, w, edge.ID(), minutes, func(of model.Minute) (bool, error) {
		return s.again(ctx, w, of, func(version model.GraphVersion, input minute.Input, stored []query.RawRow) (bool, error) {
			found, err := minute.Explain(input, edge)
			if err == nil {
				explained = append(explained, query.ExplainedOf(version.Number, found, stored))
			}
			return true, err
		})
	})
	return explained, err
}

// Reported are the raw rows of a window with their ends, minute by minute.
func (s series) Reported(ctx context.Context, w query.Window, visit func(of model.Minute, flows []query.Flow) (bool, error)) error {
	for of := w.To - 1; of >= w.From; of-- {
		more, err := s.again(ctx, w, of, func(_ model.GraphVersion, input minute.Input, stored []query.RawRow) (bool, error) {
			flows, err := query.FlowsOf(input, stored)
			if err != nil {
				return false, err
			}
			return visit(of, flows)
		})
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// newest visits the newest minutes in which an edge carried anything, until a visit
// has enough.
func (s series) newest(ctx context.Context, w query.Window, edge model.EdgeID, minutes int, visit func(model.Minute) (more bool, err error)) error {
	totals, err := s.totals(ctx, windowOf(w), flowstore.Subject{Edge: edge})
	if err != nil {
		return err
	}
	visited := false
	for i := len(totals) - 1; i >= 0 && minutes > 0; i-- {
		if totals[i].Bytes == 0 {
			continue
		}
		minutes--
		more, err := visit(totals[i].Minute)
		if expired := new(query.Error); visited && errors.As(err, &expired) && expired.Code == query.CodeVersionExpired {
			return nil // newer minutes have said what there is to say
		}
		if err != nil || !more {
			return err
		}
		visited = true
	}
	return nil
}

// rowsGone tells that an answer would be made of less than the version was.
func rowsGone(version model.GraphVersion) error {
	return &query.Error{
		Code:    query.CodeVersionExpired,
		Message: fmt.Sprintf("the raw rows of %s that version %d was folded from are not all there any more", version.From, version.Number),
		Hint:    "raw rows are kept for --keep-flows after they came; transfers, charges and totals of the version go on to answer, and egressor verify says whether they are what was folded",
	}
}

func (s series) again(
	ctx context.Context, w query.Window, of model.Minute,
	visit func(version model.GraphVersion, input minute.Input, stored []query.RawRow) (more bool, err error),
) (more bool, err error) {
	version, ok, err := s.foldOf(ctx, of, w.Version)
	if err != nil || !ok {
		return true, err
	}
	input, stored, err := s.reread(ctx, version)
	if err != nil {
		return false, err
	}
	return visit(version, input, stored)
}

// reread reads what a version was folded from, and makes sure that it is all there.
func (s series) reread(ctx context.Context, version model.GraphVersion) (minute.Input, []query.RawRow, error) {
	rows := &keptRows{Store: s.flows}
	input, err := rollup.ReadVersion(ctx, rows, version)
	if err == nil && minute.InputDigest(input) != version.InputDigest {
		err = rowsGone(version)
	}
	return input, rows.rows, err
}

// foldOf is the newest version by then that folded a minute.
func (s series) foldOf(ctx context.Context, of model.Minute, through uint64) (version model.GraphVersion, ok bool, err error) {
	versions, err := s.flows.Versions(ctx, of, of+1, through)
	if err != nil {
		return version, false, err
	}
	for _, v := range versions {
		if v.Kind == model.VersionFold || v.Kind == model.VersionRefold {
			version, ok = v, true
		}
	}
	return version, ok, nil
}

// keptRows keeps the rows that it reads with the batches that brought them.
type keptRows struct {
	*flowstore.Store
	rows []query.RawRow
}

// Minute reads and keeps.
func (k *keptRows) Minute(ctx context.Context, of model.Minute, inputs []model.InputRange) ([]model.BatchHead, []model.ReportedRow, error) {
	heads, rows, err := k.MinuteByBatch(ctx, of, inputs)
	k.rows = make([]query.RawRow, len(rows))
	reported := make([]model.ReportedRow, len(rows))
	for i := range rows {
		k.rows[i] = query.RawRow{Batch: rows[i].Batch, Flow: rows[i].Flow}
		reported[i] = model.ReportedRow{Agent: rows[i].Batch.Agent, Row: rows[i].Flow}
	}
	return heads, reported, err
}

// Coverage is how far each node's agent reported each minute.
func (s series) Coverage(ctx context.Context, w query.Window) ([]query.NodeCoverage, error) {
	heads, err := s.flows.Heads(ctx, w.From, w.To)
	if err != nil {
		return nil, err
	}
	return query.CoverageOf(heads, w.From, w.To), nil
}

// Agents are what the ledger says of the agents.
func (s series) Agents(ctx context.Context, lossesSince time.Time) ([]query.Agent, error) {
	agents, err := s.flows.Agents(ctx, lossesSince)
	if err != nil {
		return nil, err
	}
	converted := make([]query.Agent, len(agents))
	for i, agent := range agents {
		converted[i] = query.Agent(agent)
	}
	return converted, nil
}

// AgentMachines are the machines of the agents that reported of a window.
func (s series) AgentMachines(ctx context.Context, w query.Window) ([]query.AgentMachine, error) {
	agents, err := s.flows.AgentsIn(ctx, w.From, w.To)
	if err != nil || len(agents) == 0 {
		return nil, err
	}
	facts, err := s.flows.NodeFacts(ctx, w.From, w.To)
	return query.MachinesOf(agents, facts), err
}

// Lost sums what was reported lost.
func (s series) Lost(ctx context.Context, from, to time.Time) (bytes uint64, known bool, err error) {
	return s.flows.Lost(ctx, from, to)
}
