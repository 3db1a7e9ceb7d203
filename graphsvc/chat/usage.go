package chat

import "github.com/anthropics/anthropic-sdk-go"

// add counts one turn of the model's.
func (u *Usage) add(turn anthropic.Usage) {
	u.Turns++
	u.InputTokens += turn.InputTokens + turn.CacheReadInputTokens + turn.CacheCreationInputTokens
	u.CachedTokens += turn.CacheReadInputTokens
	u.OutputTokens += turn.OutputTokens
}

// count adds a turn to the question's usage and to the purse.
func (c *claude) count(talk *conversation, turn anthropic.Usage) {
	talk.usage.add(turn)
	c.purse.pay(&talk.spent, turn.InputTokens, turn.CacheCreationInputTokens, turn.CacheReadInputTokens, turn.OutputTokens)
	if c.purse.price != nil {
		talk.usage.Cost = talk.spent.usd.FloatString(usdPlaces)
	}
}
