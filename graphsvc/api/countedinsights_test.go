package api_test

import (
	"context"
	"slices"
	"sync"

	"github.com/egressor/egressor/internal/model"
)

// countedInsights are many, and count how often they are asked for.
type countedInsights struct {
	mu              sync.Mutex
	asked           map[string]int
	incidents       []model.Incident
	recommendations []model.Recommendation
}

func (c *countedInsights) count(method string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.asked == nil {
		c.asked = map[string]int{}
	}
	c.asked[method]++
}

func (c *countedInsights) Counts() map[string]int { return c.asked }

func (c *countedInsights) Incidents(_ context.Context, behind model.IncidentPlace, limit int) ([]model.Incident, error) {
	c.count("Incidents")
	var found []model.Incident
	for _, i := range c.incidents {
		if len(found) < limit && (behind.ID == "" || i.Since < behind.Since) {
			found = append(found, i)
		}
	}
	return found, nil
}

func (c *countedInsights) Incident(_ context.Context, id string) (model.Incident, bool, error) {
	c.count("Incident")
	for _, i := range c.incidents {
		if i.ID == id {
			return i, true, nil
		}
	}
	return model.Incident{}, false, nil
}

func (c *countedInsights) Recommendations(context.Context) ([]model.Recommendation, error) {
	c.count("Recommendations")
	return append([]model.Recommendation{}, c.recommendations...), nil
}

func (c *countedInsights) Recommendation(ctx context.Context, id string) (model.Recommendation, bool, error) {
	all, err := c.Recommendations(ctx)
	at := slices.IndexFunc(all, func(r model.Recommendation) bool { return r.ID == id })
	if at < 0 {
		return model.Recommendation{}, false, err
	}
	return all[at], true, err
}

func (c *countedInsights) Verdicts(context.Context) ([]model.Verdict, error) {
	c.count("Verdicts")
	return nil, nil
}

func (c *countedInsights) InvestigationsOf(context.Context, string) ([]string, error) {
	c.count("InvestigationsOf")
	return nil, nil
}
