// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";

import {AnchorWord, AnchorWordLib} from "../../../contracts/evidence/AnchorWord.sol";
import {Anchor, AnchorFlags, AnchorState} from "../../../contracts/evidence/IEvidenceRegistry.sol";

contract AnchorWordTest is Test {
    function testFuzz_aWordSaysWhatItsHeaderSaid(
        Anchor memory anchor,
        uint32 configVersion,
        uint32 signers
    ) public pure {
        AnchorWord word = _word(anchor, configVersion, signers);
        assertEq(abi.encode(word.unpack()), abi.encode(anchor));
        assertEq(word.sequence(), anchor.sequence);
        assertEq(word.feedIndex(), anchor.feedIndex);
        assertEq(word.isNone(), AnchorWord.unwrap(word) == 0);
    }

    function testFuzz_orderIsThatOfTheFields(Anchor memory a, Anchor memory b) public pure {
        assertEq(_word(a, 0, 0).isAbove(_word(b, 0, 0)), a.sequence > b.sequence);
        assertEq(_word(a, 0, 0).isNotBefore(_word(b, 0, 0)), a.to >= b.to);
        b.to = a.to; // the rest may differ as it likes
        assertTrue(_word(a, 0, 0).isNotBefore(_word(b, 0, 0)));
        b.sequence = a.sequence;
        assertFalse(_word(a, 0, 0).isAbove(_word(b, 0, 0)));
    }

    function testFuzz_aChangeChangesNothingElse(Anchor memory anchor, uint8 flags, uint40 finalAt) public pure {
        AnchorWord word = _word(anchor, 0, 0);
        AnchorWord changed = word.with(flags).withFinalAt(finalAt);
        assertEq(word.has(flags), anchor.flags & flags != 0);
        anchor.flags |= flags;
        anchor.finalAt = finalAt;
        assertEq(abi.encode(changed.unpack()), abi.encode(anchor));
    }

    function testFuzz_theStateFollowsFromFlagsAndClock(Anchor memory anchor, uint40 timestamp) public pure {
        anchor.eql = 1; // no anchor has none
        bool open = timestamp < anchor.finalAt;
        AnchorState expected;
        if (anchor.flags & AnchorFlags.VOID != 0) expected = AnchorState.Void;
        else if (anchor.flags & AnchorFlags.UPHELD != 0) expected = AnchorState.Upheld;
        else if (anchor.flags & AnchorFlags.DISPUTED != 0) expected = open ? AnchorState.Disputed : AnchorState.Upheld;
        else expected = open ? AnchorState.Anchored : AnchorState.Final;
        assertTrue(_word(anchor, 0, 0).stateAt(timestamp) == expected);
    }

    function testFuzz_aCapChangesNothingElseAndIsOfTheLatestAlone(
        Anchor memory anchor,
        Anchor memory next,
        uint8 mostEql
    ) public pure {
        anchor.eql = uint8(_bound(anchor.eql, 0, 4)); // 0: of a feed that has no anchor yet
        next.eql = uint8(_bound(next.eql, 1, 4));
        mostEql = uint8(_bound(mostEql, 1, 4));
        AnchorWord bare = _word(anchor, 0, 0);
        assertEq(bare.cap(), 4);
        AnchorWord capped = bare.withCap(mostEql);
        assertEq(capped.cap(), mostEql);
        assertEq(AnchorWord.unwrap(capped.uncapped()), AnchorWord.unwrap(bare));
        assertEq(AnchorWord.unwrap(capped.withCap(4)), AnchorWord.unwrap(bare));
        assertEq(capped.sequence(), anchor.sequence);
        assertEq(capped.feedIndex(), anchor.feedIndex);
        AnchorWord after_ = _word(next, 0, 0);
        assertEq(after_.eql(), next.eql);
        assertEq(after_.follows(capped), next.sequence > anchor.sequence && next.eql <= mostEql);
        assertEq(AnchorWord.unwrap(after_.withCapOf(capped)), AnchorWord.unwrap(after_.withCap(mostEql)));
        assertEq(after_.isNotBefore(capped), next.to >= anchor.to);
    }

    function testFuzz_noLevelAboveTheCapFollows(uint8 level, uint8 mostEql) public pure {
        mostEql = uint8(_bound(mostEql, 1, 4));
        Anchor memory next;
        (next.sequence, next.eql) = (1, level);
        AnchorWord capped = AnchorWord.wrap(0).withCap(mostEql);
        assertEq(_word(next, 0, 0).follows(capped), level <= mostEql);
    }

    function test_noWordIsNoAnchor() public pure {
        AnchorWord none = AnchorWord.wrap(0);
        assertTrue(none.isNone());
        assertTrue(none.stateAt(0) == AnchorState.None);
    }

    function _word(Anchor memory a, uint32 configVersion, uint32 signers) private pure returns (AnchorWord) {
        bytes memory header = abi.encodePacked(
            a.value,
            a.from,
            a.to,
            a.sequence,
            a.eql,
            a.flags,
            configVersion,
            signers
        );
        return AnchorWordLib.pack(uint256(bytes32(header)), a.finalAt, a.feedIndex);
    }
}
