package api

import (
	"cmp"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/statement"
	"github.com/egressor/egressor/internal/money"
)

// The schema's defaults and bounds.
const (
	defaultStatementLines     = 100
	defaultStatementCharges   = 100
	defaultStatementTransfers = 20
	maxBehindALine            = 1000
)

var statementDimensions = map[gqlmodel.StatementDimension]statement.Dimension{
	gqlmodel.StatementDimensionWorkload:   statement.Workload,
	gqlmodel.StatementDimensionDeployment: statement.Deployment,
	gqlmodel.StatementDimensionTeam:       statement.Team,
	gqlmodel.StatementDimensionNamespace:  statement.Namespace,
	gqlmodel.StatementDimensionAccount:    statement.Account,
	gqlmodel.StatementDimensionEndpoint:   statement.Endpoint,
	gqlmodel.StatementDimensionPath:       statement.Path,
	gqlmodel.StatementDimensionChargeCode: statement.ChargeCode,
	gqlmodel.StatementDimensionZonePair:   statement.ZonePair,
	gqlmodel.StatementDimensionHour:       statement.Hour,
	gqlmodel.StatementDimensionDay:        statement.Day,
}

func statementAskOf(window *gqlmodel.Window, by []gqlmodel.StatementDimension, view *gqlmodel.StatementView, where []*gqlmodel.StatementFilter, first *int) (ask query.StatementAsk, err error) {
	if ask.Ask, err = askOf(window); err != nil {
		return ask, err
	}
	if by == nil {
		by = []gqlmodel.StatementDimension{gqlmodel.StatementDimensionWorkload}
	}
	for _, dimension := range by {
		ask.By = append(ask.By, statementDimensions[dimension])
	}
	ask.View = statement.ByPayer
	if orDefault(view, gqlmodel.StatementViewPayer) == gqlmodel.StatementViewCauser {
		ask.View = statement.ByCauser
	}
	for _, filter := range where {
		ask.Where = append(ask.Where, statement.Filter{By: statementDimensions[filter.Dimension], Value: filter.Value})
	}
	ask.Limit = orDefault(first, defaultStatementLines)
	return ask, nil
}

// statementOf converts a statement. Amounts are rounded as one column, so that
// what is shown adds up.
func statementOf(s *query.Statement, by []gqlmodel.StatementDimension, view *gqlmodel.StatementView) (*gqlmodel.Statement, error) {
	if by == nil {
		by = []gqlmodel.StatementDimension{gqlmodel.StatementDimensionWorkload}
	}
	converted := &gqlmodel.Statement{
		Version: versionOf(s.Version), Window: windowOf(s.Window), View: orDefault(view, gqlmodel.StatementViewPayer), GroupBy: by,
		Currency: s.Currency, PricingModes: s.Modes, Lines: make([]*gqlmodel.StatementLine, len(s.Lines)), Standing: standingOf(s), UnpricedStanding: listed(s.Unpriced),
		Rest: statementSumOf(s.Rest, len(s.Table.Lines)-len(s.Lines), s.Currency), Total: statementSumOf(s.Table.Total, len(s.Table.Lines), s.Currency),
		Own: statementSumOf(s.Table.Own, 0, s.Currency),
	}
	if converted.PricingModes == nil {
		converted.PricingModes = []string{}
	}
	column := make([]*gqlmodel.StatementSum, 0, len(s.Lines)+1)
	sums := make([]statement.Sum, 0, len(s.Lines)+1)
	for i := range s.Lines {
		line := &s.Lines[i]
		converted.Lines[i] = &gqlmodel.StatementLine{Group: line.Group, Sum: statementSumOf(line.Sum, 1, s.Currency), Line: line, Currency: s.Currency}
		column, sums = append(column, converted.Lines[i].Sum), append(sums, line.Sum)
	}
	return converted, showColumn(append(column, converted.Rest), append(sums, s.Rest), converted.Total)
}

