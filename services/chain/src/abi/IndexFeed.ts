// Written by scripts/build.ts from contracts/evidence/IndexFeed.sol.
export const indexFeedAbi = [] as const
