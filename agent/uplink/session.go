package uplink

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/egressor/egressor/agent/spool"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/wire"
	pb "github.com/egressor/egressor/internal/wire/egressorpb"
)

// session is one stream from its opening to its end.
type session struct {
	*Uplink

	stream grpc.BidiStreamingClient[pb.Batch, pb.Ack]
	// waiting are the records without an answer, in the order of sending.
	waiting []flight
	// again are refused records that get another try.
	again []spool.Record
	// after is the number of the last record taken from the spool.
	after uint64
}

// flight is a record on its way.
type flight struct {
	record spool.Record
	key    model.BatchKey
}

// session runs one stream until it breaks or ctx ends.
func (u *Uplink) session(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := pb.NewIngestClient(u.conn).Stream(ctx)
	if err != nil {
		return err
	}
	s := &session{Uplink: u, stream: stream}
	answers := make(chan *pb.Ack)
	broken := make(chan error, 1)
	u.running.Go(func() { receive(ctx, stream, answers, broken) })
	u.metrics.connected.Set(1)
	defer u.metrics.connected.Set(0)
	err = s.loop(ctx, answers, broken)
	return s.blame(err)
}

// receive hands over answers until the stream ends.
func receive(ctx context.Context, stream grpc.BidiStreamingClient[pb.Batch, pb.Ack], answers chan<- *pb.Ack, broken chan<- error) {
	for {
		ack, err := stream.Recv()
		if err != nil {
			broken <- err
			return
		}
		select {
		case answers <- ack:
		case <-ctx.Done():
			broken <- ctx.Err()
			return
		}
	}
}

// loop keeps the window full and takes answers.
func (s *session) loop(ctx context.Context, answers <-chan *pb.Ack, broken <-chan error) error {
	for {
		if err := s.fill(); err != nil {
			// The send only says that the stream is gone; the answers say why.
			return s.drainAnswers(answers, broken, err)
		}
		var timeout <-chan time.Time
		if len(s.waiting) > 0 {
			timeout = s.clock.After(s.config.AnswerTimeout)
		}
		select {
		case ack := <-answers:
			if err := s.answer(ack); err != nil {
				return err
			}
		case err := <-broken:
			return err
		case <-s.spool.Appended():
		case <-timeout:
			return fmt.Errorf("no answer within %v", s.config.AnswerTimeout)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// drainAnswers takes the answers that came before a stream broke.
func (s *session) drainAnswers(answers <-chan *pb.Ack, broken <-chan error, sendError error) error {
	if !errors.Is(sendError, io.EOF) {
		return sendError
	}
	for {
		select {
		case ack := <-answers:
			if err := s.answer(ack); err != nil {
				return err
			}
		case err := <-broken:
			return err
		}
	}
}

// fill sends records until the window is full or there is none left.
func (s *session) fill() error {
	for len(s.waiting) < s.config.Window {
		record, ok, err := s.take()
		if err != nil || !ok {
			return err
		}
		if err := s.spool.MarkSent(record.Number); err != nil {
			return err
		}
		raw := wire.Raw(record.Payload)
		s.waiting = append(s.waiting, flight{record: record, key: wire.KeyOf(raw)})
		s.metrics.sent.Inc()
		if err := s.stream.SendMsg(&raw); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) take() (spool.Record, bool, error) {
	if len(s.again) > 0 {
		record := s.again[0]
		s.again = s.again[1:]
		return record, true, nil
	}
	record, ok, err := s.spool.Next(s.after)
	if ok {
		s.after = record.Number
	}
	return record, ok, err
}

// answer settles the record that an answer names, and for a durable one every
// record sent before it.
func (s *session) answer(ack *pb.Ack) error {
	switch outcome := ack.GetOutcome().(type) {
	case *pb.Ack_Durable:
		settled, err := s.settle(outcome.Durable.GetBoot(), outcome.Durable.GetThrough())
		if err != nil {
			return err
		}
		s.backoff.reset()
		s.note(nil)
		return s.release(settled)
	case *pb.Ack_Refused:
		settled, err := s.settle(outcome.Refused.GetBoot(), outcome.Refused.GetSequence())
		if err != nil {
			return err
		}
		last := len(settled) - 1
		if err := s.release(settled[:last]); err != nil {
			return err
		}
		why := fmt.Sprintf("%s: %s", outcome.Refused.GetReason(), outcome.Refused.GetMessage())
		return s.refused(settled[last].record, why)
	default:
		return fmt.Errorf("the ingest at %s gave an answer of no known kind: is it newer than this agent?", s.config.Server)
	}
}

// settle takes the flights up to the one that an answer names.
func (s *session) settle(boot string, sequence uint64) ([]flight, error) {
	for i, f := range s.waiting {
		if f.key.Boot == boot && f.key.Sequence == sequence {
			settled := s.waiting[:i+1]
			s.waiting = s.waiting[i+1:]
			return settled, nil
		}
	}
	return nil, fmt.Errorf("the ingest at %s answered batch %s/%d, which does not wait for an answer", s.config.Server, boot, sequence)
}

func (s *session) release(flights []flight) error {
	for _, f := range flights {
		if err := s.spool.Release(f.record.Number); err != nil {
			return err
		}
		delete(s.tries, f.record.Number)
		s.metrics.released.Inc()
	}
	s.tell()
	return nil
}

// refused gives a record another try, or sets it aside after the last.
func (s *session) refused(record spool.Record, why string) error {
	s.metrics.refused.Inc()
	s.tries[record.Number]++
	if s.tries[record.Number] < s.config.Tries {
		s.again = append(s.again, record)
		return nil
	}
	s.log.Error("batch set aside, its bytes are reported as lost", "record", record.Number, "tries", s.config.Tries, "error", why)
	if err := s.setAside(record, why); err != nil {
		return fmt.Errorf("set aside record %d: %w", record.Number, err)
	}
	delete(s.tries, record.Number)
	s.metrics.setAside.Inc()
	s.tell()
	return nil
}

// blame turns the end of a stream that only an oversized message can cause into
// a refusal of the record that was next to be answered.
func (s *session) blame(err error) error {
	_, asked := askedDelay(err)
	if status.Code(err) != codes.ResourceExhausted || asked || len(s.waiting) == 0 {
		return err
	}
	return errors.Join(err, s.refused(s.waiting[0].record, status.Convert(err).Message()))
}

// tell wakes Drain.
func (s *session) tell() {
	select {
	case s.released <- struct{}{}:
	default:
	}
}
