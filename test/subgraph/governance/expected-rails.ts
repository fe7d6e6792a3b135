import { competenceCredentialsAbi } from '@nexus/chain/abi/CompetenceCredentials'
import { railBookAbi } from '@nexus/chain/abi/RailBook'
import { railFactoryAbi } from '@nexus/chain/abi/RailFactory'
import { railGovernorAbi } from '@nexus/chain/abi/RailGovernor'
import { railMembershipAbi } from '@nexus/chain/abi/RailMembership'
import { railTimelockAbi } from '@nexus/chain/abi/RailTimelock'
import { railTreasuryAbi } from '@nexus/chain/abi/RailTreasury'
import type { Manifest } from '@nexus/chain/manifest'
import type { Hex } from '@nexus/kit/canonical'
import { erc20Abi, numberToHex, type PublicClient, zeroAddress } from 'viem'
import { chainReader, low, orNull, type Row, text, unique } from '../rows.ts'

const STATES = ['PROPOSED', 'PROPOSED', 'CANCELED', 'PROPOSED', 'PROPOSED', 'QUEUED', 'QUEUED', 'EXECUTED']
const word = (value: bigint) => numberToHex(value, { size: 32 }).slice(2)

/** Rails and competence, by their contracts' views. */
export async function expectedRails(client: PublicClient, manifest: Manifest): Promise<Record<string, Row[]>> {
  const { rails } = manifest
  if (!rails) return {}
  const { logs, timeOf } = chainReader(client)
  const factory = { address: rails.factory, abi: railFactoryAbi } as const
  const book = { address: rails.book, abi: railBookAbi } as const
  const rows: Record<string, Row[]> = {}
  const add = (kind: string, ...more: Row[]) => {
    rows[kind] = [...(rows[kind] ?? []), ...more]
  }
  const count = await client.readContract({ ...factory, functionName: 'railCount' })
  for (let railId = 1n; railId <= count; railId++) {
    const [governor, timelock, membership, treasury, votes] = await client.readContract({
      ...{ ...factory, functionName: 'railOf', args: [railId] },
    })
    const rail = { id: text(railId) }
    const g = { address: governor, abi: railGovernorAbi } as const
    const t = { address: timelock, abi: railTimelockAbi } as const
    const m = { address: membership, abi: railMembershipAbi } as const
    const number = (functionName: string) =>
      client.readContract({ ...g, functionName } as never).then(value => text(value as bigint))
    const proposed = await logs(governor, g.abi, 'ProposalCreated')
    const guardian = await client.readContract({ ...g, functionName: 'proposalGuardian' })
    add('rails', {
      ...{ ...rail, governor: low(governor), timelock: low(timelock), membership: low(membership) },
      ...{ treasury: low(treasury), votes: low(votes), page: { id: low(timelock) } },
      name: await client.readContract({ ...g, functionName: 'name' }),
      metadataURI: await client.readContract({ ...t, functionName: 'daoURI' }),
      votingDelaySeconds: await number('votingDelay'),
      votingPeriodSeconds: await number('votingPeriod'),
      lateQuorumExtensionSeconds: await number('lateQuorumVoteExtension'),
      quorumPercent: await number('quorumNumerator'),
      superQuorumPercent: await number('superQuorumNumerator'),
      proposalThreshold: await number('proposalThreshold'),
      guardian: guardian === zeroAddress ? null : low(guardian),
      timelockDelaySeconds: text(await client.readContract({ ...t, functionName: 'getMinDelay' })),
      memberCount: Number(await client.readContract({ ...m, functionName: 'memberCount' })),
      proposalCount: proposed.length,
    })

    const [charterHash, leastLevel, , voteUnit] = await client.readContract({
      ...{ ...book, functionName: 'pageOf', args: [timelock] },
    })
    const table = await client.readContract({ ...book, functionName: 'weightsOf', args: [timelock] })
    const page = { id: low(timelock) }
    add('railPages', {
      ...{ ...page, rail, charterHash, leastLevel, voteUnit: text(voteUnit) },
      weights: table.map(({ field, bpsByLevel }) => ({ field, bpsByLevel: [...bpsByLevel] })),
    })
    const here = <T extends { args: { timelock: Hex } }>(all: readonly T[]) =>
      all.filter(({ args }) => args.timelock === timelock)
    for (const { args } of here(await logs(book.address, book.abi, 'FeeSet'))) {
      const { kind } = args
      const bps = await client.readContract({ ...book, functionName: 'feeOf', args: [timelock, kind] })
      if (!rows['railFees']?.some(row => row['id'] === `${page.id}${kind.slice(2)}`))
        add('railFees', { id: `${page.id}${kind.slice(2)}`, page, kind, bps })
    }
    for (const { args } of here(await logs(book.address, book.abi, 'PackEnabled'))) {
      const enabled = await client.readContract({
        ...book,
        functionName: 'isPackEnabled',
        args: [timelock, args.componentId],
      })
      add('railPacks', { page, component: { id: args.componentId }, enabled, conformanceLevel: args.conformanceLevel })
    }
    for (const { args } of here(await logs(book.address, book.abi, 'TrackSet'))) {
      const { target, selector } = args
      const alone = await client.readContract({ ...book, functionName: 'isAlone', args: [timelock, target, selector] })
      add('railTracks', { page, target: low(target), selector, alone })
    }
    const consented = here(await logs(book.address, book.abi, 'ConsentGiven'))
    for (const operationId of unique(consented.map(({ args }) => args.operationId)))
      add('consents', {
        id: `${page.id}${operationId.slice(2)}`,
        ...{
          page,
          operationId,
          rationaleHash: consented.findLast(({ args }) => args.operationId === operationId)?.args.rationaleHash,
        },
        given: await client.readContract({ ...book, functionName: 'hasConsent', args: [timelock, operationId] }),
      })

    // who ever was a member or a delegate
    const [admitted, voted, removed, resigned] = await Promise.all([
      logs(membership, m.abi, 'MemberAdmitted'),
      logs(membership, m.abi, 'DelegateVotesChanged'),
      logs(membership, m.abi, 'MemberRemoved'),
      logs(membership, m.abi, 'MemberResigned'),
    ])
    for (const account of unique([
      ...admitted.map(({ args }) => args.account),
      ...voted.map(({ args }) => args.delegate),
    ])) {
      const id = `${low(membership)}${low(account).slice(2)}`
      const shares = await client.readContract({ ...m, functionName: 'sharesOf', args: [account] })
      const isMember = await client.readContract({ ...m, functionName: 'isMember', args: [account] })
      const since = await client.readContract({ ...m, functionName: 'admittedAtOf', args: [account] })
      const admission = admitted.findLast(({ args }) => args.account === account)
      const removal = removed.findLast(({ args }) => args.account === account)
      const end = removal ?? resigned.findLast(({ args }) => args.account === account)
      add('railAccounts', {
        ...{ id, rail, account: low(account), isMember },
        votes: text(await client.readContract({ ...m, functionName: 'getVotes', args: [account] })),
        admittedAt: isMember ? text(since) : admission ? await timeOf(admission) : null,
        admittedReasonHash: admission?.args.reasonHash ?? null,
        endedAt: isMember || !end ? null : await timeOf(end),
        removedReasonHash: isMember ? null : (removal?.args.reasonHash ?? null),
      })
      for (const { delegate, bps } of shares)
        add('delegations', {
          ...{ id: `${id}${low(delegate).slice(2)}`, delegator: { id }, bps },
          delegate: { id: `${low(membership)}${low(delegate).slice(2)}`, account: low(delegate) },
        })
    }

    const [queued, cited, declared, cast, split] = await Promise.all([
      logs(governor, g.abi, 'ProposalQueued'),
      logs(governor, g.abi, 'ProposalCites'),
      logs(governor, g.abi, 'ProposalDeclaresEffects'),
      logs(governor, g.abi, 'VoteCast'),
      logs(governor, g.abi, 'VoteCastWithParams'),
    ])
    const votesIn = [...cast, ...split]
    const ended = [
      ...(await logs(governor, g.abi, 'ProposalExecuted')),
      ...(await logs(governor, g.abi, 'ProposalCanceled')),
    ]
    for (const log of proposed) {
      const { proposalId, targets, values, calldatas, description } = log.args
      const read = (functionName: string) =>
        client.readContract({ ...g, functionName, args: [proposalId] } as never) as Promise<never>
      const id = `${low(governor)}${word(proposalId)}`
      const [against, inFavour, abstain] = (await read('proposalVotes')) as [bigint, bigint, bigint]
      const queueing = queued.find(({ args }) => args.proposalId === proposalId)
      const ending = ended.find(({ args }) => args.proposalId === proposalId)
      const scheduled = (await logs(timelock, t.abi, 'CallScheduled')).find(
        one => one.transactionHash === queueing?.transactionHash,
      )
      const operationId = scheduled?.args.id ?? null
      const consent = operationId && rows['consents']?.find(row => row['id'] === `${page.id}${operationId.slice(2)}`)
      add('railProposals', {
        ...{ id, rail, proposalId: text(proposalId), callCount: targets.length },
        // graph-node reads what is not UTF-8 as viem does
        description: description.replaceAll('\u0000', ''),
        proposer: low(await read('proposalProposer')),
        status: STATES[await read('state')],
        voteStartAt: text(await read('proposalSnapshot')),
        voteEndAt: text(await read('proposalDeadline')),
        etaAt: orNull((await read('proposalEta')) as bigint) ?? (queueing ? text(queueing.args.etaSeconds) : null),
        ...{ forVotes: text(inFavour), againstVotes: text(against), abstainVotes: text(abstain) },
        voteCount: votesIn.filter(({ args }) => args.proposalId === proposalId).length,
        cites: (cited.find(({ args }) => args.proposalId === proposalId)?.args.aepIds ?? []).map(aep => ({ id: aep })),
        effectsHash: declared.find(({ args }) => args.proposalId === proposalId)?.args.effectsHash ?? null,
        operationId,
        consent: consent ? { id: consent['id'], given: consent['given'] } : null,
        ...{ proposedAt: await timeOf(log), proposedTx: log.transactionHash },
        queuedAt: queueing ? await timeOf(queueing) : null,
        queuedTx: queueing?.transactionHash ?? null,
        closedAt: ending ? await timeOf(ending) : null,
        closedTx: ending?.transactionHash ?? null,
      })
      for (const [index, to] of targets.entries()) {
        const data = calldatas[index] ?? '0x'
        add('railCalls', {
          ...{ proposal: { id }, index, to: low(to), value: text(values[index] ?? 0n), data },
          selector: data.length < 10 ? null : data.slice(0, 10),
        })
      }
    }
    for (const log of votesIn) {
      const { proposalId, voter, reason } = log.args
      const tally = (blockNumber: bigint) =>
        client.readContract({ ...g, functionName: 'proposalVotes', args: [proposalId], blockNumber })
      const [before, after] = await Promise.all([tally(log.blockNumber - 1n), tally(log.blockNumber)])
      const [againstVotes, forVotes, abstainVotes] = after.map((value, i) => text(value - (before[i] ?? 0n)))
      add('railVotes', {
        ...{ proposal: { id: `${low(governor)}${word(proposalId)}` }, voter: low(voter), reason },
        ...{ againstVotes, forVotes, abstainVotes, castAt: await timeOf(log), castTx: log.transactionHash },
      })
    }
    const safe = { address: treasury, abi: railTreasuryAbi } as const
    for (const { args, transactionHash, blockNumber } of await logs(treasury, safe.abi, 'TreasuryPaid')) {
      const moved = await client.getContractEvents({
        ...{
          address: args.token,
          abi: erc20Abi,
          eventName: 'Transfer',
          fromBlock: blockNumber,
          toBlock: blockNumber,
          strict: true,
        },
      })
      const [transfer] = moved.filter(({ args: { from } }) => from === treasury)
      add('railPayments', {
        ...{ rail, token: low(args.token), to: low(transfer?.args.to ?? ''), assets: text(transfer?.args.value ?? 0n) },
        ...{ reasonHash: args.reasonHash, tx: transactionHash },
      })
    }
    for (const { args } of await logs(treasury, safe.abi, 'TreasurySigned'))
      add('railSignatures', {
        ...{ rail, hash: args.hash },
        validUntil: text(await client.readContract({ ...safe, functionName: 'signedUntil', args: [args.hash] })),
      })
  }

  const competence = { address: rails.competence, abi: competenceCredentialsAbi } as const
  const revoked = await logs(competence.address, competence.abi, 'CredentialRevoked')
  for (const { args } of await logs(competence.address, competence.abi, 'CredentialIssued')) {
    const { credentialId, evidenceHash } = args
    const credential = await client.readContract({ ...competence, functionName: 'credentialOf', args: [credentialId] })
    const revocation = revoked.find(log => log.args.credentialId === credentialId)
    add('credentials', {
      ...{ id: text(credentialId), holder: low(credential.holder), field: credential.field, level: credential.level },
      ...{ issuer: low(credential.issuer), evidenceHash, issuedAt: text(credential.issuedAt) },
      ...{ expiresAt: text(credential.expiresAt), revokedAt: orNull(credential.revokedAt) },
      revokedBy: revocation ? low(revocation.args.by) : null,
      reasonHash: revocation?.args.reasonHash ?? null,
    })
  }
  const said = await logs(competence.address, competence.abi, 'IssuerSet')
  for (const id of unique(said.map(({ args }) => `${low(args.issuer)}${args.field.slice(2)}`))) {
    const [issuer, field] = [id.slice(0, 42) as Hex, `0x${id.slice(42)}` as Hex]
    const allowed = await client.readContract({ ...competence, functionName: 'isIssuer', args: [issuer, field] })
    add('credentialIssuers', { id, issuer, field, allowed })
  }
  return rows
}
