// Asks CometBFT's own light client for its verdicts, and prints the questions with them; README.md says how to run it.
package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/crypto/tmhash"
	cmtjson "github.com/cometbft/cometbft/libs/json"
	cmtmath "github.com/cometbft/cometbft/libs/math"
	"github.com/cometbft/cometbft/light"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmtversion "github.com/cometbft/cometbft/proto/tendermint/version"
	"github.com/cometbft/cometbft/types"
)

const (
	chainID = "light-verdicts"
	period  = 24 * time.Hour
	drift   = 10 * time.Second
)

var start = time.Date(2026, 11, 1, 0, 0, 0, 123456789, time.UTC)

// member is a validator: the number of its key, and its power.
type member struct{ key, power int64 }

// The powers let exactly two thirds (5 and 3 of 12) and exactly one third (2 and 2) sign.
var old = []member{{0, 5}, {1, 3}, {2, 2}, {3, 2}}

func keyOf(m member) ed25519.PrivKey {
	return ed25519.GenPrivKeyFromSecret([]byte(fmt.Sprintf("light-verdicts %d", m.key)))
}

func setOf(members []member) *types.ValidatorSet {
	vals := make([]*types.Validator, len(members))
	for i, m := range members {
		vals[i] = types.NewValidator(keyOf(m).PubKey(), m.power)
	}
	return types.NewValidatorSet(vals)
}

// spec says of a block what differs from one of height, a second a height, made and signed by all of old.
type spec struct {
	height int64
	set    []member
	next   []member
	time   time.Time
	// Keys whose precommit is missing, or for no block.
	absent, none []int64
	change       func(*types.Header)
}

func block(s spec) types.LightBlock {
	if s.set == nil {
		s.set = old
	}
	if s.next == nil {
		s.next = s.set
	}
	if s.time.IsZero() {
		s.time = start.Add(time.Duration(s.height) * time.Second)
	}
	set := setOf(s.set)
	text := func(of string) []byte { return tmhash.Sum([]byte(fmt.Sprintf("%s %d", of, s.height))) }
	header := types.Header{
		Version:            cmtversion.Consensus{Block: 11, App: 1},
		ChainID:            chainID,
		Height:             s.height,
		Time:               s.time,
		LastBlockID:        types.BlockID{Hash: text("block"), PartSetHeader: types.PartSetHeader{Total: 1, Hash: text("parts")}},
		LastCommitHash:     text("commit"),
		DataHash:           text("data"),
		ValidatorsHash:     set.Hash(),
		NextValidatorsHash: setOf(s.next).Hash(),
		ConsensusHash:      text("consensus"),
		AppHash:            text("app"),
		LastResultsHash:    text("results"),
		EvidenceHash:       text("evidence"),
		ProposerAddress:    set.Validators[0].Address,
	}
	if s.change != nil {
		s.change(&header)
	}
	id := types.BlockID{Hash: header.Hash(), PartSetHeader: types.PartSetHeader{Total: 1, Hash: text("own parts")}}
	commit := &types.Commit{Height: header.Height, Round: 1, BlockID: id, Signatures: make([]types.CommitSig, len(s.set))}
	for _, m := range s.set {
		key := keyOf(m)
		place, _ := set.GetByAddress(key.PubKey().Address())
		if slices.Contains(s.absent, m.key) {
			commit.Signatures[place] = types.NewCommitSigAbsent()
			continue
		}
		vote := &types.Vote{
			Type: cmtproto.PrecommitType, Height: header.Height, Round: 1, BlockID: id,
			Timestamp: header.Time.Add(time.Second), ValidatorAddress: key.PubKey().Address(), ValidatorIndex: place,
		}
		if slices.Contains(s.none, m.key) {
			vote.BlockID = types.BlockID{}
		}
		vote.Signature = must(key.Sign(types.VoteSignBytes(header.ChainID, vote.ToProto())))
		commit.Signatures[place] = vote.CommitSig()
	}
	return types.LightBlock{SignedHeader: &types.SignedHeader{Header: &header, Commit: commit}, ValidatorSet: set}
}

// question is one to the light client: may target be believed, if the block "trusted" and the set it names as next are?
type question struct {
	Title   string   `json:"title"`
	Target  string   `json:"target"`
	Changes [][2]any `json:"changes,omitempty"`
	Now     string   `json:"now"`
	Level   []int64  `json:"level,omitempty"`
	Verdict string   `json:"verdict"`
}

