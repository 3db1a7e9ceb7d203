package chat

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"time"
)

// ModelPrice is what a model's tokens cost: US dollars for a million, as decimals.
type ModelPrice struct {
	Model      string `json:"model"`
	Input      string `json:"inputPerMillion"`
	CacheWrite string `json:"cacheWritePerMillion"`
	CacheRead  string `json:"cacheReadPerMillion"`
	Output     string `json:"outputPerMillion"`
	// Source is where the price is published, AsOf the day it was read there.
	Source string `json:"source"`
	AsOf   string `json:"asOf"`
}

//go:embed modelprices.json
var shippedPrices []byte

// ShippedPrices are the prices that come with Egressor: Anthropic's list prices of
// its own API. Models with several bands are left out: what they cost is not known.
func ShippedPrices() ([]ModelPrice, error) { return ReadPrices(shippedPrices) }

// ReadPrices reads prices from JSON, a list of objects. Every price needs a source
// and a date.
func ReadPrices(text []byte) ([]ModelPrice, error) {
	var prices []ModelPrice
	if err := json.Unmarshal(text, &prices); err != nil {
		return nil, fmt.Errorf("prices of models: %w", err)
	}
	for _, p := range prices {
		if _, err := p.rates(); err != nil {
			return nil, fmt.Errorf("price of model %q: %w", p.Model, err)
		}
		if _, err := time.Parse(time.DateOnly, p.AsOf); err != nil || p.Source == "" || p.Model == "" {
			return nil, fmt.Errorf("price of model %q: want a model, a source, and the day it was read as 2026-11-29", p.Model)
		}
	}
	return prices, nil
}

// rates are dollars for one token, in the order of the fields.
func (p ModelPrice) rates() ([4]*big.Rat, error) {
	var rates [4]*big.Rat
	for i, text := range []string{p.Input, p.CacheWrite, p.CacheRead, p.Output} {
		rate, ok := new(big.Rat).SetString(text)
		if !ok || rate.Sign() < 0 {
			return rates, fmt.Errorf("%q is no decimal amount", text)
		}
		rates[i] = rate.Quo(rate, big.NewRat(1_000_000, 1))
	}
	return rates, nil
}

// priceOf finds a model's price; a provider's own name of a model, such as
// us.anthropic.claude-sonnet-5-5-v1:0, has a price of its own or none.
func priceOf(prices []ModelPrice, model string) *ModelPrice {
	for i := range prices {
		if strings.EqualFold(prices[i].Model, model) {
			return &prices[i]
		}
	}
	return nil
}

// cost of tokens, nil where the model's price is not known.
func (p *ModelPrice) cost(input, cacheWrite, cacheRead, output int64) *big.Rat {
	if p == nil {
		return nil
	}
	rates, err := p.rates()
	if err != nil {
		return nil // prices are checked when they are read
	}
	total := new(big.Rat)
	for i, tokens := range []int64{input, cacheWrite, cacheRead, output} {
		total.Add(total, new(big.Rat).Mul(rates[i], big.NewRat(tokens, 1)))
	}
	return total
}
