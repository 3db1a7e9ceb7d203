package graphstore

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// SaveRecommendations replaces what is recommended, in order.
func (s *Store) SaveRecommendations(ctx context.Context, recommendations []model.Recommendation) error {
	rows := make([]map[string]any, len(recommendations))
	for n := range recommendations {
		properties, err := recommendationProperties(n, &recommendations[n])
		if err != nil {
			return fmt.Errorf("storing recommendation %s: %w", recommendations[n].ID, err)
		}
		rows[n] = map[string]any{"id": recommendations[n].ID, "properties": properties}
	}
	err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
		return tx.Exec(ctx, recommendationsReplace, neo4j.Params{"rows": rows})
	})
	if err != nil {
		return fmt.Errorf("storing %d recommendations: %w", len(recommendations), err)
	}
	return nil
}

func recommendationProperties(rank int, r *model.Recommendation) (map[string]any, error) {
	applyTools, applyTexts := patchColumns(r.Apply)
	undoTools, undoTexts := patchColumns(r.Undo)
	shifts, err := shiftTexts(r.Shifts)
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"id": r.ID, "rank": int64(rank), "current": true, "kind": r.Kind, "subject": r.Subject, "title": r.Title,
		"monthly": r.Monthly.Decimal(), "low": r.Low.Decimal(), "high": r.High.Decimal(),
		"saving": r.Saving.Decimal(), "before": r.Before.Decimal(), "after": r.After.Decimal(), "currency": r.Currency,
		"from": int64(r.From), "to": int64(r.To), "made": int64(r.Made), "minutes": int64(r.Minutes), "bytes": int64(r.Bytes), "breakEvenBytes": int64(r.BreakEvenBytes),
		"entities": texts(r.Entities), "why": texts(r.Why), "assumptions": texts(r.Assumptions), "warnings": texts(r.Warnings), "check": r.Check,
		"applyTools": applyTools, "applyTexts": applyTexts, "undoTools": undoTools, "undoTexts": undoTexts,
		"shifts": shifts, "restShifts": int64(r.Rest.Shifts), "restBytesBefore": int64(r.Rest.BytesBefore), "restBytesAfter": int64(r.Rest.BytesAfter),
		"restBefore": r.Rest.Before.Decimal(), "restAfter": r.Rest.After.Decimal(),
	}, nil
}

func patchColumns(patches []model.Patch) (tools, texts []string) {
	tools, texts = []string{}, []string{}
	for _, patch := range patches {
		tools, texts = append(tools, patch.Tool), append(texts, patch.Text)
	}
	return tools, texts
}

// Recommendation is one by id, with its shifts, whether it is still made or not; false
// where there never was one.
func (s *Store) Recommendation(ctx context.Context, id string) (model.Recommendation, bool, error) {
	found, err := s.recommendations(ctx, recommendationRead, neo4j.Params{"id": id})
	if err != nil || len(found) == 0 {
		return model.Recommendation{}, false, err
	}
	return found[0], true, nil
}

// Recommendations are those that are made now, the most saving first, without their
// shifts.
func (s *Store) Recommendations(ctx context.Context) ([]model.Recommendation, error) {
	return s.recommendations(ctx, recommendationsRead, nil)
}

// Made are the recommendations that were made at a minute or since, whether they
// still are or not.
func (s *Store) Made(ctx context.Context, since model.Minute) ([]model.Recommendation, error) {
	return s.recommendations(ctx, recommendationsMade, neo4j.Params{"since": int64(since)})
}

func (s *Store) recommendations(ctx context.Context, read string, params neo4j.Params) ([]model.Recommendation, error) {
	var found []model.Recommendation
	err := s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		found = nil
		return tx.Each(ctx, read, params, func(row neo4j.Row) error {
			var values any
			if err := row.Scan(&values); err != nil {
				return err
			}
			r, err := recommendationOf(bagOf(values))
			found = append(found, r)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("reading recommendations: %w", err)
	}
	return found, nil
}

func recommendationOf(p *properties) (model.Recommendation, error) {
	r := model.Recommendation{
		ID: p.text("id"), Kind: p.text("kind"), Subject: p.text("subject"), Title: p.text("title"),
		Monthly: p.amount("monthly"), Low: p.amount("low"), High: p.amount("high"),
		Saving: p.amount("saving"), Before: p.amount("before"), After: p.amount("after"), Currency: p.text("currency"),
		From: p.minute("from"), To: p.minute("to"), Made: p.minute("made"), Minutes: p.uint64("minutes"), Bytes: p.uint64("bytes"), BreakEvenBytes: p.uint64("breakEvenBytes"),
		Entities: p.texts("entities"), Why: p.texts("why"), Assumptions: p.texts("assumptions"), Warnings: p.texts("warnings"), Check: p.text("check"),
	}
	r.Apply = patchesOf(p.texts("applyTools"), p.texts("applyTexts"))
	r.Undo = patchesOf(p.texts("undoTools"), p.texts("undoTexts"))
	// One that was stored before shifts were has none of these.
	if p.has("restShifts") {
		r.Rest = model.ShiftSum{
			Shifts: int(p.int64("restShifts")), BytesBefore: p.uint64("restBytesBefore"), BytesAfter: p.uint64("restBytesAfter"),
			Before: p.amount("restBefore"), After: p.amount("restAfter"),
		}
		r.Shifts = p.shifts("shifts")
	}
	r.Withdrawn = !p.flag("current")
	return r, p.err
}

// shiftTexts are shifts as JSON, one text each: Neo4j's lists hold no maps.
func shiftTexts(shifts []model.Shift) ([]string, error) {
	texts := make([]string, len(shifts))
	for i := range shifts {
		text, err := json.Marshal(&shifts[i])
		if err != nil {
			return nil, err
		}
		texts[i] = string(text)
	}
	return texts, nil
}

func (p *properties) shifts(name string) []model.Shift {
	var shifts []model.Shift
	for _, text := range p.texts(name) {
		var shift model.Shift
		if err := json.Unmarshal([]byte(text), &shift); err != nil {
			if p.err == nil {
				p.err = fmt.Errorf("property %s: %w", name, err)
			}
			return nil
		}
		shifts = append(shifts, shift)
	}
	return shifts
}

func patchesOf(tools, texts []string) []model.Patch {
	patches := make([]model.Patch, min(len(tools), len(texts)))
	for i := range patches {
		patches[i] = model.Patch{Tool: tools[i], Text: texts[i]}
	}
	return patches
}
