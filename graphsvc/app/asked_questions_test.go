package app

import (
	"fmt"

	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/internal/incidentgen"
	"github.com/egressor/egressor/internal/money"
)

// askedSeeds are clusters of fifty to sixty workloads in which each kind is told.
var askedSeeds = []uint64{66, 73, 45}

func whole(bytes uint64) string { return fmt.Sprint(bytes) }

func exactly(amount money.Amount) string { return plain(rational(amount)) }

// questionsOf are those for a graph. What they name is what the graph has.
func questionsOf(g *askedGraph) []oncallQuestion {
	questions := append(questionsOfCost(g.truth), questionsOfChange(g.truth)...)
	questions = append(questions, questionsOfWays(g.truth)...)
	return append(questions, questionsOfCauses(g)...)
}

func questionsOfCost(t *truth) []oncallQuestion {
	top, topSum := t.costliest()
	big, bigSum := t.largest()
	key := t.keys[top]
	all := t.total()
	source := key.Source.ID()
	const first = "transfers.edges[0].node."
	return []oncallQuestion{
		{"What did the last hour cost?", false, func(a *asking) {
			a.call("overview", nil)
			a.figure("graph.total.cost", exactly(all.cost))
		}},
		{"How many bytes moved in the last hour?", false, func(a *asking) {
			a.call("overview", nil)
			a.figure("graph.total.bytes", whole(all.bytes))
		}},
		{"How many different transfers are there?", false, func(a *asking) {
			a.call("top_transfers", map[string]any{"first": 1})
			a.figure("transfers.totalCount", fmt.Sprint(len(t.transfers())))
		}},
		{"Which transfer costs the most?", false, func(a *asking) {
			a.call("top_transfers", map[string]any{"first": 3})
			a.figure(first+"cost", exactly(topSum.cost))
			a.says(top.String(), key.Source.Name)
		}},
		{"Which transfer moves the most bytes?", false, func(a *asking) {
			a.call("top_transfers", map[string]any{"first": 3, "orderBy": "BYTES"})
			a.figure(first+"bytes", whole(bigSum.bytes))
			a.says(big.String())
		}},
		{"What is the share of the costliest transfer in everything?", false, func(a *asking) {
			a.call("top_transfers", map[string]any{"first": 1})
			expression := a.ref(first+"cost") + " / " + a.ref("transfers.total.cost")
			a.call("calculate", map[string]any{"expression": expression, "as": "percent"})
			a.figure("figure", ratio(topSum.cost, all.cost))
		}},
		{"What would the costliest transfer cost in a month at this rate?", false, func(a *asking) {
			a.call("top_transfers", map[string]any{"first": 1})
			expression := a.ref(first+"cost") + " / " + a.ref("transfers.window.length") + " * month"
			a.call("calculate", map[string]any{"expression": expression})
			a.figure("figure", scaled(topSum.cost, 30*24))
		}},
		{"What does a minute cost on average?", false, func(a *asking) {
			a.call("overview", nil)
			expression := a.ref("graph.total.cost") + " / " + a.ref("graph.window.length") + " * minute"
			a.call("calculate", map[string]any{"expression": expression})
			a.figure("figure", divided(all.cost, 60))
		}},
		{"What does " + key.Source.Name + " cost, all its transfers together?", false, func(a *asking) {
			a.call("search", map[string]any{"text": key.Source.Name})
			a.says(source)
			a.call("top_transfers", map[string]any{"entity": source, "first": 3})
			a.figure("transfers.total.cost", exactly(t.end(source).cost))
		}},
		{"What is the full name of " + key.Source.Name + "?", false, func(a *asking) {
			a.call("search", map[string]any{"text": key.Source.Name})
			a.says(source)
		}},
		{"What does the workload no-such-thing cost?", true, func(a *asking) {
			a.call("search", map[string]any{"text": "no-such-thing"})
			a.figure("search.totalCount", "0")
		}},
		{"Why does transfer t00000000000000aa cost so much?", true, func(a *asking) {
			a.call("explain_cost", map[string]any{"id": "t00000000000000aa"})
			a.says(`{"transfer":null}`)
		}},
		{"By which rules is the costliest transfer priced, and do they add up?", false, func(a *asking) {
			a.call("explain_cost", map[string]any{"id": top.String()})
			a.figure("transfer.transfer.cost", exactly(topSum.cost))
			a.says(`"#c`, "rule")
		}},
		{"Whom does the cloud bill, and for how much in all?", false, func(a *asking) {
			a.call("cost_statement", map[string]any{"by": "WORKLOAD", "first": 5})
			a.figure("statement.total.amount", exactly(all.cost))
		}},
		{"What does each way of moving bytes cost?", false, func(a *asking) {
			a.call("cost_statement", map[string]any{"by": "PATH"})
			a.figure("statement.total.amount", exactly(all.cost))
			a.says("nat")
		}},
		{"Is anything without a price?", true, func(a *asking) {
			a.call("cost_statement", map[string]any{"by": "CHARGE_CODE"})
			a.figure("statement.total.unpricedBytes", "0")
		}},
		{"How much has an unknown end?", true, func(a *asking) {
			a.call("overview", nil)
			a.figure("meta.version.unknownBytes", "0")
		}},
		{"Which zones cost money between them?", false, func(a *asking) {
			a.call("cost_statement", map[string]any{"by": "ZONE_PAIR"})
			a.figure("statement.total.amount", exactly(all.cost))
			a.says("use1-az1")
		}},
		{"What is paid by the hour for gateways?", true, func(a *asking) {
			a.call("cost_statement", map[string]any{"by": "CHARGE_CODE"})
			a.figure("statement.total.standing", "0")
		}},
	}
}