type file struct {
	Engine           string                     `json:"engine"`
	TrustingPeriodMs int64                      `json:"trustingPeriodMs"`
	ClockDriftMs     int64                      `json:"clockDriftMs"`
	Blocks           map[string]json.RawMessage `json:"blocks"`
	Questions        []question                 `json:"questions"`
}

var (
	trusted = block(spec{height: 3})
	out     = file{
		Engine: "CometBFT v0.40.0", TrustingPeriodMs: period.Milliseconds(), ClockDriftMs: drift.Milliseconds(),
		Blocks: map[string]json.RawMessage{"trusted": written(trusted)},
	}
	level  = cmtmath.Fraction{Numerator: 1, Denominator: 3}
	always = start.Add(time.Minute)
)

func name(target string, b types.LightBlock) { out.Blocks[target] = written(b) }

// written leaves out who proposes next, which proves nothing.
func written(b types.LightBlock) json.RawMessage {
	var root any
	if err := json.Unmarshal(must(cmtjson.Marshal(b)), &root); err != nil {
		panic(err)
	}
	delete(at(root, []string{"validator_set"}).(map[string]any), "proposer")
	return must(json.Marshal(root))
}

func ask(title, target string, now time.Time, at cmtmath.Fraction, changes ...[2]any) {
	q := question{Title: title, Target: target, Changes: changes, Now: now.Format(time.RFC3339Nano)}
	if at != level {
		q.Level = []int64{int64(at.Numerator), int64(at.Denominator)}
	}
	q.Verdict = verdict(changed(out.Blocks[target], changes), now, at)
	out.Questions = append(out.Questions, q)
}

func verdict(text []byte, now time.Time, at cmtmath.Fraction) string {
	var b types.LightBlock
	if err := cmtjson.Unmarshal(text, &b); err != nil {
		panic(err)
	}
	err := light.Verify(trusted.SignedHeader, trusted.ValidatorSet, b.SignedHeader, b.ValidatorSet, period, now, drift, at)
	var untrusted light.ErrNewValSetCantBeTrusted
	switch {
	case err == nil:
		return "SUCCESS"
	case errors.As(err, &untrusted):
		return "NOT_ENOUGH_TRUST"
	default:
		return "INVALID"
	}
}

// changed puts other values into the JSON of a block, at paths like signed_header/commit/signatures/0/signature.
func changed(text []byte, changes [][2]any) []byte {
	var root any
	if err := json.Unmarshal(text, &root); err != nil {
		panic(err)
	}
	for _, c := range changes {
		steps := strings.Split(c[0].(string), "/")
		put(at(root, steps[:len(steps)-1]), steps[len(steps)-1], c[1])
	}
	return must(json.Marshal(root))
}

func at(node any, steps []string) any {
	for _, step := range steps {
		if list, ok := node.([]any); ok {
			node = list[index(step)]
		} else {
			node = node.(map[string]any)[step]
		}
	}
	return node
}

func put(node any, step string, value any) {
	if list, ok := node.([]any); ok {
		list[index(step)] = value
	} else {
		node.(map[string]any)[step] = value
	}
}

func index(step string) (i int) {
	_ = must(fmt.Sscan(step, &i))
	return i
}

// valueAt reads what a named block has at a path.
func valueAt(target, path string) any {
	var root any
	if err := json.Unmarshal(out.Blocks[target], &root); err != nil {
		panic(err)
	}
	return at(root, strings.Split(path, "/"))
}

// flipped changes one bit of the bytes at a path, hexadecimal or base64.
func flipped(target, path string, place int) [2]any {
	text := valueAt(target, path).(string)
	if raw, err := hex.DecodeString(text); err == nil {
		raw[place] ^= 1
		return [2]any{path, strings.ToUpper(hex.EncodeToString(raw))}
	}
	raw := must(base64.StdEncoding.DecodeString(text))
	raw[place] ^= 1
	return [2]any{path, base64.StdEncoding.EncodeToString(raw)}
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	signedBy()
	skippingTo()
	inTime()
	otherHeaders()
	for _, target := range []string{"next", "later"} {
		changedBytes(target)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(out); err != nil {
		panic(err)
	}
}
