package api

import (
	"strings"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/internal/model"
)

func verdictsOf(verdicts []model.Verdict) []*gqlmodel.Verdict {
	converted := make([]*gqlmodel.Verdict, len(verdicts))
	for i := range verdicts {
		v := &verdicts[i]
		converted[i] = &gqlmodel.Verdict{
			Recommendation: v.Recommendation, Kind: v.Kind, Subject: v.Subject, Title: v.Title, Applied: v.Applied, Evidence: v.Evidence,
			State:   gqlmodel.VerdictState(strings.ToUpper(strings.ReplaceAll(v.State, "-", "_"))),
			Summary: v.Summary, Predicted: moneyOf(v.Predicted, v.Currency), Realised: moneyOf(v.Realised, v.Currency),
			From: v.From.Start(), To: v.To.Start(), Minutes: int(v.Minutes), Reasons: listed(v.Reasons), Entities: listed(v.Entities),
		}
	}
	return converted
}
