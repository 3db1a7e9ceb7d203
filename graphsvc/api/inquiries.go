package api

import (
	"context"
	"fmt"
	"time"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/inquiry"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

// inquiryLasts is how long an investigation by rule may take: two seconds are the aim.
const inquiryLasts = time.Minute

// Inquire makes an investigation by rule and puts it on the record, unless it is there.
func (s *Server) Inquire(ctx context.Context, i inquiry.Inquiry) error {
	kept, err := s.explorer.Inquired(ctx, &i)
	if err != nil || kept {
		return err
	}
	version, err := s.explorer.VersionOf(ctx, i.Incident.Version)
	if err != nil {
		return err
	}
	i.Through = version.To
	begun := s.explorer.Now()
	answer, err := inquire(ctx, s.investigator, &i, version)
	if err != nil {
		return err
	}
	return s.explorer.KeepInquiry(ctx, &i, begun, answer)
}

// inquire asks what is asked of an incident at a version, by rule.
func inquire(ctx context.Context, by Investigator, i *inquiry.Inquiry, version model.GraphVersion) (query.InvestigationAnswer, error) {
	ctx, cancel := context.WithTimeout(query.Inquiring(ctx, i, version), inquiryLasts)
	defer cancel()
	one := &run{changed: make(chan struct{})}
	one.answer.Engine = "rules"
	one.follow(by.AskByRule(ctx, i.Question()))
	answer := one.now()
	if err := context.Cause(ctx); err != nil {
		return answer, fmt.Errorf("investigating incident %s at version %d: %w", i.Incident.ID, version.Number, err)
	}
	if answer.Failure != "" {
		return answer, fmt.Errorf("investigating incident %s at version %d: %s", i.Incident.ID, version.Number, answer.Failure)
	}
	answer.Version = version.Number
	return answer, nil
}

// replayOf asks again what the service asked by itself; nil of what somebody asked.
func (r *Resolver) replayOf(ctx context.Context, id string) (*gqlmodel.Replay, error) {
	kept, err := r.explorer.Investigation(ctx, id)
	if err != nil || kept == nil || kept.Inquiry == nil {
		return nil, err
	}
	version, err := r.explorer.VersionOf(ctx, kept.Answer.Version)
	if err != nil {
		return nil, err
	}
	answer, err := inquire(ctx, r.investigator, kept.Inquiry, version)
	if err != nil {
		return nil, &query.Error{
			Code: query.CodeVersionExpired, Message: err.Error(),
			Hint: "what the version says of these minutes may be gone: the answer on the record stands",
		}
	}
	return &gqlmodel.Replay{Answer: answer.Text, Same: answer.Text == kept.Answer.Text}, nil
}

// investigationsOfIncident are those that whoever asks may see, newest first.
func (r *Resolver) investigationsOfIncident(ctx context.Context, incident string) ([]*gqlmodel.Investigation, error) {
	found, err := r.explorer.InvestigationsOf(ctx, incident)
	shown := make([]*gqlmodel.Investigation, len(found))
	for i := range found {
		shown[i] = r.investigationOf(&found[i])
	}
	return shown, err
}

// occasionOf is the enum's value of an occasion.
func occasionOf(i *query.Investigation) gqlmodel.InvestigationOccasion {
	if i.Inquiry == nil {
		return gqlmodel.InvestigationOccasionAsked
	}
	switch i.Inquiry.Occasion {
	case inquiry.Recaused:
		return gqlmodel.InvestigationOccasionCauseChanged
	case inquiry.Ended:
		return gqlmodel.InvestigationOccasionEnded
	case inquiry.Opened:
		return gqlmodel.InvestigationOccasionOpened
	}
	return gqlmodel.InvestigationOccasionAsked
}
