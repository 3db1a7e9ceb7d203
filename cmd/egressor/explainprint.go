package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

func printExplanation(out io.Writer, format string, e *query.Explanation) error {
	switch format {
	case "json":
		encoder := json.NewEncoder(out)
		for i := range e.Minutes {
			if err := encoder.Encode(jsonOfMinute(e, &e.Minutes[i])); err != nil {
				return err
			}
		}
		return nil
	case "csv":
		return printExplainedRows(out, e)
	}
	key := e.Transfer.Key
	fmt.Fprintf(out, "%s  %s -> %s  %d/%s  %s\n", e.Transfer.ID, key.Source.ID(), key.Destination.ID(), key.ServerPort, key.Protocol, key.Path)
	for i := range e.Minutes {
		writeMinute(out, &e.Minutes[i])
	}
	return nil
}

func writeMinute(out io.Writer, m *query.ExplainedMinute) {
	fmt.Fprintf(out, "\nminute %s, folded by version %d: %d bytes\n", m.Minute, m.Version, m.Bytes)
	for i := range m.Pairs {
		p := &m.Pairs[i]
		fmt.Fprintf(out, "\n  %s -> %s %d/%s\n  %s: %s\n", p.Source, p.Destination, p.ServerPort, p.Protocol, p.Choice, p.ChoiceText)
		for n := range p.Reports {
			writeReport(out, &p.Reports[n])
		}
	}
	fmt.Fprintf(out, "\n  facts\n")
	for _, f := range m.Facts {
		fmt.Fprintf(out, "    %s\n      %s, said by %s%s\n", f.Text, periodText(f.Period), orUnknown(f.Source), recordedText(f.Recorded))
	}
}

func writeReport(out io.Writer, r *query.ExplainedReport) {
	word, side := "check", "receiver"
	if r.Taken {
		word = "taken"
	}
	if r.BySender {
		side = "sender"
	}
	flow := &r.Row.Flow
	fmt.Fprintf(out, "    %s: %d bytes by the %s's agent %s, batch %s/%d, window %s +%s\n", word, r.Bytes, side, r.Row.Batch.Agent,
		r.Row.Batch.Boot, r.Row.Batch.Sequence, flow.WindowStart.UTC().Format("15:04:05.000"), flow.WindowLength)
	if flow.VirtualAddr.IsValid() {
		fmt.Fprintf(out, "      dialled %s port %d %s\n", flow.VirtualAddr, flow.VirtualPort, r.Service)
	}
	for _, end := range []struct {
		name string
		query.ExplainedEnd
	}{{"source", r.Source}, {"destination", r.Destination}} {
		fmt.Fprintf(out, "      %s %s is %s: %s\n", end.name, end.Address, end.Entity, end.RuleText)
	}
	fmt.Fprintf(out, "      path %s: %s%s\n", r.Path, r.PathText, pathBasis(r))
}

func pathBasis(r *query.ExplainedReport) string {
	var text string
	if len(r.PathFacts) > 0 {
		text = " (" + strings.Join(r.PathFacts, ", ") + ")"
	}
	if r.PathGap != "" {
		text += "; " + r.PathGap
	}
	return text
}

func periodText(p model.Period) string {
	from, to := "since ever", "still"
	if !p.From.IsZero() {
		from = "from " + p.From.UTC().Format(time.RFC3339)
	}
	if !p.To.IsZero() {
		to = "to " + p.To.UTC().Format(time.RFC3339)
	}
	return from + " " + to
}

// recordedText is empty where no store recorded it: it is read from a file.
func recordedText(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return ", recorded " + at.UTC().Format(time.RFC3339)
}

func orUnknown(source string) string {
	if source == "" {
		return "nobody named"
	}
	return source
}

// printExplainedRows writes a line per report, for spreadsheets.
func printExplainedRows(out io.Writer, e *query.Explanation) error {
	columns := []string{"minute", "version", "taken", "bytes", "agent", "batch", "source", "source rule", "destination", "destination rule", "choice", "path", "path rule"}
	var rows []row
	for i := range e.Minutes {
		m := &e.Minutes[i]
		for _, p := range m.Pairs {
			for n := range p.Reports {
				r := &p.Reports[n]
				rows = append(rows, explainedRow(m, &p, r))
			}
		}
	}
	return printRows(out, "csv", columns, rows)
}

func explainedRow(m *query.ExplainedMinute, p *query.ExplainedPair, r *query.ExplainedReport) row {
	return row{cells: []string{
		m.Minute.String(), strconv.FormatUint(m.Version, 10), strconv.FormatBool(r.Taken), strconv.FormatUint(r.Bytes, 10),
		r.Row.Batch.Agent.String(), batchText(r), r.Source.Entity, r.Source.Rule, r.Destination.Entity, r.Destination.Rule, p.Choice, r.Path, r.PathRule,
	}}
}

func batchText(r *query.ExplainedReport) string {
	return fmt.Sprintf("%s/%d", r.Row.Batch.Boot, r.Row.Batch.Sequence)
}

// jsonOfMinute is one line of -o json.
func jsonOfMinute(e *query.Explanation, m *query.ExplainedMinute) map[string]any {
	pairs := make([]map[string]any, len(m.Pairs))
	for i := range m.Pairs {
		pairs[i] = jsonOfPair(&m.Pairs[i])
	}
	facts := make([]map[string]any, len(m.Facts))
	for i, f := range m.Facts {
		facts[i] = map[string]any{
			"kind": f.Kind, "key": f.Key, "source": f.Source, "from": timeOrNil(f.Period.From), "to": timeOrNil(f.Period.To),
			"recorded": timeOrNil(f.Recorded), "text": f.Text,
		}
	}
	return map[string]any{
		"transfer": e.Transfer.ID.String(), "minute": m.Minute.String(), "version": m.Version, "wireBytes": m.Bytes, "pairs": pairs, "facts": facts,
	}
}

func jsonOfPair(p *query.ExplainedPair) map[string]any {
	reports := make([]map[string]any, len(p.Reports))
	for i := range p.Reports {
		r := &p.Reports[i]
		reports[i] = map[string]any{
			"taken": r.Taken, "bySender": r.BySender, "wireBytes": r.Bytes, "agent": r.Row.Batch.Agent.String(), "boot": r.Row.Batch.Boot,
			"sequence": r.Row.Batch.Sequence, "windowStart": r.Row.Flow.WindowStart.UTC().Format(time.RFC3339Nano),
			"windowSeconds": r.Row.Flow.WindowLength.Seconds(), "source": jsonOfEnd(r.Source), "destination": jsonOfEnd(r.Destination),
			"path": r.Path, "pathRule": r.PathRule, "pathText": r.PathText, "pathFacts": r.PathFacts, "pathGap": r.PathGap, "service": r.Service,
		}
	}
	return map[string]any{
		"source": p.Source.String(), "destination": p.Destination.String(), "serverPort": p.ServerPort, "protocol": p.Protocol,
		"choice": p.Choice, "choiceText": p.ChoiceText, "senderCovered": p.SenderCovered, "receiverCovered": p.ReceiverCovered, "reports": reports,
	}
}

func jsonOfEnd(e query.ExplainedEnd) map[string]any {
	return map[string]any{"address": e.Address.String(), "entity": e.Entity, "node": e.Node, "rule": e.Rule, "ruleText": e.RuleText}
}

func timeOrNil(at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return at.UTC().Format(time.RFC3339Nano)
}