// showColumn rounds both amounts of a column's sums and of its total together.
func showColumn(column []*gqlmodel.StatementSum, sums []statement.Sum, total *gqlmodel.StatementSum) error {
	amounts, standing := make([]money.Amount, len(sums)), make([]money.Amount, len(sums))
	for i := range sums {
		amounts[i], standing[i] = sums[i].Amount, sums[i].Standing
	}
	shown, shownTotal, err := statement.Shown(amounts)
	if err != nil {
		return err
	}
	shownStanding, shownStandingTotal, err := statement.Shown(standing)
	if err != nil {
		return err
	}
	for i, sum := range column {
		sum.Shown, sum.StandingShown = shown[i], shownStanding[i]
	}
	total.Shown, total.StandingShown = shownTotal, shownStandingTotal
	return nil
}

func statementSumOf(sum statement.Sum, lines int, currency string) *gqlmodel.StatementSum {
	amount, standing := moneyOf(sum.Amount, currency), moneyOf(sum.Standing, currency)
	return &gqlmodel.StatementSum{
		Lines: lines, Amount: amount, Shown: amount.Display, Standing: standing, StandingShown: standing.Display,
		BilledBytes: scalar.BytesOf(sum.BilledBytes), UnpricedBytes: scalar.BytesOf(sum.UnpricedBytes),
	}
}

func standingOf(s *query.Statement) []*gqlmodel.StandingCost {
	converted := make([]*gqlmodel.StandingCost, len(s.Standing))
	for i := range s.Standing {
		c := &s.Standing[i]
		currency := cmp.Or(string(c.Cost.Currency), s.Currency)
		converted[i] = &gqlmodel.StandingCost{
			Name: c.Name, Code: c.Code, Account: c.Account, Region: c.Region, Units: scalar.BytesOf(c.Units), UnitName: c.UnitName,
			Cost: moneyOf(c.Cost.Amount, currency), Idle: moneyOf(c.Idle, currency), Bytes: scalar.BytesOf(c.Bytes),
			PriceRow: c.PriceRow, PriceSource: c.Source, Assumed: c.Assumed, UnpricedReason: c.Unpriced,
		}
	}
	return converted
}

// statementCharges is the receipt of a line.
func (r *Resolver) statementCharges(line *gqlmodel.StatementLine, first *int) ([]*gqlmodel.ChargeLine, error) {
	limit, err := pageSize(orDefault(first, defaultStatementCharges), maxBehindALine)
	if err != nil {
		return nil, err
	}
	lines, err := line.Line.Receipt()
	if err != nil {
		return nil, err
	}
	charges := make([]query.Charge, min(limit, len(lines)))
	for i := range charges {
		charges[i] = query.ChargeOf(&lines[i])
	}
	return r.chargesOf(charges, line.Currency), nil
}

// statementTransfers are the transfers behind a line.
func statementTransfers(line *gqlmodel.StatementLine, first *int) ([]*gqlmodel.StatementTransfer, error) {
	limit, err := pageSize(orDefault(first, defaultStatementTransfers), maxBehindALine)
	if err != nil {
		return nil, err
	}
	parts, err := line.Line.Parts()
	if err != nil {
		return nil, err
	}
	transfers := make([]*gqlmodel.StatementTransfer, min(limit, len(parts)))
	for i := range transfers {
		part := &parts[i]
		transfers[i] = &gqlmodel.StatementTransfer{
			Amount: moneyOf(part.Amount, line.Currency), Standing: moneyOf(part.Standing, line.Currency),
			BilledBytes: scalar.BytesOf(part.BilledBytes), UnpricedBytes: scalar.BytesOf(part.UnpricedBytes),
		}
		if key := part.Key; key != nil {
			t := transfers[i]
			t.ID, t.Path = part.Edge.String(), key.Path.String()
			t.Source, t.Destination, t.SourceName, t.DestinationName = key.Source.ID(), key.Destination.ID(), key.Source.Name, key.Destination.Name
		}
	}
	return transfers, nil
}
