package costrpc

import (
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

// charge is what many lines have in common.
type charge struct {
	line pricing.Line // without edge, bytes and amount
}

func chargeOf(line *pricing.Line) charge {
	common := *line
	common.Edge, common.Bytes, common.Amount = 0, 0, money.Amount{}
	return charge{common}
}

func (c *charge) message() *costpb.Charge {
	return &costpb.Charge{
		Payer: string(c.line.Payer), Account: c.line.Account, Code: c.line.Code, Operation: c.line.Operation, Region: c.line.Region,
		Rule: string(c.line.Rule), Sequence: uint32(c.line.Sequence), Tier: uint32(c.line.Tier),
		UnitBytes: c.line.UnitBytes, RateNanoPerUnit: c.line.RateNanoPerUnit, PriceRow: c.line.PriceRow,
		Source: c.line.Source, Imputed: c.line.Imputed, PathAssumed: c.line.PathAssumed, Unpriced: c.line.Unpriced,
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
	known := make(map[charge]uint32)
	lines := statement.Lines
	for {
		size := min(chunk, len(lines))
		response := linesMessage(lines[:size], known)
		lines = lines[size:]
		if len(lines) == 0 {
			high, low := statement.Total.Words()
			response.Summary = &costpb.Summary{
				Book: bookResponse(book), TotalHigh: high, TotalLow: low,
				Bytes: statement.Bytes, UnpricedBytes: statement.UnpricedBytes, Meters: meterMessages(meters),
			}
		}
		if err := stream.Send(response); err != nil || len(lines) == 0 {
			return err
		}
	}
}

func linesMessage(lines []pricing.Line, known map[charge]uint32) *costpb.PriceResponse {
	response := &costpb.PriceResponse{
		Edge: make([]uint64, len(lines)), Charge: make([]uint32, len(lines)), Bytes: make([]uint64, len(lines)),
		AmountHigh: make([]int64, len(lines)), AmountLow: make([]uint64, len(lines)),
	}
	for i := range lines {
		line := &lines[i]
		common := chargeOf(line)
		index, ok := known[common]
		if !ok {
			index = uint32(len(known))
			known[common] = index
			response.Charges = append(response.Charges, common.message())
		}
		response.Edge[i], response.Charge[i], response.Bytes[i] = uint64(line.Edge), index, line.Bytes
		response.AmountHigh[i], response.AmountLow[i] = line.Amount.Words()
	}
	return response
}

// appendLines is the inverse of linesMessage over a whole stream.
func appendLines(lines []pricing.Line, charges []pricing.Line, response *costpb.PriceResponse) ([]pricing.Line, error) {
	n := len(response.Edge)
	for _, length := range []int{len(response.Charge), len(response.Bytes), len(response.AmountHigh), len(response.AmountLow)} {
		if length != n {
			return nil, errColumns
		}
	}
	for i := range n {
		if int(response.Charge[i]) >= len(charges) {
			return nil, errColumns
		}
		line := charges[response.Charge[i]]
		line.Edge, line.Bytes = model.EdgeID(response.Edge[i]), response.Bytes[i]
		line.Amount = money.FromWords(response.AmountHigh[i], response.AmountLow[i])
		lines = append(lines, line)
	}
	return lines, nil
}
