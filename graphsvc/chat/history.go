package chat

import (
	"encoding/json"
	"slices"

	"github.com/anthropics/anthropic-sdk-go"
)

const (
	// maxTalkBytes bounds what is remembered of a conversation and sent again.
	maxTalkBytes = 400 << 10
	// maxQuestionBytes bounds the results that one question may gather.
	maxQuestionBytes = 256 << 10
)

// trimmed drops the oldest questions, each with all that belongs to it, until
// the rest is short enough to send again.
func trimmed(history []anthropic.MessageParam) []anthropic.MessageParam {
	for sizeOf(history) > maxTalkBytes {
		next := slices.IndexFunc(history[1:], isQuestion)
		if next < 0 {
			return nil
		}
		history = history[1+next:]
	}
	return history
}

func sizeOf(history []anthropic.MessageParam) int {
	size := 0
	for _, message := range history {
		text, err := json.Marshal(message)
		if err != nil {
			return maxTalkBytes + 1
		}
		size += len(text)
	}
	return size
}

// isQuestion tells a question from a message of tool results.
func isQuestion(message anthropic.MessageParam) bool {
	return message.Role == anthropic.MessageParamRoleUser && len(message.Content) > 0 && message.Content[0].OfText != nil
}

// said adds the model's message. The API refuses empty texts, and wants a turn
// that goes on after a pause to be one message.
func said(history []anthropic.MessageParam, message anthropic.Message) []anthropic.MessageParam {
	spoken := message.ToParam()
	spoken.Content = slices.DeleteFunc(spoken.Content, isEmptyText)
	return join(history, spoken)
}

// ended adds the last message of an answer. Calls that a cut left without a
// result go, for no result will follow them.
func ended(history []anthropic.MessageParam, message anthropic.Message) []anthropic.MessageParam {
	spoken := message.ToParam()
	spoken.Content = slices.DeleteFunc(spoken.Content, func(block anthropic.ContentBlockParamUnion) bool {
		return isEmptyText(block) || block.OfToolUse != nil
	})
	if len(spoken.Content) == 0 {
		spoken.Content = append(spoken.Content, anthropic.NewTextBlock("(no answer)"))
	}
	return join(history, spoken)
}

func join(history []anthropic.MessageParam, spoken anthropic.MessageParam) []anthropic.MessageParam {
	last := len(history) - 1
	switch {
	case len(spoken.Content) == 0:
		return history
	case history[last].Role == spoken.Role:
		history[last].Content = append(history[last].Content, spoken.Content...)
		return history
	default:
		return append(history, spoken)
	}
}

func isEmptyText(block anthropic.ContentBlockParamUnion) bool {
	return block.OfText != nil && block.OfText.Text == ""
}
