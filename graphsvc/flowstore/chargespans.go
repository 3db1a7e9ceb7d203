package flowstore

import (
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// mostParts bounds how many queries read what the spans of a window leave.
const mostParts = 16

// cover takes spans into account, in order of their begins, that lie within the
// parts of a window that are left.
func cover(spans []ChargeSpan, rest []Window, found []ChargeSpan) ([]ChargeSpan, []Window) {
	var left []Window
	for _, part := range rest {
		for _, span := range found {
			if span.From < part.From || span.to() > part.To {
				continue
			}
			if part.From < span.From {
				left = append(left, Window{From: part.From, To: span.From})
			}
			spans, part.From = append(spans, span), span.to()
		}
		if part.From < part.To {
			left = append(left, Window{From: part.From, To: part.To})
		}
	}
	return spans, left
}

// few joins parts that are near each other until there are not too many, and gives
// up the spans between them.
func few(spans []ChargeSpan, rest []Window) ([]ChargeSpan, []Window) {
	for len(rest) > mostParts {
		nearest := 1
		for i := 2; i < len(rest); i++ {
			if gap(rest, i) < gap(rest, nearest) {
				nearest = i
			}
		}
		joined := Window{From: rest[nearest-1].From, To: rest[nearest].To}
		rest = slices.Replace(rest, nearest-1, nearest+1, joined)
		spans = slices.DeleteFunc(spans, func(span ChargeSpan) bool { return span.From >= joined.From && span.to() <= joined.To })
	}
	return spans, rest
}

func gap(rest []Window, i int) model.Minute { return rest[i].From - rest[i-1].To }
