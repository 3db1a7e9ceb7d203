package insight

import (
	"context"
	"slices"
	"strings"

	"github.com/egressor/egressor/costsvc/whatif"
	"github.com/egressor/egressor/internal/model"
)

const (
	// judgeDays is for how many days after a change its effect is measured on.
	judgeDays = 30
	// settleMinutes are left out after a change: old connections end, caches fill.
	settleMinutes = 2
	// leastMinutes is how many minutes a verdict takes.
	leastMinutes = 5
)

// judge measures the recommendations that facts say were followed, and returns
// which those are. facts are those of the newest minute.
func (a *adviser) judge(ctx context.Context, version model.GraphVersion, facts []model.Fact) ([]model.Verdict, map[string]bool, error) {
	since := version.To - model.Minute(a.settings.LookBack+judgeDays)*minutesPerDay
	made, err := a.d.Graph.Made(ctx, since)
	if err != nil {
		return nil, nil, err
	}
	applied := map[string]bool{}
	var verdicts []model.Verdict
	services := whatif.ServicesIn(facts)
	for i := range made {
		found, ok := whatif.AppliedAt(whatif.Kind(made[i].Kind), made[i].Subject, made[i].Made.Start(), facts, services)
		if !ok {
			continue
		}
		applied[made[i].ID] = true
		if found.At.Before(version.To.Start().AddDate(0, 0, -judgeDays)) {
			continue // what was measured last stands
		}
		verdict, err := a.verdict(ctx, version, &made[i], found)
		if err != nil {
			return nil, nil, err
		}
		verdicts = append(verdicts, verdict)
	}
	return verdicts, applied, nil
}

// verdict compares the days before a change with the time since. The proposal is
// made again from the days before, so that a restart forgets nothing.
func (a *adviser) verdict(ctx context.Context, version model.GraphVersion, made *model.Recommendation, found whatif.Application) (model.Verdict, error) {
	at := model.MinuteOf(found.At)
	v := model.Verdict{
		Recommendation: made.ID, Kind: made.Kind, Subject: made.Subject, Title: made.Title, Applied: found.At, Evidence: found.Evidence,
		State: model.VerdictMeasuring, Currency: version.Currency, From: at + settleMinutes, To: version.To, Entities: made.Entities,
	}
	v.Summary = "followed; there is too little to measure yet"
	if v.To < v.From+leastMinutes {
		v.From = min(v.From, v.To)
		return v, nil
	}
	after, _, err := a.topology(ctx, window{v.From, v.To}, version.Number)
	if err != nil || minutesOf(&after) < leastMinutes {
		return v, err
	}
	v.Minutes = minutesOf(&after)
	before, _, err := a.topology(ctx, window{a.judgedFrom(made, at), at}, version.Number)
	if err != nil {
		return v, err
	}
	before.Book = after.Book // a change of price in between is no saving
	proposals := whatif.Propose(&before)
	n := slices.IndexFunc(proposals, func(p whatif.Proposal) bool { return p.ID() == made.ID })
	if n < 0 {
		v.Summary = "followed, but what moved before the change is not kept any more: there is nothing to compare with"
		return v, nil
	}
	recommendation, err := whatif.Recommend(&before, proposals[n])
	if err != nil {
		return v, err
	}
	judged, err := whatif.Judge(&recommendation, &before, &after)
	if err != nil {
		return v, err
	}
	v.State, v.Predicted, v.Realised, v.Reasons = string(judged.State), judged.MonthlyPredicted, judged.MonthlyRealised, judged.Reasons
	v.Summary = summaryOf(&v)
	return v, nil
}

// judgedFrom is where the time before a change begins that it is compared with:
// when what the recommendation wants to end was seen first, at most as long ago
// as savings are looked for. What went another way before that was no cost.
func (a *adviser) judgedFrom(made *model.Recommendation, at model.Minute) model.Minute {
	const least = 10
	return max(at-model.Minute(a.settings.LookBack)*minutesPerDay, min(made.Made, at-least))
}

func minutesOf(t *whatif.Topology) (sum uint64) {
	for i := range t.Days {
		sum += t.Days[i].Minutes
	}
	return sum
}

// summaryOf is a verdict in a sentence.
func summaryOf(v *model.Verdict) string {
	amounts := shown(v.Realised, v.Currency) + " of " + shown(v.Predicted, v.Currency) + " a month"
	why := ""
	if len(v.Reasons) > 0 {
		why = "; " + strings.Join(v.Reasons, "; ")
	}
	switch whatif.State(v.State) {
	case whatif.Effective, whatif.PartlyEffective:
		return "realised " + amounts + why
	case whatif.NotEffective:
		return "not effective: realised " + amounts + why
	case whatif.NoTraffic:
		return "nothing moved since that it could have saved on"
	default:
		return v.State
	}
}
