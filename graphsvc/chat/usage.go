package chat

import "github.com/anthropics/anthropic-sdk-go"

// add counts one turn of the model's.
func (u *Usage) add(turn anthropic.Usage) {
	u.Turns++
	u.InputTokens += turn.InputTokens + turn.CacheReadInputTokens + turn.CacheCreationInputTokens
	u.CachedTokens += turn.CacheReadInputTokens
	u.OutputTokens += turn.OutputTokens
}
