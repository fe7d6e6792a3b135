import {
  type AnnouncementView,
  type DecisionView,
  type EmergencyView,
  readAnnouncements,
  readDecisions,
  readEmergencies,
} from '@nexus/governance/decisions'
import { readSeats, type SeatView, seatsMatchOwners } from '@nexus/governance/seats'
import { formatUtcSeconds } from '@nexus/kit/time'
import { type Hex, keccak256, size } from 'viem'
import { type Row, rows } from '../output.ts'
import { type Network, reading } from '../policy/network.ts'
import { callRows, ruleText } from './actions.ts'

const timeOrNull = (seconds: number | null) => (seconds === null ? null : formatUtcSeconds(seconds))

type Rationales = ReadonlyMap<Hex, string>

export const decisionDocument = (
  { proposal, calls, ballots, ...decision }: DecisionView,
  words: Rationales = new Map(),
) => ({
  ...decision,
  ballots: ballots.map(ballot => ({ ...ballot, rationale: words.get(ballot.rationaleHash) ?? null })),
  rationale: words.get(proposal.rationaleHash) ?? null,
  openedBy: proposal.seatId,
  nonce: proposal.nonce,
  rationaleHash: proposal.rationaleHash,
  rationaleURI: proposal.rationaleURI,
  calls,
  openedAt: formatUtcSeconds(decision.openedAt),
  quorumAt: timeOrNull(decision.quorumAt),
  readyAt: timeOrNull(decision.readyAt),
  expiresAt: formatUtcSeconds(decision.expiresAt),
})

const quoted = (text: string | undefined): string =>
  text === undefined ? '' : ` "${text.replace(/\s+/g, ' ').trim()}"`

export function decisionText(decision: DecisionView, words: Rationales = new Map()): string {
  const { proposal, ballots } = decision
  return rows(`decision ${decision.id}`, [
    ['class', decision.class],
    ['state', decision.state],
    ...callRows(decision.calls),
    ['needs', ruleText(decision.rule)],
    ['opened', `${formatUtcSeconds(decision.openedAt)} by seat ${proposal.seatId}`],
    [
      'rationale',
      `${proposal.rationaleHash} ${proposal.rationaleURI}`.trim() + quoted(words.get(proposal.rationaleHash)),
    ],
    ...decision.cited.map(({ aepId, state }) => ['cites', `${aepId}, ${state}`] as const),
    ...ballots.map(
      ({ seatId, choice, rationaleHash, counts }): Row => [
        `seat ${seatId}`,
        `${choice}${counts ? '' : ' (void: the seat changed hands)'}, rationale ${rationaleHash}${quoted(words.get(rationaleHash))}`,
      ],
    ),
    ...(decision.readyAt === null ? [] : [['ready', formatUtcSeconds(decision.readyAt)] as const]),
    ['remains', decision.remains],
  ])
}

export const announcementDocument = ({ call, ...announcement }: AnnouncementView) => ({
  ...announcement,
  usableFrom: formatUtcSeconds(announcement.usableFrom),
  usableUntil: formatUtcSeconds(announcement.usableUntil),
  calls: [call],
})

const emergencyDocument = (emergency: EmergencyView) => ({
  ...emergency,
  until: formatUtcSeconds(emergency.until),
  nextAt: formatUtcSeconds(emergency.nextAt),
  pausedUntil: formatUtcSeconds(emergency.pausedUntil),
})

/** Everything that is before the NVM, and what goes past it. @param aepId only decisions that cite it */
export async function overviewOf(network: Network, words: Rationales, aepId?: Hex) {
  const decisions = await reading(() => readDecisions(network, aepId))
  const announcements = aepId ? [] : await reading(() => readAnnouncements(network))
  const emergencies = aepId ? [] : await reading(() => readEmergencies(network))
  const document = {
    decisions: decisions.map(decision => decisionDocument(decision, words)),
    announcements: announcements.map(announcementDocument),
    emergencies: emergencies.map(emergencyDocument),
  }
  const text = [
    ...decisions.map(decision => decisionText(decision, words)),
    ...emergencies.map(({ contract, target, pausedUntil, nextAt, state, decisionId }) =>
      rows(`emergency stop of ${contract ?? target}: ${state}`, [
        ['decision', decisionId],
        ['until', formatUtcSeconds(pausedUntil)],
        ['again', `not before ${formatUtcSeconds(nextAt)}`],
      ]),
    ),
    ...announcements.map(({ id, by, usableFrom, usableUntil, state, call }) =>
      rows(`announced past the NVM: ${state}`, [
        ['id', id],
        ['by', by],
        ['usable', `${formatUtcSeconds(usableFrom)} to ${formatUtcSeconds(usableUntil)}`],
        ...callRows([call]),
      ]),
    ),
  ]
  return { document, text: text.length ? text.join('\n') : 'nothing is before the NVM' }
}

function keyText(key: SeatView['key']): string {
  if (key.kind === 'account') return key.address
  if (key.kind === 'contract') return `${key.address}, a contract that signs by ERC-1271`
  // an RSA key is four lines long: its hash tells it from another as well
  const name = size(key.key) <= 64 ? key.key : `with the hash ${keccak256(key.key)}`
  return `${key.algorithm ?? 'a key'} ${name} by verifier ${key.verifier}`
}

const seatText = ({ seatId, owner, key, termEndsAt, epoch, lapsed }: SeatView): string =>
  rows(`seat ${seatId}${lapsed ? ': its term is over, it has no ballot' : ''}`, [
    ['owner', owner],
    ['key', keyText(key)],
    ['term', `until ${formatUtcSeconds(termEndsAt)}`],
    ['epoch', `${epoch}`],
  ])

export async function seatsOf(network: Network) {
  const seats = await reading(() => readSeats(network))
  const matches = await reading(() => seatsMatchOwners(network))
  return {
    document: {
      seats: seats.map(seat => ({ ...seat, termEndsAt: formatUtcSeconds(seat.termEndsAt) })),
      ownersMatch: matches,
    },
    text: [
      ...seats.map(seatText),
      matches ? 'owners of the Safe are the owners of the seats' : 'owners of the Safe and of the seats DIFFER',
    ].join('\n'),
  }
}
