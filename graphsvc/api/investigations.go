package api

import (
	"context"
	"time"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
	"github.com/egressor/egressor/graphsvc/query"
)

// progressEvery is how often an investigation that another service runs is looked at.
const progressEvery = time.Second

func (r *Resolver) startInvestigation(ctx context.Context, question string, incident, key *string) (*gqlmodel.Investigation, error) {
	if err := r.runs.full(); err != nil {
		return nil, err
	}
	found, started, err := r.explorer.StartInvestigation(ctx, question, orDefault(incident, ""), orDefault(key, ""))
	if err != nil {
		return nil, err
	}
	if started {
		r.runs.begin(ctx, found)
	}
	return r.investigationOf(&found), nil
}

func (r *Resolver) investigationPage(ctx context.Context, first *int, after *string) (*gqlmodel.InvestigationConnection, error) {
	var behind query.InvestigationPlace
	if after != nil {
		var micros int64
		if err := decodeCursor(*after, investigationCursor, &micros, &behind.ID); err != nil {
			return nil, err
		}
		behind.At = time.UnixMicro(micros).UTC()
	}
	limit, err := pageSize(orDefault(first, defaultInvestigations), query.MaxInvestigations)
	if err != nil {
		return nil, err
	}
	found, err := r.explorer.Investigations(ctx, behind, limit+1)
	if err != nil {
		return nil, err
	}
	more := len(found) > limit
	found = found[:min(limit, len(found))]
	page := &gqlmodel.InvestigationConnection{
		Edges: make([]*gqlmodel.InvestigationEdge, len(found)), PageInfo: &gqlmodel.PageInfo{HasNextPage: more, HasPreviousPage: after != nil},
	}
	for i := range found {
		page.Edges[i] = &gqlmodel.InvestigationEdge{Cursor: encodeCursor(investigationCursor, found[i].StartedAt.UnixMicro(), found[i].ID), Node: r.investigationOf(&found[i])}
	}
	if len(page.Edges) > 0 {
		page.PageInfo.StartCursor, page.PageInfo.EndCursor = &page.Edges[0].Cursor, &page.Edges[len(page.Edges)-1].Cursor
		page.Behind = query.InvestigationPlace{At: found[len(found)-1].StartedAt, ID: found[len(found)-1].ID}
	}
	return page, nil
}

const defaultInvestigations = 20

// investigationOf shows an investigation, as far as it has come where it runs here.
func (r *Resolver) investigationOf(i *query.Investigation) *gqlmodel.Investigation {
	answer := i.Answer
	if answer == nil {
		if one := r.runs.find(i.ID); one != nil {
			so := one.now()
			answer = &so
		}
	}
	converted := &gqlmodel.Investigation{
		ID: i.ID, Question: i.Question, Incident: textOrNull(i.Incident), Occasion: occasionOf(i), State: gqlmodel.InvestigationStateRunning, By: i.By, StartedAt: i.StartedAt,
		Steps: []string{}, Unproven: []string{}, Evidence: []*gqlmodel.InvestigationStep{},
	}
	converted.Markdown = investigationText(i, answer)
	if answer == nil {
		return converted
	}
	converted.Engine, converted.Answer, converted.Failure = answer.Engine, answer.Text, answer.Failure
	converted.Steps, converted.Unproven = listed(answer.Steps), listed(answer.Unproven)
	converted.InputTokens, converted.OutputTokens, converted.CostUsd = int(answer.InputTokens), int(answer.OutputTokens), textOrNull(answer.CostUSD)
	for _, step := range answer.Evidence {
		converted.Evidence = append(converted.Evidence, &gqlmodel.InvestigationStep{Tool: step.Tool, Input: step.Input, Result: step.Result, Error: step.Error})
	}
	if answer.Version != 0 {
		converted.Version = ptr(scalar.Version(answer.Version))
	}
	if i.Answer != nil {
		converted.EndedAt, converted.State = &answer.At, gqlmodel.InvestigationStateDone
		if answer.Failure != "" {
			converted.State = gqlmodel.InvestigationStateFailed
		}
	}
	return converted
}

// progress streams an investigation until it has ended.
func (r *Resolver) progress(ctx context.Context, id string) (<-chan *gqlmodel.Investigation, error) {
	if found, err := r.explorer.Investigation(ctx, id); err != nil || found == nil {
		return nil, orUnknown(err, "there is no investigation "+id, "the field investigations lists them")
	}
	out := make(chan *gqlmodel.Investigation)
	go func() {
		defer close(out)
		for {
			changed := r.runs.changed(id)
			found, err := r.explorer.Investigation(ctx, id)
			if err != nil || found == nil {
				return
			}
			select {
			case out <- r.investigationOf(found):
			case <-ctx.Done():
				return
			}
			if found.Answer != nil {
				return
			}
			select {
			case <-changed:
			case <-time.After(progressEvery):
			case <-ctx.Done():
				return
			}
		}
	}()
	return out, nil
}

// changed tells of the next change of a run that goes on here; nil where none does.
func (r *runs) changed(id string) <-chan struct{} {
	one := r.find(id)
	if one == nil {
		return nil
	}
	_, changed := one.look()
	return changed
}

func orUnknown(err error, message, hint string) error {
	if err != nil {
		return err
	}
	return &query.Error{Code: query.CodeUnknownID, Message: message, Hint: hint}
}
