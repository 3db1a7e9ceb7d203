package model

import "github.com/egressor/egressor/internal/money"

// PricedEdge is what one edge carried in one minute and what that costs.
type PricedEdge struct {
	EdgeMinute
	// Cost is the exact sum of the edge's charge lines.
	Cost money.Amount
}
