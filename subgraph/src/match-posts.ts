/** Everything that the book of posted results says, by what it is about. */
export {
  handleChallengeLost,
  handleChallengeOpened,
  handleChallengeReturned,
  handleContributionShown,
  handleEmptyClaimed,
  handleGroupsNamed,
  handleNodeDemanded,
  handleNodesShown,
  handlePartsAsked,
  handlePartsNamed,
  handleResultShown,
  handleShareNamed,
  handleSumDisputed,
} from './post-challenges'
export {
  handleCollected,
  handleCredited,
  handleDataPublished,
  handlePaidToCommons,
  handlePostConcluded,
  handlePostDefeated,
  handlePosted,
  handlePostVoided,
} from './posts'
