// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title Bits of the remedies a case can ask for beside compensation.
library Remedies {
    uint8 internal constant SUSPENSION = 1;
    uint8 internal constant DELISTING = 2; // never without SUSPENSION: it comes first
    uint8 internal constant CORRECTION = 4;
    uint8 internal constant APOLOGY = 8;
    uint8 internal constant ALL = 15;
}
