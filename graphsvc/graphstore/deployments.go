package graphstore

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// deployments writes revision facts, which a minute's transfers name, as Deployment
// nodes of their workloads.
func (w *writer) deployments(ctx context.Context, minute model.Minute, revisions []model.Fact) error {
	for chunk := range slices.Chunk(revisions, chunkRows) {
		rows := make([]map[string]any, len(chunk))
		for i := range chunk {
			row, err := deploymentRow(&chunk[i])
			if err != nil {
				return err
			}
			rows[i] = row
		}
		if err := w.tx.Exec(ctx, deploymentsMerge, neo4j.Params{"deployments": rows, "number": w.number, "minute": int64(minute)}); err != nil {
			return err
		}
	}
	return nil
}

func deploymentRow(fact *model.Fact) (map[string]any, error) {
	r := fact.Revision
	if r == nil {
		return nil, fmt.Errorf("fact %s %s is no revision", fact.Kind, fact.Key)
	}
	workload := r.Workload.In(r.Cluster)
	images := r.Images
	if images == nil {
		images = []string{}
	}
	properties := map[string]any{
		"id": fact.Key, "workload": workload.ID(), "hash": r.Hash, "number": r.Number, "images": images,
		"changedBy": r.ChangedBy, "cause": r.Cause, "gitCommit": r.GitCommit, "team": r.Team, "source": fact.Source,
	}
	for name, at := range map[string]time.Time{
		"rolledOutAt": r.RolledOut, "from": fact.Period.From, "to": fact.Period.To, "recordedAt": fact.Recorded,
	} {
		if !at.IsZero() {
			properties[name] = at.UTC()
		}
	}
	return map[string]any{
		"workload": workload.ID(), "cluster": workload.Cluster, "namespace": workload.Namespace,
		"type": workload.Type, "name": workload.Name, "properties": properties,
	}, nil
}

// Deployment is one rollout revision by its id; ok is false where there is none.
func (s *Store) Deployment(ctx context.Context, id string) (revision model.Fact, ok bool, err error) {
	err = s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		ok = false
		return tx.Each(ctx, deploymentByID, neo4j.Params{"id": id}, func(row neo4j.Row) error {
			ok = true
			revision, err = scanDeployment(row)
			return err
		})
	})
	if err != nil {
		return model.Fact{}, false, fmt.Errorf("reading the deployment %s: %w", id, err)
	}
	return revision, ok, nil
}

// Deployments are a workload's rollout revisions, newest first. The workload
// is named by its node id.
func (s *Store) Deployments(ctx context.Context, workload string) ([]model.Fact, error) {
	facts, err := s.revisions(ctx, deploymentsOf, neo4j.Params{"workload": workload})
	if err != nil {
		return nil, fmt.Errorf("reading the deployments of %s: %w", workload, err)
	}
	return facts, nil
}

// Rollouts are the revisions of all workloads that were rolled out in a time, half
// open, newest first: at most limit of them.
func (s *Store) Rollouts(ctx context.Context, from, to time.Time, limit int) ([]model.Fact, error) {
	facts, err := s.revisions(ctx, rolloutsRead, neo4j.Params{"from": from.UTC(), "to": to.UTC(), "limit": int64(limit)})
	if err != nil {
		return nil, fmt.Errorf("reading the rollouts from %s to %s: %w", from, to, err)
	}
	return facts, nil
}

func (s *Store) revisions(ctx context.Context, statement string, params neo4j.Params) ([]model.Fact, error) {
	var facts []model.Fact
	err := s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		facts = nil
		return tx.Each(ctx, statement, params, func(row neo4j.Row) error {
			fact, err := scanDeployment(row)
			facts = append(facts, fact)
			return err
		})
	})
	return facts, err
}

func scanDeployment(row neo4j.Row) (model.Fact, error) {
	var r model.RevisionFact
	var values any
	if err := row.Scan(&r.Cluster, &r.Workload.Namespace, &r.Workload.Kind, &r.Workload.Name, &values); err != nil {
		return model.Fact{}, err
	}
	bag := bagOf(values)
	r.Hash, r.Number, r.Images = bag.text("hash"), bag.int64("number"), bag.texts("images")
	r.RolledOut, r.ChangedBy, r.Cause = bag.time("rolledOutAt"), bag.text("changedBy"), bag.text("cause")
	r.GitCommit, r.Team = bag.text("gitCommit"), bag.text("team")
	fact := model.Fact{
		Kind: model.FactRevision, Key: bag.text("id"), Source: bag.text("source"), Recorded: bag.time("recordedAt"),
		Period: model.Period{From: bag.time("from"), To: bag.time("to")}, Revision: &r,
	}
	return fact, bag.err
}
