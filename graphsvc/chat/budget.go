package chat

import (
	"fmt"
	"math/big"
	"sync"
	"time"
)

// Budget bounds what the model may take; zero values bound nothing.
type Budget struct {
	// QuestionTokens and DayTokens count what is sent and what is answered.
	QuestionTokens, DayTokens int64
	// QuestionUSD and DayUSD are decimals; they bound only models whose price is known.
	QuestionUSD, DayUSD string
}

// Check says what is wrong with a budget.
func (b Budget) Check() error {
	for name, amount := range map[string]string{"a question": b.QuestionUSD, "a day": b.DayUSD} {
		if _, err := dollars(amount); err != nil {
			return fmt.Errorf("budget of %s: %w", name, err)
		}
	}
	if b.QuestionTokens < 0 || b.DayTokens < 0 {
		return fmt.Errorf("a budget of tokens is negative")
	}
	return nil
}

// dollars reads an amount, nil for none.
func dollars(amount string) (*big.Rat, error) {
	if amount == "" || amount == "0" {
		return nil, nil
	}
	parsed, ok := new(big.Rat).SetString(amount)
	if !ok || parsed.Sign() <= 0 {
		return nil, fmt.Errorf("%q is no amount of dollars such as 0.50", amount)
	}
	return parsed, nil
}

// purse counts what questions took on one day, in UTC, in this process.
type purse struct {
	budget Budget
	price  *ModelPrice
	now    func() time.Time

	mu     sync.Mutex
	day    string
	tokens int64
	usd    big.Rat
}

// spent is what one question took so far.
type spent struct {
	tokens int64
	usd    big.Rat
}

// pay counts one turn's tokens to its question and the day.
func (p *purse) pay(s *spent, input, cacheWrite, cacheRead, output int64) {
	tokens := input + cacheWrite + cacheRead + output
	s.tokens += tokens
	cost := p.price.cost(input, cacheWrite, cacheRead, output)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.turnDay()
	p.tokens += tokens
	if cost != nil {
		s.usd.Add(&s.usd, cost)
		p.usd.Add(&p.usd, cost)
	}
}

func (p *purse) turnDay() {
	if today := p.now().UTC().Format(time.DateOnly); today != p.day {
		p.day, p.tokens = today, 0
		p.usd.SetInt64(0)
	}
}

// allows reports whether another turn may be asked for.
func (p *purse) allows(s *spent) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.turnDay()
	questionUSD, _ := dollars(p.budget.QuestionUSD) // checked at the start
	dayUSD, _ := dollars(p.budget.DayUSD)
	switch {
	case p.budget.QuestionTokens > 0 && s.tokens >= p.budget.QuestionTokens:
		return overBudget("this question has taken %d tokens of the %d that one may", s.tokens, p.budget.QuestionTokens)
	case p.budget.DayTokens > 0 && p.tokens >= p.budget.DayTokens:
		return overBudget("%d tokens were taken today of the %d that a day may", p.tokens, p.budget.DayTokens)
	case questionUSD != nil && s.usd.Cmp(questionUSD) >= 0:
		return overBudget("this question has cost $%s of the $%s that one may", s.usd.FloatString(usdPlaces), p.budget.QuestionUSD)
	case dayUSD != nil && p.usd.Cmp(dayUSD) >= 0:
		return overBudget("today's questions have cost $%s of the $%s that a day's may", p.usd.FloatString(usdPlaces), p.budget.DayUSD)
	default:
		return nil
	}
}

// usdPlaces keep a ten-thousandth of a dollar.
const usdPlaces = 4

func overBudget(format string, args ...any) error {
	return &failure{"BUDGET", fmt.Sprintf(format, args...), "ask a narrower question, ask tomorrow (UTC), or raise the budget in the settings", nil}
}
