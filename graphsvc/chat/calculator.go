package chat

import (
	"encoding/json"
	"fmt"

	"github.com/egressor/egressor/graphsvc/chat/proof"
)

// calculator is the one tool that is no operation: it computes from figures that
// other tools gave, here.
const calculator = "calculate"

var calculatorTool = Operation{
	Name: calculator,
	Description: "Exact arithmetic over references of earlier results, for every figure that no tool gives: shares, differences, sums, a rate per month. " +
		"The result has a reference of its own. Example: f3 / f9 * month.",
	Input: Schema{
		Properties: map[string]any{
			"expression": map[string]any{"type": "string", "description": "+ - * / ( ) over references, whole numbers, minute hour day month, sum min max avg"},
			"as":         map[string]any{"type": "string", "enum": []string{"number", "percent"}, "description": "how a ratio is shown; default number"},
		},
		Required: []string{"expression"},
	},
}

// calculation is the calculator's result.
type calculation struct {
	Figure string `json:"figure"`
	Exact  string `json:"exact"`
	Unit   string `json:"unit,omitempty"`
}

func calculate(ledger *proof.Ledger, call, input string) (proof.Result, error) {
	var asked struct{ Expression, As string }
	if err := json.Unmarshal([]byte(input), &asked); err != nil {
		return proof.Result{}, fmt.Errorf("the input is no JSON object: %w", err)
	}
	figure, err := ledger.Calculate(call, asked.Expression, asked.As)
	if err != nil {
		return proof.Result{}, err
	}
	text, err := json.Marshal(calculation{figure.Display + " #" + figure.Ref, figure.Exact(), figure.Unit()})
	return proof.Result{Text: string(text), Tree: text}, err
}
