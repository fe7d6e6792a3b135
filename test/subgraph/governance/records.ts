import { charterRegistryAbi } from '@nexus/chain/abi/CharterRegistry'
import { competenceCredentialsAbi } from '@nexus/chain/abi/CompetenceCredentials'
import { componentRegistryAbi } from '@nexus/chain/abi/ComponentRegistry'
import { nipRegistryAbi } from '@nexus/chain/abi/NipRegistry'
import { termsStoreAbi } from '@nexus/chain/abi/TermsStore'
import type { Hex } from '@nexus/kit/canonical'
import { type Account, accounts } from '@nexus/local/accounts'
import {
  concat,
  encodeAbiParameters,
  keccak256,
  numberToHex,
  parseAbiParameters,
  stringToHex,
  toFunctionSelector,
  zeroHash,
} from 'viem'
import { DAY, NOISE, sendRaw, type World, why } from './world.ts'

const version = (major: number, minor: number, patch: number) => major * 2 ** 32 + minor * 2 ** 16 + patch
const MODEL = 2
const PACK = 0
export const HYDROLOGY = keccak256(stringToHex('hydrology'))
export const SEISMOLOGY = keccak256(stringToHex('seismology'))

const { governor } = accounts
const [ana, ben, carla, dana] = accounts.holders

/** Proposals of every ending, two accepted ones after each other, and officers who come and go. */
export async function improve({ rpc, manifest, clock }: World): Promise<void> {
  const { send } = rpc
  const nips = { address: manifest.registries?.nip as Hex, abi: nipRegistryAbi } as const
  let count = 0n
  const act = (from: Account, functionName: string, ...args: unknown[]) => send(from, { ...nips, functionName, args })
  const submit = async (specName: string, of: number, activationSeconds = 0) => {
    const draft = { specName, version: of, specHash: why(`${specName} ${of}`), activationSeconds, uri: `ipfs://${of}` }
    await act(ana, 'submit', draft, why('it is needed'))
    return ++count
  }
  const specId = keccak256(stringToHex('standards/report'))
  const now = await clock.nowSeconds()
  await act(governor, 'grantEditor', ben.address, now + 200 * DAY, why('knows the form'))
  await act(governor, 'grantEditor', dana.address, now + 200 * DAY, why('knows it too'))
  await act(governor, 'endEditor', dana.address, why('does not'))
  await act(governor, 'grantMaintainer', specId, carla.address, now + 200 * DAY, why('knows the substance'))
  await act(governor, 'grantMaintainer', why('nobody proposes for it'), carla.address, now + DAY, why('early'))

  const accept = async (nip: bigint, text: Hex, accepted = true) => {
    await clock.moveBy(2 * DAY)
    await act(ben, 'advance', nip, why('in form'))
    await clock.moveBy(14 * DAY)
    await act(carla, 'advance', nip, why('sound'))
    await clock.moveBy(7 * DAY)
    await act(dana, 'advance', nip, why('its time is over'))
    await clock.moveBy(3 * DAY)
    await act(governor, 'recordOutcome', nip, text, accepted, why('as voted'))
  }
  const first = await submit('standards/report', version(1, 0, 0))
  await clock.moveBy(2 * DAY)
  await act(ben, 'advance', first, why('in form'))
  await act(ben, 'sendBack', first, why('a table is missing'))
  await act(ana, 'revise', first, why('with a table'), 'ipfs://table', why('the table'))
  await accept(first, why('with a table'))
  const next = await submit('standards/report', version(1, 1, 0), 10 * DAY)
  const other = await submit('standards/report', version(2, 0, 0), 30 * DAY)
  await submit('standards/feed', version(1, 0, 0))
  await accept(next, why(`standards/report ${version(1, 1, 0)}`))
  await act(ana, 'withdraw', other, why('overtaken'))
  await accept(
    await submit('standards/pack', version(1, 0, 0)),
    why(`standards/pack ${version(1, 0, 0)}`),
    false,
  ).catch(
    () => undefined, // nobody maintains it: it stays in review
  )
  const noise = encodeAbiParameters(
    parseAbiParameters('(bytes,uint48,bytes32,uint32,bytes) draft, bytes32 reasonHash'),
    [[NOISE, version(1, 0, 0), why('noise'), 0, NOISE], why('to break what reads it')],
  )
  const selector = toFunctionSelector('function submit((string,uint48,bytes32,uint32,string),bytes32)')
  await sendRaw(rpc, dana, nips.address, concat([selector, noise]))
}

