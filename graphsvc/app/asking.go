package app

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"github.com/egressor/egressor/graphsvc/chat"
)

// AskingSettings are who answers questions, what that may cost and what leaves
// for it, as flags. The key comes from ANTHROPIC_API_KEY alone.
type AskingSettings struct {
	Off                       bool
	Provider, Region, Project string
	Model, BaseURL            string
	// Redact sends pseudonyms in the place of names.
	Redact bool
	// PricesFile lists what models' tokens cost, "" for the prices that are shipped.
	PricesFile string
	Budget     chat.Budget
}

func defaultAsking() AskingSettings {
	const perQuestion, perDay = 400_000, 10_000_000
	return AskingSettings{Provider: chat.ProviderAnthropic, Model: "claude-sonnet-5-5", Budget: chat.Budget{QuestionTokens: perQuestion, DayTokens: perDay}}
}

func (s *AskingSettings) addFlags(flags *pflag.FlagSet) {
	flags.BoolVar(&s.Off, "ask-by-rule", s.Off, "answer questions by rule alone: nothing is ever sent to a model")
	flags.StringVar(&s.Provider, "anthropic-provider", s.Provider, "who runs the model: anthropic (ANTHROPIC_API_KEY), bedrock (AWS credentials) or vertex (Google credentials)")
	flags.StringVar(&s.Region, "anthropic-region", s.Region, "region of vertex; bedrock takes that of the AWS settings")
	flags.StringVar(&s.Project, "anthropic-project", s.Project, "Google Cloud project of vertex")
	flags.StringVar(&s.Model, "anthropic-model", s.Model, "model of the investigator, by the provider's name of it")
	flags.StringVar(&s.BaseURL, "anthropic-base-url", s.BaseURL, "base URL of the Messages API or a gateway that speaks it")
	flags.BoolVar(&s.Redact, "ask-redact", s.Redact, "send stable pseudonyms in the place of the cluster's names")
	flags.StringVar(&s.PricesFile, "ask-prices", s.PricesFile, "JSON file of what models' tokens cost, with source and date; empty for the list prices that are shipped")
	flags.Int64Var(&s.Budget.QuestionTokens, "ask-tokens", s.Budget.QuestionTokens, "tokens that one question may take; 0 for any number")
	flags.Int64Var(&s.Budget.DayTokens, "ask-tokens-a-day", s.Budget.DayTokens, "tokens that a day's questions (UTC) may take; 0 for any number")
	flags.StringVar(&s.Budget.QuestionUSD, "ask-usd", s.Budget.QuestionUSD, "US dollars that one question may cost, for example 0.50; only where the model's price is known")
	flags.StringVar(&s.Budget.DayUSD, "ask-usd-a-day", s.Budget.DayUSD, "US dollars that a day's questions (UTC) may cost")
}

func (s *AskingSettings) check() error {
	settings, err := s.settings()
	if err != nil {
		return err
	}
	if err := settings.Check(); err != nil {
		return fmt.Errorf("--anthropic-provider and --ask: %w", err)
	}
	return nil
}

func (s *AskingSettings) settings() (chat.Settings, error) {
	settings := chat.Settings{
		Off: s.Off, Provider: s.Provider, Region: s.Region, Project: s.Project, Model: s.Model, BaseURL: s.BaseURL,
		Redact: s.Redact, Budget: s.Budget, Key: os.Getenv("ANTHROPIC_API_KEY"),
	}
	var err error
	if s.PricesFile == "" {
		settings.Prices, err = chat.ShippedPrices()
		return settings, err
	}
	text, err := os.ReadFile(s.PricesFile)
	if err == nil {
		settings.Prices, err = chat.ReadPrices(text)
	}
	if err != nil {
		return settings, fmt.Errorf("--ask-prices: %w", err)
	}
	return settings, nil
}

// pseudonymKey is the key that makes pseudonyms, made where missing: the same names
// have the same ones after a restart.
func pseudonymKey(dataDir string) ([]byte, error) {
	const bytes = 32
	path := filepath.Join(dataDir, "pseudonym-key")
	key, err := os.ReadFile(path)
	if err == nil && len(key) != bytes {
		return nil, fmt.Errorf("%s has %d bytes, not %d: remove it to have another made", path, len(key), bytes)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	key = make([]byte, bytes)
	_, _ = rand.Read(key) // never fails, by its documentation
	if err := os.MkdirAll(dataDir, 0o700); err != nil {
		return nil, err
	}
	return key, os.WriteFile(path, key, 0o600)
}
