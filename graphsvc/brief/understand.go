package brief

import (
	"cmp"
	"slices"
	"strings"

	"github.com/egressor/egressor/internal/model"
)

// Ask is what a question was understood as.
type Ask struct {
	// Savings is true where it is about what to change, false where about what happened.
	Savings bool
	// words of the question, lower case, for names in it.
	words []string
}

// savingWords make a question one about savings.
var savingWords = []string{"save", "saving", "savings", "cut", "reduce", "cheaper", "unnecessary", "recommend", "recommendation", "optimise", "optimize", "waste"}

// Understand reads a question by its words.
func Understand(question string) Ask {
	words := strings.FieldsFunc(strings.ToLower(question), func(r rune) bool { return !isNameRune(r) })
	ask := Ask{words: words}
	for _, word := range words {
		ask.Savings = ask.Savings || slices.Contains(savingWords, word)
	}
	return ask
}

func isNameRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '/' || r == '.'
}

// String says what it was understood as.
func (a Ask) String() string {
	if a.Savings {
		return "what would save money"
	}
	return "what happened and why"
}

// names reports whether a word of the question is the last part of a node's id.
func (a Ask) names(id string) bool {
	parts := strings.Split(strings.ToLower(id), "/")
	last := parts[len(parts)-1]
	return slices.Contains(a.words, last) || slices.Contains(a.words, strings.ToLower(id))
}

// Incidents are those that the question names, or all; those that last first,
// then the severest.
func (a Ask) Incidents(all []model.Incident) []model.Incident {
	named := slices.DeleteFunc(slices.Clone(all), func(i model.Incident) bool {
		return !slices.ContainsFunc(i.Anomalies, func(n model.Anomaly) bool { return a.names(n.Source) || a.names(n.Destination) })
	})
	if len(named) == 0 {
		named = slices.Clone(all)
	}
	slices.SortStableFunc(named, func(x, y model.Incident) int {
		if lasts, other := x.Until == 0, y.Until == 0; lasts != other {
			if lasts {
				return -1
			}
			return 1
		}
		return cmp.Or(y.ImpactPerDay.Cmp(x.ImpactPerDay), cmp.Compare(x.ID, y.ID))
	})
	const most = 5
	return named[:min(most, len(named))]
}

// Recommendations are those that the question names, or all, in their order.
func (a Ask) Recommendations(all []model.Recommendation) []model.Recommendation {
	named := slices.DeleteFunc(slices.Clone(all), func(r model.Recommendation) bool { return !slices.ContainsFunc(r.Entities, a.names) })
	if len(named) == 0 {
		return all
	}
	return named
}