/** Components of every standing: certified, suspended, answered, delisted, listed again, withdrawn, and noise. */
export async function certify(
  { rpc, manifest, clock }: World,
  { formulaId, feedId, termsHash }: Record<'formulaId' | 'feedId' | 'termsHash', Hex>,
): Promise<{ model: Hex }> {
  const { client, send } = rpc
  const registry = { address: manifest.registries?.component as Hex, abi: componentRegistryAbi } as const
  const store = { address: manifest.termsStore, abi: termsStoreAbi } as const
  const act = (from: Account, functionName: string, ...args: unknown[]) =>
    send(from, { ...registry, functionName, args })
  const idOf = async (kind: number, publisher: Account, name: string, of: number) => {
    const lineage = await client.readContract({
      ...registry,
      functionName: 'lineageIdOf',
      args: [kind, publisher.address, name],
    })
    return client.readContract({ ...registry, functionName: 'componentIdOf', args: [lineage, of] })
  }
  const release = (name: string, of: number, contentHash: Hex) => ({
    ...{ name, version: of, contentHash, sbomHash: why(`what ${name} is made of`), uri: `ipfs://${name}` },
  })
  const propose = async (kind: number, publisher: Account, name: string, of: number, contentHash: Hex) => {
    await act(publisher, 'propose', kind, release(name, of, contentHash))
    return idOf(kind, publisher, name, of)
  }
  const certified = async (id: Hex, level: number, eql: number) =>
    act(governor, 'certify', id, level, eql, (await clock.nowSeconds()) + 700 * DAY, why('tested'))

  const codeHash = why('the code of a model')
  const specification = stringToHex(
    `{"datasetVersion":"2011","decimals":2,"model":"rain","modelCodeHash":"${codeHash}","modelVersion":"1.0.0"}`,
  )
  await send(dana, { ...store, functionName: 'publishFeed', args: [specification] })
  const model = await propose(MODEL, dana, 'rain', version(1, 0, 0), codeHash)
  await act(dana, 'nameMaintainer', model, ben.address)
  await certified(model, 3, 3)
  await act(ana, 'linkFeed', specification)
  await act(governor, 'suspendUrgently', model, why('it may be wrong'))
  await act(governor, 'confirm', model, why('it is'))
  await act(ben, 'answer', model, why('it was, and is not any more'))
  await act(governor, 'dismiss', model, why('put right'))
  await propose(MODEL, dana, 'rain', version(1, 2, 3), why('its next code'))

  const pack = await propose(PACK, carla, 'maize', version(0, 1, 0), why('a pack'))
  await certified(pack, 4, 2)
  await act(carla, 'nameMaintainer', pack, ana.address)
  await act(carla, 'nameMaintainer', pack, '0x0000000000000000000000000000000000000000')
  await act(governor, 'openCase', pack, why('nobody answers'))
  await act(carla, 'withdraw', await propose(PACK, carla, 'millet', version(1, 0, 0), why('another pack')))

  const key = await client.readContract({ ...registry, functionName: 'templateKey', args: [formulaId, feedId] })
  await act(carla, 'proposeTemplate', formulaId, feedId, release('ramp', version(1, 0, 0), key))
  const template = await idOf(5, carla, 'ramp', version(1, 0, 0))
  await certified(template, 2, 4)
  await act(governor, 'openCase', template, why('it pays too little'))
  await act(carla, 'answer', template, why('it pays what it says'))
  await act(governor, 'suspend', template, why('it says too little'))
  await act(governor, 'delist', template, why('and that is that'))
  await send(dana, { ...store, functionName: 'enforceTerms', args: [termsHash] })
  await certified(template, 1, 1)

  const noise = encodeAbiParameters(parseAbiParameters('uint8 kind, (bytes,uint48,bytes32,bytes32,bytes) release'), [
    PACK,
    [NOISE, version(65535, 65535, 65535), why('noise'), zeroHash, concat([NOISE, numberToHex(0, { size: 4_000 })])],
  ])
  const selector = toFunctionSelector('function propose(uint8,(string,uint48,bytes32,bytes32,string))')
  await sendRaw(rpc, dana, registry.address, concat([selector, noise]))
  return { model }
}

/** A charter with every kind of carrier, amended and in part repealed; and an empty one. */
export async function charter({ rpc, manifest }: World, policyId: bigint, feedId: Hex): Promise<void> {
  const charters = { address: manifest.registries?.charter as Hex, abi: charterRegistryAbi } as const
  const act = (functionName: string, ...args: unknown[]) => rpc.send(governor, { ...charters, functionName, args })
  const id = keccak256(stringToHex('nexus'))
  const none = '0x0000000000000000000000000000000000000000' as const
  const carriers = [
    { kind: 0, target: manifest.registry, selector: toFunctionSelector('function pause(uint40)'), id: zeroHash },
    { kind: 1, target: manifest.policyBook, selector: '0x00000000', id: numberToHex(policyId, { size: 32 }) },
    { kind: 2, target: none, selector: '0x00000000', id: feedId },
  ]
  await act('open', 'nexus', governor.address)
  await act('open', 'nothing yet', ana.address)
  await act(
    ...([
      'amend',
      id,
      0,
      [
        { label: '1', text: 'Evidence moves money.', carriers },
        { label: '2', text: 'Nobody is clawed back.', carriers: [] },
      ],
    ] as const),
    why('to begin with'),
  )
  await act(
    ...([
      'amend',
      id,
      1,
      [
        { label: '1', text: 'Evidence moves money – and nothing else.', carriers: carriers.slice(0, 1) },
        { label: '2', text: '', carriers: [] },
      ],
    ] as const),
    why('said better'),
  )
  await act('changeKeeper', id, dana.address, why('it is the rail’s'))
}

/** Credentials in force, revoked, and an issuer who lost the right. */
export async function credit({ rpc, manifest, clock }: World): Promise<void> {
  const competence = { address: manifest.rails?.competence as Hex, abi: competenceCredentialsAbi } as const
  const act = (from: Account, functionName: string, ...args: unknown[]) =>
    rpc.send(from, { ...competence, functionName, args })
  const expiresAt = (await clock.nowSeconds()) + 900 * DAY
  await act(governor, 'setIssuer', dana.address, HYDROLOGY, true)
  await act(governor, 'setIssuer', dana.address, SEISMOLOGY, true)
  await act(dana, 'issue', ana.address, HYDROLOGY, 3, expiresAt, why('a thesis'))
  await act(dana, 'issue', ben.address, HYDROLOGY, 5, expiresAt, why('forty years'))
  await act(dana, 'issue', ben.address, SEISMOLOGY, 1, expiresAt, why('a course'))
  await act(ben, 'revoke', 2n, why('of no use to me'))
  await act(governor, 'revokeFor', 3n, why('the course was none'))
  await act(governor, 'setIssuer', dana.address, SEISMOLOGY, false)
}
