package bill

import (
	"strings"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// Counted is what Egressor counted and priced, by the bill's keys.
type Counted struct{ sums map[Key]Sum }

// NewCounted returns an empty count.
func NewCounted() *Counted { return &Counted{make(map[Key]Sum)} }

// Add adds a minute's lines. Lines without a code are on no bill.
func (c *Counted) Add(statement *pricing.Statement) error {
	for i := range statement.Lines {
		if err := c.AddLine(statement.Minute, &statement.Lines[i]); err != nil {
			return err
		}
	}
	return nil
}

// AddLine adds a line of a minute, or one that is added up over a part of its day.
func (c *Counted) AddLine(minute model.Minute, line *pricing.Line) error {
	if line.Code == "" {
		return nil
	}
	key := Key{Account: line.Account, Day: dayOfMinute(minute), Region: line.Region, Code: line.Code, Operation: operationOf(line.Code, line.Operation)}
	if strings.Contains(line.Code, "-AWS-") { // the pair's first region is in its code
		key.Region, key.Code = splitUsageType(line.Code)
	}
	sum := Sum{Bytes: line.Bytes, Cost: line.Amount, Rows: 1}
	if line.Unpriced != "" {
		sum.UnpricedBytes = line.Bytes
	}
	known := c.sums[key]
	if err := known.add(sum); err != nil {
		return err
	}
	c.sums[key] = known
	return nil
}
