import { actionClassesAbi } from '@nexus/chain/abi/ActionClasses'
import { ADMIT, AMEND, DRAW, GRANT, OPEN_RAIL, OPEN_ROUND, PLEDGE, SET_TERMS, STREAM } from '@nexus/deploy/signatures'
import { type Address, encodeFunctionData, getAddress, type Hex, size, slice } from 'viem'
import { toFunctionSelector } from 'viem/utils'
import type { Named } from './contracts.ts'

export interface Call {
  to: Address
  value: bigint
  data: Hex
}

/** As in ActionClass: the least is the highest. */
export const classNames = ['constitutional', 'ratification', 'ordinary', 'emergency'] as const
export type ClassName = (typeof classNames)[number]

/** As in TargetKind. */
export const kindNames = ['plain', 'multiSend', 'timelock', 'accessManager', 'protected'] as const
export type KindName = (typeof kindNames)[number]

export interface ClassEntry {
  /** Name of the contract in `services/chain`. */
  contract: string
  /** How calls to it are read; Plain, by the selector alone, when nothing is said. */
  kind?: KindName
  /** Signatures by class. What is on no list is constitutional, too; one on that list is so on purpose. */
  functions?: Partial<Record<ClassName, readonly string[]>>
}

const PAUSE = 'pause(uint40)'
const EXTEND_PAUSE = 'extendPause(uint40,bytes32)'

/**
 * What each power of the suite has to pass. A function is listed as low as three seats that act before anybody can answer may
 * go, and no lower: `grantRole` and its like are on no list, since one entry speaks for all roles. What everybody may call is listed
 * where decisions bring it along, so that it does not lift them: `enforce` only carries out what a standing says.
 */
export const classTable: readonly ClassEntry[] = [
  { contract: 'AccessManager', kind: 'accessManager' },
  {
    contract: 'EvidenceRegistry',
    functions: {
      emergency: [PAUSE],
      ordinary: [EXTEND_PAUSE, 'dispute(bytes32,bytes32)'],
      ratification: ['rule(bytes32,bool,bytes32)', 'announceConfiguration(address[],bytes32[],uint8,uint40)'],
      // the registry of components acts by it; whoever takes that from it takes a role
      constitutional: ['capFeed(bytes32,uint8)'],
    },
  },
  {
    contract: 'TermsStore',
    functions: { ordinary: ['enforceTerms(bytes32)'], constitutional: ['withdrawTemplate(bytes32,bytes32,bool)'] },
  },
  {
    contract: 'PolicyBook',
    functions: { emergency: [PAUSE], ordinary: [EXTEND_PAUSE], ratification: ['listPool(address)'] },
  },
  { contract: 'RiskPool', functions: { ordinary: ['setUnderwriter(address,bool)'] } },
  {
    contract: 'ComponentRegistry',
    functions: {
      ordinary: [
        'openCase(bytes32,bytes32)',
        'suspendUrgently(bytes32,bytes32)',
        'confirm(bytes32,bytes32)',
        'dismiss(bytes32,bytes32)',
        'enforce(bytes32)',
      ],
      ratification: [
        'certify(bytes32,uint8,uint8,uint40,bytes32)',
        'suspend(bytes32,bytes32)',
        'delist(bytes32,bytes32)',
      ],
    },
  },
  {
    contract: 'NipRegistry',
    functions: {
      ordinary: ['grantEditor(address,uint40,bytes32)', 'endEditor(address,bytes32)'],
      ratification: [
        'recordOutcome(uint256,bytes32,bool,bytes32)',
        'grantMaintainer(bytes32,address,uint40,bytes32)',
        'endMaintainer(bytes32,address,bytes32)',
      ],
    },
  },
  {
    contract: 'CharterRegistry',
    functions: {
      // what is promised, and not what happens: the words of a specification. What they name is changed by its own class
      ratification: ['open(string,address)', 'changeKeeper(bytes32,address,bytes32)', AMEND],
    },
  },
  { contract: 'RailFactory', functions: { ratification: [OPEN_RAIL] } },
  {
    contract: 'RailBook',
    functions: {
      ordinary: ['withdrawConsent(address,bytes32,bytes32)'],
      ratification: ['consent(address,bytes32,bytes32)'],
    },
  },
  {
    contract: 'CompetenceCredentials',
    functions: { ratification: ['setIssuer(address,bytes32,bool)', 'revokeFor(uint256,bytes32)'] },
  },
  {
    contract: 'RoundFactory',
    functions: {
      ordinary: ['holdPayouts(address,uint32,uint40,bytes32)', 'endHold(address,uint32,bytes32)'],
      ratification: [OPEN_ROUND, 'cancelRound(address,bytes32)'],
    },
  },
  {
    contract: 'CommonsFund',
    functions: {
      constitutional: ['awardCompensation(address,address,uint256,bytes32)'],
      ratification: [GRANT, STREAM, PLEDGE, 'announce(address,uint8,uint104,bytes32)', 'revoke(bytes32,bytes32)'],
    },
  },
  // what a case does to the contracts around it is no decision of anybody's
  {
    contract: 'GrievanceDesk',
    functions: {
      constitutional: [ADMIT, 'endWaiver(address)'],
      ratification: [SET_TERMS],
    },
  },
  {
    contract: 'ArbiterRegister',
    functions: { constitutional: ['penalise(address,uint256,bytes32)'], ratification: ['setBond(uint96)'] },
  },
  { contract: 'GrievancePanels', functions: { constitutional: [DRAW] } },
  {
    contract: 'GrievanceOrders',
    functions: { constitutional: ['issue(uint256,address,address,bytes32,uint96,uint8)'] },
  },
  { contract: 'RespondentBonds', functions: { constitutional: ['slash(address,bytes32,uint256)'] } },
  {
    contract: 'GrievanceLedger',
    functions: { constitutional: ['collect(bytes32,address,uint256)', 'move(bytes32,bytes32,uint256)'] },
  },
]

