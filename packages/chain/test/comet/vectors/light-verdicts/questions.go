package main

import (
	"slices"
	"strings"
	"time"

	cmtmath "github.com/cometbft/cometbft/libs/math"
	"github.com/cometbft/cometbft/types"
)

// signedBy asks about the next header, by who has signed it.
func signedBy() {
	for target, s := range map[string]spec{
		"next":                {},
		"next, 10 of 12":      {absent: []int64{3}},
		"next, 8 of 12":       {absent: []int64{2, 3}},
		"next, 7 of 12":       {absent: []int64{0}},
		"next, nobody":        {absent: []int64{0, 1, 2, 3}},
		"next, 2 for none":    {none: []int64{3}},
		"next, 5 for none":    {none: []int64{0}},
		"next, other members": {set: []member{{7, 5}, {8, 3}, {9, 2}}},
		"next, other powers":  {set: []member{{0, 6}, {1, 3}, {2, 2}, {3, 2}}},
		"next, one left":      {set: []member{{0, 5}, {1, 3}, {2, 2}}},
	} {
		s.height = 4
		name(target, block(s))
	}
	for _, target := range sorted("next") {
		ask(target, target, always, level)
	}
}

// skippingTo asks about a later header, by how much of the trusted power has signed it.
func skippingTo() {
	for target, s := range map[string]spec{
		"later":                           {},
		"later, 5 of 12 stay":             {set: []member{{0, 5}, {7, 4}}},
		"later, 5 of 12 stay with little": {set: []member{{0, 1}, {7, 1}}},
		"later, 4 of 12 stay":             {set: []member{{2, 5}, {3, 5}, {7, 4}}},
		"later, 2 of 12 grow":             {set: []member{{3, 50}, {7, 1}}},
		"later, nobody stays":             {set: []member{{7, 1}, {8, 1}, {9, 1}}},
		"later, 5 of 12 stay silent":      {set: []member{{0, 5}, {7, 20}}, absent: []int64{0}},
		"later, 5 of 12 for none":         {set: []member{{0, 5}, {7, 20}}, none: []int64{0}},
		"later, 5 of 12 sign alone":       {set: []member{{0, 5}, {7, 20}}, absent: []int64{7}},
		"later, 8 of 12 stay":             {set: []member{{0, 5}, {1, 3}, {7, 1}}},
		"later, 10 of 12 stay":            {set: []member{{0, 5}, {1, 3}, {2, 2}, {7, 1}}},
	} {
		s.height = 8
		name(target, block(s))
	}
	for _, target := range sorted("later") {
		for _, at := range []cmtmath.Fraction{level, {Numerator: 2, Denominator: 3}, {Numerator: 1, Denominator: 1}} {
			ask(target, target, always, at)
		}
	}
}

// inTime asks at the bounds of the trusting period and of the drift, to the nanosecond.
func inTime() {
	for _, target := range []string{"next", "later"} {
		expiry := trusted.Time.Add(period)
		seen := start.Add(4 * time.Second)
		if target == "later" {
			seen = start.Add(8 * time.Second)
		}
		ask(target+", a nanosecond before the trust ends", target, expiry.Add(-1), level)
		ask(target+", when the trust ends", target, expiry, level)
		ask(target+", as far ahead as the drift", target, seen.Add(-drift), level)
		ask(target+", a nanosecond less far ahead", target, seen.Add(-drift+1), level)
	}
}

// otherHeaders asks about headers that all have signed and that cannot be.
func otherHeaders() {
	changes := map[string]func(*types.Header){
		"other chain":         func(h *types.Header) { h.ChainID = "light-verdicts-2" },
		"no chain":            func(h *types.Header) { h.ChainID = "" },
		"other block version": func(h *types.Header) { h.Version.Block = 12 },
		"short data hash":     func(h *types.Header) { h.DataHash = h.DataHash[:31] },
		"no proposer":         func(h *types.Header) { h.ProposerAddress = h.ProposerAddress[:0] },
	}
	times := map[string]time.Time{
		"same time":        trusted.Time,
		"a nanosecond on":  trusted.Time.Add(1),
		"a nanosecond ago": trusted.Time.Add(-1),
	}
	for title, change := range changes {
		name("header, "+title, block(spec{height: 4, change: change}))
	}
	for title, at := range times {
		name("header, "+title, block(spec{height: 4, time: at}))
		name("header skipped to, "+title, block(spec{height: 8, time: at}))
	}
	name("header, lower and later", block(spec{height: 2, time: start.Add(9 * time.Second)}))
	name("header, of the same height and later", block(spec{height: 3, time: start.Add(9 * time.Second)}))
	for _, target := range sorted("header") {
		ask(target, target, always, level)
	}
}

// sorted gives the named blocks whose names begin so, always in the same order.
func sorted(prefix string) (names []string) {
	for target := range out.Blocks {
		if strings.HasPrefix(target, prefix) {
			names = append(names, target)
		}
	}
	slices.Sort(names)
	return names
}

// changedBytes asks about a block in which one thing was changed after it had been signed.
func changedBytes(target string) {
	header, commit, set := "signed_header/header/", "signed_header/commit/", "validator_set/validators/"
	hashes := []string{
		"last_block_id/hash", "last_block_id/parts/hash", "last_commit_hash", "data_hash", "validators_hash",
		"next_validators_hash", "consensus_hash", "app_hash", "last_results_hash", "evidence_hash", "proposer_address",
	}
	for _, field := range hashes {
		ask(target+": "+field, target, always, level, flipped(target, header+field, 9))
	}
	values := [][2]any{
		{header + "version/app", "2"}, {header + "height", "9"}, {header + "last_block_id/parts/total", 2},
		{header + "time", "2026-11-01T00:00:20.123456789Z"},
		{commit + "height", "9"}, {commit + "round", 2}, {commit + "block_id/parts/total", 2},
		{set + "0/voting_power", "6"}, {set + "0/pub_key/value", valueAt(target, set+"1/pub_key/value")},
	}
	for _, change := range values {
		ask(target+": "+change[0].(string), target, always, level, change)
	}
	for _, path := range []string{commit + "block_id/hash", commit + "block_id/parts/hash"} {
		ask(target+": "+path, target, always, level, flipped(target, path, 9))
	}
	for _, place := range []string{"0", "1", "2", "3"} {
		of := commit + "signatures/" + place + "/"
		for _, byteAt := range []int{0, 31, 32, 63} {
			ask(target+": a bit of signature "+place, target, always, level, flipped(target, of+"signature", byteAt))
		}
		ask(target+": time of vote "+place, target, always, level, [2]any{of + "timestamp", "2026-11-01T00:00:21Z"})
		ask(target+": vote "+place+" as one for none", target, always, level, [2]any{of + "block_id_flag", 3})
		ask(target+": address of vote "+place, target, always, level, flipped(target, of+"validator_address", 9))
		other := map[string]string{"0": "1", "1": "2", "2": "3", "3": "0"}[place]
		from := commit + "signatures/" + other + "/signature"
		ask(target+": signature "+place+" of another", target, always, level, [2]any{of + "signature", valueAt(target, from)})
	}
}
