package chat

import (
	"context"
	"fmt"
	"time"

	"github.com/anthropics/anthropic-sdk-go/bedrock"
	"github.com/anthropics/anthropic-sdk-go/option"
	"github.com/anthropics/anthropic-sdk-go/vertex"
)

// Settings of the investigator.
type Settings struct {
	// Off turns the model off whatever else is set: the rules answer.
	Off bool
	// Provider is who runs the model: "" or anthropic with a key, bedrock with the
	// AWS credentials of the process, vertex with the Google ones.
	Provider string
	// Key is the API key; empty means rules, unless the provider needs none.
	Key string
	// Region of bedrock or vertex, Project of vertex.
	Region, Project string
	// Model by its API name.
	Model string
	// BaseURL of the Messages API, empty for the vendor's.
	BaseURL string
	// Patience is how long one question may take, 0 for five minutes.
	Patience time.Duration
	// Redact sends pseudonyms in the place of names; PseudonymKey makes them: the
	// same key makes the same ones.
	Redact       bool
	PseudonymKey []byte
	Budget       Budget
	// Prices of models; one that is not listed is counted in tokens alone.
	Prices []ModelPrice
	// Now tells the day of a budget, nil for the machine's clock.
	Now func() time.Time
}

// Providers of models.
const (
	ProviderAnthropic = "anthropic"
	ProviderBedrock   = "bedrock"
	ProviderVertex    = "vertex"
)

// Check says what is wrong with the settings.
func (s Settings) Check() error {
	switch s.Provider {
	case "", ProviderAnthropic:
	case ProviderBedrock:
	case ProviderVertex:
		if s.Region == "" || s.Project == "" {
			return fmt.Errorf("provider vertex needs a region and a project")
		}
	default:
		return fmt.Errorf("provider %q: want anthropic, bedrock or vertex", s.Provider)
	}
	return s.Budget.Check()
}

// asksModel reports whether a model answers.
func (s Settings) asksModel() bool {
	return !s.Off && (s.Key != "" || s.Provider == ProviderBedrock || s.Provider == ProviderVertex)
}

// options are how the provider is reached. The SDK's own options sign for Bedrock
// and Vertex; they read credentials now and fail where there are none.
func (s Settings) options(ctx context.Context) (options []option.RequestOption, err error) {
	defer func() {
		if r := recover(); r != nil { // the SDK's options panic without credentials
			err = fmt.Errorf("provider %s: %v", s.Provider, r)
		}
	}()
	switch s.Provider {
	case ProviderBedrock:
		options = append(options, bedrock.WithLoadDefaultConfig(ctx))
	case ProviderVertex:
		options = append(options, vertex.WithGoogleAuth(ctx, s.Region, s.Project))
	default:
		options = append(options, option.WithAPIKey(s.Key))
	}
	if s.BaseURL != "" {
		options = append(options, option.WithBaseURL(s.BaseURL))
	}
	return options, nil
}
