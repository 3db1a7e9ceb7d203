package costrpc

import (
	"fmt"

	"google.golang.org/grpc"

	"github.com/egressor/egressor/costsvc/costpb"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// chunk is how many edges or lines go into one message: far below gRPC's limit
// of 4 MiB.
const chunk = 20_000

// charges numbers what lines have in common apart from edge, bytes and amount,
// as shapes does for edges.
type charges struct {
	first  []pricing.Line // of each
	byHash map[uint64][]uint32
}

func newCharges() *charges { return &charges{byHash: make(map[uint64][]uint32)} }

func (c *charges) number(line *pricing.Line) (index uint32, added bool) {
	hash := chargeHash(line)
	for _, index := range c.byHash[hash] {
		if sameCharge(&c.first[index], line) {
			return index, false
		}
	}
	index = uint32(len(c.first))
	c.first = append(c.first, *line)
	c.byHash[hash] = append(c.byHash[hash], index)
	return index, true
}

func chargeHash(line *pricing.Line) uint64 {
	hash := uint64(line.Sequence)<<8 + uint64(line.Tier) + uint64(line.RateNanoPerUnit)*prime
	for _, text := range [...]string{string(line.Rule), string(line.Payer), line.Operation, line.PriceRow, line.Account} {
		hash = hash*prime + uint64(len(text))
		if text != "" {
			hash = hash*prime + uint64(text[len(text)-1])
		}
	}
	return hash
}

func sameCharge(a, b *pricing.Line) bool {
	return a.Sequence == b.Sequence && a.Tier == b.Tier && a.RateNanoPerUnit == b.RateNanoPerUnit && a.UnitBytes == b.UnitBytes &&
		a.Imputed == b.Imputed && a.PathAssumed == b.PathAssumed && a.Rule == b.Rule && a.Payer == b.Payer && a.Account == b.Account && a.Region == b.Region &&
		a.Code == b.Code && a.Operation == b.Operation && a.PriceRow == b.PriceRow && a.Source == b.Source && a.Unpriced == b.Unpriced
}

func chargeMessage(line *pricing.Line) *costpb.Charge {
	return &costpb.Charge{
		Payer: string(line.Payer), Account: line.Account, Code: line.Code, Operation: line.Operation, Region: line.Region,
		Rule: string(line.Rule), Sequence: uint32(line.Sequence), Tier: uint32(line.Tier),
		UnitBytes: line.UnitBytes, RateNanoPerUnit: line.RateNanoPerUnit, PriceRow: line.PriceRow,
		Source: line.Source, Imputed: line.Imputed, PathAssumed: line.PathAssumed, Unpriced: line.Unpriced,
	}
}

func lineFrom(m *costpb.Charge) pricing.Line {
	return pricing.Line{
		Payer: transferclass.Payer(m.GetPayer()), Account: m.GetAccount(), Code: m.GetCode(), Operation: m.GetOperation(), Region: m.GetRegion(),
		Rule: transferclass.Rule(m.GetRule()), Sequence: int(m.GetSequence()), Tier: int(m.GetTier()),
		UnitBytes: m.GetUnitBytes(), RateNanoPerUnit: m.GetRateNanoPerUnit(), PriceRow: m.GetPriceRow(),
		Source: m.GetSource(), Imputed: m.GetImputed(), PathAssumed: m.GetPathAssumed(), Unpriced: m.GetUnpriced(),
	}
}

// sendStatement sends the lines in chunks and the summary with the last.
func sendStatement(stream grpc.BidiStreamingServer[costpb.PriceRequest, costpb.PriceResponse], book *pricing.Book, statement *pricing.Statement, meters pricing.Meters) error {
	known := newCharges()
	lines := statement.Lines
	for {
		size := min(chunk, len(lines))
		response := linesMessage(lines[:size], known)
		lines = lines[size:]
		if len(lines) == 0 {
			high, low := statement.Total.Words()
			response.Summary = &costpb.Summary{
				Book: bookResponse(book), TotalHigh: high, TotalLow: low,
				Bytes: statement.Bytes, UnpricedBytes: statement.UnpricedBytes, Meters: meterMessages(meters), Uses: useMessages(statement.Meters),
			}
		}
		if err := stream.Send(response); err != nil || len(lines) == 0 {
			return err
		}
	}
}

func linesMessage(lines []pricing.Line, known *charges) *costpb.PriceResponse {
	response := &costpb.PriceResponse{Edge: make([]uint64, len(lines)), Charge: make([]uint32, len(lines)), Bytes: make([]uint64, len(lines))}
	for i := range lines {
		line := &lines[i]
		index, added := known.number(line)
		if added {
			response.Charges = append(response.Charges, chargeMessage(line))
		}
		response.Edge[i], response.Charge[i], response.Bytes[i] = uint64(line.Edge), index, line.Bytes
	}
	return response
}

// appendLines is the inverse of linesMessage over a whole stream. Amounts are
// computed again: they follow from bytes and rate.
func appendLines(lines []pricing.Line, charges []pricing.Line, response *costpb.PriceResponse) ([]pricing.Line, error) {
	n := len(response.Edge)
	if len(response.Charge) != n || len(response.Bytes) != n {
		return nil, errColumns
	}
	for i, index := range response.Charge {
		if int(index) >= len(charges) {
			return nil, errColumns
		}
		lines = append(lines, charges[index])
		line := &lines[len(lines)-1]
		line.Edge, line.Bytes = model.EdgeID(response.Edge[i]), response.Bytes[i]
		if line.RateNanoPerUnit == 0 {
			continue
		}
		var err error
		if line.Amount, err = money.FromBytes(line.Bytes, line.RateNanoPerUnit, line.UnitBytes); err != nil {
			return nil, fmt.Errorf("the cost service answered with a line that has no amount: %w", err)
		}
	}
	return lines, nil
}
