package proof

import (
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// Calculate computes an expression over references and gives the result one of
// its own. Expressions have + - * / ( ), references such as f3, whole numbers up
// to 1000, the lengths minute, hour, day and month (30 days), and sum, min, max
// and avg of several. The arithmetic is exact; only what is shown is rounded. as
// is "percent" to show a ratio in per cent, or empty.
func (l *Ledger) Calculate(call, expression, as string) (*Figure, error) {
	const longest = 500
	if len(expression) > longest {
		return nil, fmt.Errorf("the expression has %d characters, more than %d", len(expression), longest)
	}
	p := &parser{ledger: l, tokens: calcToken.FindAllString(strings.ToLower(expression), -1), row: &row{words: map[string]bool{}}}
	if strings.Join(p.tokens, "") != strings.Join(strings.Fields(strings.ToLower(expression)), "") {
		return nil, fmt.Errorf("the expression %q has other signs than + - * / ( ) and references", expression)
	}
	value, err := p.sum(0)
	if err != nil {
		return nil, err
	}
	if p.at < len(p.tokens) {
		return nil, fmt.Errorf("%q is not expected in the expression", p.tokens[p.at])
	}
	if p.used == 0 {
		return nil, fmt.Errorf("the expression names no reference such as f3: figures come from results")
	}
	display, err := shownAs(value, as)
	if err != nil {
		return nil, err
	}
	p.row.named, p.row.free = true, p.used > 1
	return l.mint(&Figure{
		Display: display, Version: l.version, From: p.from, To: p.to, Call: call, Path: "figure", Calculation: expression, value: value, row: p.row,
	}), nil
}

func shownAs(value quantity, as string) (string, error) {
	switch plain := value.dim.plain(); {
	case as == "percent" && plain == count:
		return percent(value.number), nil
	case as == "percent":
		return "", fmt.Errorf("per cent of %s is no ratio: divide by a figure of the same unit", value.dim.words())
	case as != "" && as != "number":
		return "", fmt.Errorf("as %q: want percent or number", as)
	case plain != count && value.dim.words() == "":
		return "", fmt.Errorf("the result has no unit that means something: it has the powers bytes %d, money %d, seconds %d", plain.bytes, plain.money, plain.seconds)
	}
	return displayed(value), nil
}

var (
	calcToken = regexp.MustCompile(`[a-z]+\d*|\d+|[-+*/(),]|[^\s]`)
	calcRef   = regexp.MustCompile(`^f\d+$`)
	lengths   = map[string]int64{"minute": 60, "hour": 3600, "day": 86400, "month": 30 * 86400}
)

const (
	deepest      = 32
	mostLiteral  = 1000
	mostOperands = 100
)

// parser reads an expression from left to right.
type parser struct {
	ledger   *Ledger
	tokens   []string
	at, used int
	row      *row
	from, to string
}

func (p *parser) peek() string {
	if p.at == len(p.tokens) {
		return ""
	}
	return p.tokens[p.at]
}

func (p *parser) accept(wanted ...string) string {
	for _, w := range wanted {
		if p.peek() == w {
			p.at++
			return w
		}
	}
	return ""
}

func (p *parser) sum(depth int) (quantity, error) {
	left, err := p.product(depth)
	for err == nil {
		sign := p.accept("+", "-")
		if sign == "" {
			return left, nil
		}
		var right quantity
		if right, err = p.product(depth); err == nil {
			left, err = added(left, right, sign == "-")
		}
	}
	return left, err
}

func added(a, b quantity, negative bool) (quantity, error) {
	if a.dim != b.dim {
		return a, fmt.Errorf("%s and %s do not add up", named(a.dim), named(b.dim))
	}
	if negative {
		return quantity{new(big.Rat).Sub(a.number, b.number), a.dim}, nil
	}
	return quantity{new(big.Rat).Add(a.number, b.number), a.dim}, nil
}

func named(d dimension) string {
	if d == count {
		return "a count"
	}
	return d.words()
}

func (p *parser) product(depth int) (quantity, error) {
	left, err := p.factor(depth)
	for err == nil {
		sign := p.accept("*", "/")
		if sign == "" {
			return left, nil
		}
		var right quantity
		if right, err = p.factor(depth); err == nil {
			left, err = multiplied(left, right, sign == "/")
		}
	}
	return left, err
}

func multiplied(a, b quantity, divide bool) (quantity, error) {
	if a.dim.currency != "" && b.dim.currency != "" && a.dim.currency != b.dim.currency {
		return a, fmt.Errorf("%s and %s are not converted", a.dim.currency, b.dim.currency)
	}
	sign := 1
	number := new(big.Rat)
	if divide {
		if b.number.Sign() == 0 {
			return a, fmt.Errorf("a division by 0: the ratio is not known")
		}
		sign = -1
		number.Quo(a.number, b.number)
	} else {
		number.Mul(a.number, b.number)
	}
	dim := dimension{
		bytes: a.dim.bytes + sign*b.dim.bytes, money: a.dim.money + sign*b.dim.money,
		seconds: a.dim.seconds + sign*b.dim.seconds, currency: a.dim.currency + b.dim.currency,
	}
	if a.dim.currency != "" && b.dim.currency != "" {
		dim.currency = a.dim.currency
	}
	if dim.money == 0 {
		dim.currency = ""
	}
	return quantity{number, dim}, nil
}

func (p *parser) factor(depth int) (quantity, error) {
	if depth > deepest {
		return quantity{}, fmt.Errorf("the expression is nested deeper than %d", deepest)
	}
	token := p.peek()
	if token == "" {
		return quantity{}, fmt.Errorf("the expression ends too early")
	}
	p.at++
	switch {
	case token == "-":
		return p.negative(depth + 1)
	case token == "(":
		return p.inside(depth + 1)
	case calcRef.MatchString(token):
		return p.figure(token)
	case lengths[token] != 0:
		return quantity{big.NewRat(lengths[token], 1), ofTime}, nil
	case token == "sum" || token == "min" || token == "max" || token == "avg":
		return p.function(token, depth)
	}
	number, err := strconv.ParseInt(token, 10, 64)
	if err != nil || number > mostLiteral {
		return quantity{}, fmt.Errorf("%q is neither a reference nor a whole number up to %d", token, mostLiteral)
	}
	return quantity{big.NewRat(number, 1), count}, nil
}

func (p *parser) negative(depth int) (quantity, error) {
	value, err := p.factor(depth)
	if err != nil {
		return value, err
	}
	return quantity{new(big.Rat).Neg(value.number), value.dim}, nil
}

func (p *parser) inside(depth int) (quantity, error) {
	value, err := p.sum(depth)
	if err == nil && p.accept(")") == "" {
		err = fmt.Errorf("a parenthesis is not closed")
	}
	return value, err
}

// figure takes a reference, and that what it is about into what the result is about.
func (p *parser) figure(ref string) (quantity, error) {
	f := p.ledger.figures[ref]
	if f == nil {
		return quantity{}, fmt.Errorf("there is no figure %s in the results of this conversation", ref)
	}
	p.used++
	if f.row != nil {
		maps.Copy(p.row.words, f.row.words)
		p.row.source, p.row.destination = f.row.source, f.row.destination
	}
	if p.from == "" {
		p.from, p.to = f.From, f.To
	}
	return f.value, nil
}

func (p *parser) function(name string, depth int) (quantity, error) {
	if p.accept("(") == "" {
		return quantity{}, fmt.Errorf("%s wants parentheses", name)
	}
	var values []quantity
	for {
		value, err := p.sum(depth + 1)
		if err != nil {
			return value, err
		}
		values = append(values, value)
		if len(values) > mostOperands {
			return value, fmt.Errorf("%s has more than %d parts", name, mostOperands)
		}
		if p.accept(",") == "" {
			break
		}
	}
	if p.accept(")") == "" {
		return quantity{}, fmt.Errorf("%s is not closed", name)
	}
	return folded(name, values)
}

func folded(name string, values []quantity) (quantity, error) {
	result := values[0]
	for _, value := range values[1:] {
		if value.dim != result.dim {
			return result, fmt.Errorf("%s of %s and %s", name, named(result.dim), named(value.dim))
		}
		order := value.number.Cmp(result.number)
		switch {
		case name == "sum" || name == "avg":
			result = quantity{new(big.Rat).Add(result.number, value.number), result.dim}
		case name == "min" && order < 0, name == "max" && order > 0:
			result = value
		}
	}
	if name == "avg" {
		result.number = new(big.Rat).Quo(result.number, big.NewRat(int64(len(values)), 1))
	}
	return result, nil
}
