package costrpc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"google.golang.org/grpc"

	"github.com/egressor/egressor/costsvc/costpb"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

var (
	errColumns   = errors.New("the cost service answered with columns that do not fit each other")
	errNoSummary = errors.New("the cost service ended its answer without a summary")
)

// Client prices minutes with a cost service.
type Client struct{ service costpb.CostClient }

// NewClient returns a client on the connection, which stays the caller's.
func NewClient(connection grpc.ClientConnInterface) *Client {
	return &Client{costpb.NewCostClient(connection)}
}

// Price gives the same answer as pricing.Price with the service's book would.
// ids are those of the edges, in the same order. The statement's lines are put
// into the memory of reuse, which may be nil: for a minute loop that is done
// with the lines of the minute before.
func (c *Client) Price(ctx context.Context, mode pricing.Mode, minute model.Minute, ids []model.EdgeID, edges []model.EdgeMinute, meters pricing.Meters, reuse []pricing.Line) (pricing.Statement, pricing.Meters, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := c.service.Price(ctx)
	if err != nil {
		return pricing.Statement{}, meters, fmt.Errorf("cost service: %w", err)
	}
	if err := sendEdges(stream, mode, minute, ids, edges, meters); err != nil && !errors.Is(err, io.EOF) {
		return pricing.Statement{}, meters, fmt.Errorf("cost service, minute %s: %w", minute, err)
	}
	// An io.EOF above means that the service has ended the stream: Recv says why.
	statement, after, err := receive(stream, reuse[:0])
	if err != nil {
		return pricing.Statement{}, meters, fmt.Errorf("cost service, minute %s: %w", minute, err)
	}
	statement.Mode, statement.Minute = mode, minute
	return statement, after, nil
}

func sendEdges(stream costpb.Cost_PriceClient, mode pricing.Mode, minute model.Minute, ids []model.EdgeID, edges []model.EdgeMinute, meters pricing.Meters) error {
	request := columns(len(edges))
	request.Begin = &costpb.Begin{Mode: string(mode), Minute: int64(minute), Meters: meterMessages(meters)}
	known := newShapes()
	for i := range edges {
		index, added := known.number(&edges[i])
		if added {
			request.Shapes = append(request.Shapes, shapeMessage(&edges[i]))
		}
		request.Edge = append(request.Edge, uint64(ids[i]))
		request.WireBytes = append(request.WireBytes, edges[i].Sent.WireBytes)
		request.Shape = append(request.Shape, index)
		if len(request.Edge) == chunk {
			if err := stream.Send(request); err != nil {
				return err
			}
			request = columns(len(edges) - i - 1)
		}
	}
	if request.Begin != nil || len(request.Edge) > 0 {
		if err := stream.Send(request); err != nil {
			return err
		}
	}
	return stream.CloseSend()
}

// columns is a request with room for as many edges as go into it.
func columns(edges int) *costpb.PriceRequest {
	size := min(edges, chunk)
	return &costpb.PriceRequest{Edge: make([]uint64, 0, size), WireBytes: make([]uint64, 0, size), Shape: make([]uint32, 0, size)}
}

// receive reads the whole answer before it makes the lines, to make them once:
// columns are a tenth of the size of lines.
func receive(stream costpb.Cost_PriceClient, lines []pricing.Line) (pricing.Statement, pricing.Meters, error) {
	var parts []*costpb.PriceResponse
	count := 0
	for {
		response, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return pricing.Statement{}, nil, errNoSummary
		}
		if err != nil {
			return pricing.Statement{}, nil, err
		}
		parts = append(parts, response)
		count += len(response.Edge)
		if response.Summary != nil {
			return statementFrom(parts, slices.Grow(lines, count), response.Summary)
		}
	}
}

func statementFrom(parts []*costpb.PriceResponse, lines []pricing.Line, summary *costpb.Summary) (pricing.Statement, pricing.Meters, error) {
	book := summary.GetBook()
	statement := pricing.Statement{
		Book: book.GetName(), BookVersion: book.GetVersion(), BookDigest: book.GetDigest(), Currency: money.Currency(book.GetCurrency()),
		Lines: lines, Total: money.FromWords(summary.GetTotalHigh(), summary.GetTotalLow()),
		Bytes: summary.GetBytes(), UnpricedBytes: summary.GetUnpricedBytes(),
	}
	var charges []pricing.Line
	for _, part := range parts {
		for _, m := range part.Charges {
			charges = append(charges, lineFrom(m))
		}
		var err error
		if statement.Lines, err = appendLines(statement.Lines, charges, part); err != nil {
			return statement, nil, err
		}
	}
	var err error
	if statement.Meters, err = usesFrom(summary.Uses); err != nil {
		return statement, nil, err
	}
	meters, err := metersFrom(summary.Meters)
	return statement, meters, err
}