func questionsOfChange(t *truth) []oncallQuestion {
	appeared, gone := t.appeared()
	return []oncallQuestion{
		{"By how much did the cost change in the second half of the hour?", false, func(a *asking) {
			a.call("explain_change", a.halves())
			a.figure("diff.total.costChange", exactly(t.change()))
		}},
		{"What is new in the second half of the hour?", appeared == 0, func(a *asking) {
			a.call("explain_change", a.halves())
			a.figure("diff.appeared.rows", fmt.Sprint(appeared))
		}},
		{"What has stopped in the second half of the hour?", gone == 0, func(a *asking) {
			a.call("explain_change", a.halves())
			a.figure("diff.disappeared.rows", fmt.Sprint(gone))
		}},
		{"Which namespace changed most?", false, func(a *asking) {
			input := a.halves()
			input["groupBy"] = "SOURCE_NAMESPACE"
			a.call("explain_change", input)
			a.figure("diff.total.costChange", exactly(t.change()))
			a.says("team-")
		}},
		{"Did the way of the bytes change?", false, func(a *asking) {
			input := a.halves()
			input["groupBy"] = "PATH"
			a.call("explain_change", input)
			a.figure("diff.total.costChange", exactly(t.change()))
		}},
		{"Are minutes missing in either half?", true, func(a *asking) {
			a.call("explain_change", a.halves())
			a.figure("diff.before.window.foldedMinutes", fmt.Sprint(askedMinutes*60))
			a.figure("diff.after.window.foldedMinutes", fmt.Sprint(askedMinutes*60))
		}},
		{"How did the total cost go through the hour?", false, func(a *asking) {
			a.call("series", nil)
			a.says("columns", "minute")
		}},
	}
}

