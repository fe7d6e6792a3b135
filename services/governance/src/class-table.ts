import { actionClassesAbi } from '@nexus/chain/abi/ActionClasses'
import { type Address, encodeFunctionData, type Hex } from 'viem'
import { toFunctionSelector } from 'viem/utils'

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
  /** Signatures by class. What is on no list is constitutional. */
  functions?: Partial<Record<Exclude<ClassName, 'constitutional'>, readonly string[]>>
}

const PAUSE = 'pause(uint40)'
const OPEN_RAIL =
  'openRail((string,string,address,uint40,bytes32,address[],(uint48,uint32,uint48,uint8,uint8,uint256,address),(bytes32,uint8,uint128,bytes32[],(bytes32,uint16)[],(bytes32,uint16[5])[])))'
const AWARD_TERMS = '(bytes32,uint32,address,address,uint128)'
const EXTEND_PAUSE = 'extendPause(uint40,bytes32)'

/**
 * What each power of the suite has to pass. A function is listed as low as three seats that act before anybody can answer may
 * go, and no lower: `grantRole` and its like are on no list, since one entry speaks for all roles.
 */
export const classTable: readonly ClassEntry[] = [
  { contract: 'AccessManager', kind: 'accessManager' },
  {
    contract: 'EvidenceRegistry',
    functions: {
      emergency: [PAUSE],
      ordinary: [EXTEND_PAUSE, 'dispute(bytes32,bytes32)'],
      ratification: ['rule(bytes32,bool,bytes32)', 'announceConfiguration(address[],bytes32[],uint8,uint40)'],
    },
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
    functions: { ratification: ['open(string,address)', 'changeKeeper(bytes32,address,bytes32)'] },
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
    contract: 'CommonsFund',
    functions: {
      ratification: [
        `grant(${AWARD_TERMS})`,
        `stream(${AWARD_TERMS},uint40,uint40,uint40)`,
        `pledge(${AWARD_TERMS},(bytes32,int64,uint40,uint40,uint8,bool),uint40)`,
        'announce(address,uint8,uint104,bytes32)',
        'revoke(bytes32,bytes32)',
      ],
    },
  },
]

/** Addresses by the contract's name; several where there are several of one kind, such as pools. */
export type Deployed = Readonly<Record<string, Address | readonly Address[]>>

/**
 * The calls, of the Safe, that write the table for what is deployed.
 * @param table address of ActionClasses
 */
export function classTableCalls(table: Address, deployed: Deployed, entries = classTable): Call[] {
  const call = (data: Hex): Call => ({ to: table, value: 0n, data })
  return entries.flatMap(({ contract, kind, functions = {} }) =>
    [deployed[contract] ?? []]
      .flat()
      .flatMap(target => [
        ...(kind ? [call(setTarget(target, kind))] : []),
        ...Object.entries(functions).map(([name, signatures]) =>
          call(setClasses(target, signatures, name as ClassName)),
        ),
      ]),
  )
}

const setTarget = (target: Address, kind: KindName): Hex =>
  encodeFunctionData({ abi: actionClassesAbi, functionName: 'setTarget', args: [target, kindNames.indexOf(kind)] })

const setClasses = (target: Address, signatures: readonly string[], className: ClassName): Hex =>
  encodeFunctionData({
    abi: actionClassesAbi,
    functionName: 'setClasses',
    args: [target, signatures.map(s => toFunctionSelector(`function ${s}`)), classNames.indexOf(className)],
  })

/** Says how calls to a target are read, in a call of the Safe. */
export const targetCall = (table: Address, target: Address, kind: KindName): Call => ({
  to: table,
  value: 0n,
  data: setTarget(target, kind),
})
