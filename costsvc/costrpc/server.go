// Package costrpc carries the pricing engine over gRPC: a server around the
// engine and a client with the same answer as a call in process.
package costrpc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/egressor/egressor/costsvc/costpb"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// Server answers the Cost service with one price book.
type Server struct {
	costpb.UnimplementedCostServer
	book *pricing.Book
	// runs keep the memory of a minute for the next one.
	runs sync.Pool
}

var _ costpb.CostServer = (*Server)(nil)

// NewServer returns a server that prices by the book.
func NewServer(book *pricing.Book) *Server { return &Server{book: book} }

// Book tells which price book answers.
func (s *Server) Book(context.Context, *costpb.BookRequest) (*costpb.BookResponse, error) {
	return bookResponse(s.book), nil
}

func bookResponse(book *pricing.Book) *costpb.BookResponse {
	return &costpb.BookResponse{
		Name: book.Name, Provider: book.Provider, Version: book.Version, Digest: book.Digest, Currency: string(book.Currency),
	}
}

// Price prices one minute.
func (s *Server) Price(stream grpc.BidiStreamingServer[costpb.PriceRequest, costpb.PriceResponse]) error {
	request, err := stream.Recv()
	if err != nil {
		return err
	}
	if request.Begin == nil {
		return status.Error(codes.InvalidArgument, "the first request of a minute must have begin")
	}
	meters, err := metersFrom(request.Begin.Meters)
	if err != nil {
		return status.Error(codes.InvalidArgument, err.Error())
	}
	run, _ := s.runs.Get().(*pricing.Run)
	if run == nil {
		run = new(pricing.Run)
	}
	defer s.runs.Put(run)
	if err := run.Reset(s.book, pricing.Mode(request.Begin.Mode), model.Minute(request.Begin.Minute), meters); err != nil {
		return status.Error(codes.InvalidArgument, err.Error())
	}
	if err := s.addAll(stream, run, request); err != nil {
		return err
	}
	statement, after, err := run.Finish()
	if err != nil {
		return status.Error(codes.OutOfRange, err.Error())
	}
	return sendStatement(stream, s.book, &statement, after)
}

// addAll reads requests until the client closes its side.
func (s *Server) addAll(stream grpc.BidiStreamingServer[costpb.PriceRequest, costpb.PriceResponse], run *pricing.Run, request *costpb.PriceRequest) error {
	var transfers []pricing.Transfer // of each shape
	for {
		for _, m := range request.Shapes {
			transfers = append(transfers, describe(s.book, m))
		}
		if err := addEdges(run, transfers, request); err != nil {
			return status.Error(codes.InvalidArgument, err.Error())
		}
		next, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if next.Begin != nil {
			return status.Error(codes.InvalidArgument, "begin came twice: a minute is a stream of its own")
		}
		request = next
	}
}

func addEdges(run *pricing.Run, transfers []pricing.Transfer, request *costpb.PriceRequest) error {
	if len(request.WireBytes) != len(request.Edge) || len(request.Shape) != len(request.Edge) {
		return fmt.Errorf("columns of %d edges, %d bytes and %d shapes are not equally long", len(request.Edge), len(request.WireBytes), len(request.Shape))
	}
	for i, id := range request.Edge {
		index := request.Shape[i]
		if int(index) >= len(transfers) {
			return fmt.Errorf("edge %s has shape %d of %d", model.EdgeID(id), index, len(transfers))
		}
		transfer := &transfers[index]
		transfer.Edge, transfer.Bytes = model.EdgeID(id), request.WireBytes[i]
		run.Add(transfer)
	}
	return nil
}