func questionsOfWays(t *truth) []oncallQuestion {
	top, topSum := t.costliest()
	key := t.keys[top]
	source, destination := key.Source.ID(), key.Destination.ID()
	const s3 = "e/s3/us-east-1/s3"
	return []oncallQuestion{
		{"How do bytes get from " + key.Source.Name + " to " + key.Destination.Name + ", and how many?", false, func(a *asking) {
			a.call("find_paths", map[string]any{"source": source, "destination": destination})
			a.figure("paths.paths[0].bytes", whole(t.between(source, destination).bytes))
		}},
		{"Which transfers touch S3, and what do they cost together?", false, func(a *asking) {
			a.call("top_transfers", map[string]any{"entity": s3, "first": 5})
			a.figure("transfers.total.cost", exactly(t.end(s3).cost))
		}},
		{"Who is hit when S3 is gone?", false, func(a *asking) {
			a.call("depends_on", map[string]any{"node": s3})
			a.says(s3, "w/bench/")
		}},
		{"Since when does the costliest transfer move bytes?", false, func(a *asking) {
			a.call("series", map[string]any{"filter": "transfer=" + top.String()})
			a.figure("transfers.total.bytes", whole(topSum.bytes))
			a.says(key.Source.Name)
		}},
		{"Show me the rows behind the costliest transfer.", true, func(a *asking) {
			a.call("evidence", map[string]any{"id": top.String()})
			a.figure("transfer.transfer.bytes", whole(topSum.bytes))
			if len(a.wrong) == 0 && containsFlows(a.result) {
				a.wrong = append(a.wrong, "no agent reported these minutes, and there are rows")
			}
		}},
		{"Which ways carry how many bytes, by the graph itself?", false, func(a *asking) {
			a.call("query", map[string]any{"statement": "MATCH ()-[t:TRANSFERS]->() RETURN t.pathKind AS path, sum(t.totalBytes) AS bytes ORDER BY bytes DESC"})
			a.says("nat", "#f")
		}},
		{"Delete what is not needed any more.", true, func(a *asking) {
			a.call("query", map[string]any{"statement": "MATCH (n) DETACH DELETE n"})
			if len(a.wrong) == 1 {
				a.wrong = nil // refused, as it must be
			} else {
				a.wrong = append(a.wrong, "a statement that deletes was run")
			}
		}},
	}
}

func questionsOfCauses(g *askedGraph) []oncallQuestion {
	questions := []oncallQuestion{
		{"Which incidents are open?", len(g.story.Raised) == 0, func(a *asking) {
			a.call("incidents", nil)
			for i := range g.story.Raised {
				a.says(g.story.Raised[i].ID)
			}
			if len(g.story.Raised) == 0 {
				a.says(`{}`)
			}
		}},
		{"What would save the most?", true, func(a *asking) {
			a.call("savings", nil)
			a.says(`{}`) // an hour is too short to say
		}},
		{"What if I made the first saving?", true, func(a *asking) {
			a.call("explain_saving", map[string]any{"id": "r-none"})
			a.says(`{"recommendation":null}`)
		}},
	}
	if len(g.story.Raised) == 0 {
		return append(questions, oncallQuestion{"Why did the cost jump?", true, func(a *asking) {
			a.call("incidents", nil)
			a.says(`{}`)
			a.call("explain_change", a.halves())
			a.figure("diff.total.costChange", exactly(g.truth.change()))
		}})
	}
	return append(questions, whyQuestions(g)...)
}

func whyQuestions(g *askedGraph) []oncallQuestion {
	raised, finding := &g.story.Raised[0], &g.story.Findings[0]
	unknown := len(finding.Causes) == 0
	return []oncallQuestion{
		{"Why did the cost jump?", unknown, func(a *asking) {
			a.call("incidents", nil)
			a.call("explain_incident", map[string]any{"id": raised.ID})
			if unknown {
				a.says("not found")
				return
			}
			a.says(string(finding.Causes[0].Kind), `"#c`)
		}},
		{"Who did it?", unknown, func(a *asking) {
			a.call("explain_incident", map[string]any{"id": raised.ID})
			if g.story.Injected.Kind == incidentgen.Rollout {
				a.says(string(diagnosis.CauseRollout), g.story.Injected.Subject.Name)
			}
		}},
		{"What does the incident cost a day?", false, func(a *asking) {
			a.call("explain_incident", map[string]any{"id": raised.ID})
			a.figure("incident.impactPerDay", exactly(raised.ImpactPerDay))
		}},
		{"Was it more bytes, another way, or another price?", false, func(a *asking) {
			a.call("explain_incident", map[string]any{"id": raised.ID})
			a.figure("incident.parts.volume", exactly(finding.Split.Volume))
			a.figure("incident.parts.price", exactly(finding.Split.Price))
		}},
	}
}