const selectorOf = (signature: string): Hex => toFunctionSelector(`function ${signature}`)

/** The highest that any of the calls needs by the table as it is written, before a chain has one. What is nested is not read. */
export function classByTable(calls: readonly Call[], contracts: readonly Named[], entries = classTable): ClassName {
  const classOf = ({ to, value, data }: Call): ClassName => {
    const name = contracts.find(({ address }) => address === getAddress(to))?.name.split(':')[0]
    const entry = entries.find(({ contract, kind = 'plain' }) => contract === name && kind === 'plain')
    if (!entry || value > 0n || size(data) < 4) return 'constitutional'
    return (
      classNames.find(one => listedIn(entry, one).some(s => selectorOf(s) === slice(data, 0, 4))) ?? 'constitutional'
    )
  }
  return classNames.find(one => calls.some(call => classOf(call) === one)) ?? 'constitutional'
}

const listedIn = ({ functions = {} }: ClassEntry, name: ClassName): readonly string[] => functions[name] ?? []

/** The class of a function by the table, which says of each power what it is; null where it says nothing. */
export const listedClass = (contract: string, signature: string, entries = classTable): ClassName | null => {
  const entry = entries.find(one => one.contract === contract)
  return classNames.find(name => entry && listedIn(entry, name).includes(signature)) ?? null
}

/** Addresses by the contract's name; several where there are several of one kind, such as pools. */
export type Deployed = Readonly<Record<string, Address | readonly Address[]>>

/**
 * The calls, of the Safe, that write the table for what is deployed.
 * @param table address of ActionClasses
 */
export function classTableCalls(table: Address, deployed: Deployed, entries = classTable): Call[] {
  const call = (data: Hex): Call => ({ to: table, value: 0n, data })
  return entries.flatMap(({ contract, kind, functions = {} }) =>
    [deployed[contract] ?? []].flat().flatMap(target => [
      ...(kind ? [call(setTarget(target, kind))] : []),
      ...Object.entries(functions)
        .filter(([name]) => name !== 'constitutional') // as it is without an entry
        .map(([name, signatures]) => call(setClasses(target, signatures, name as ClassName))),
    ]),
  )
}

const setTarget = (target: Address, kind: KindName): Hex =>
  encodeFunctionData({ abi: actionClassesAbi, functionName: 'setTarget', args: [target, kindNames.indexOf(kind)] })

const setClasses = (target: Address, signatures: readonly string[], className: ClassName): Hex =>
  encodeFunctionData({
    abi: actionClassesAbi,
    functionName: 'setClasses',
    args: [target, signatures.map(selectorOf), classNames.indexOf(className)],
  })

/** Says how calls to a target are read, in a call of the Safe. */
export const targetCall = (table: Address, target: Address, kind: KindName): Call => ({
  to: table,
  value: 0n,
  data: setTarget(target, kind),
})
