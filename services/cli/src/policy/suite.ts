import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { riskPoolAbi } from '@nexus/chain/abi/RiskPool'
import { termsStoreAbi } from '@nexus/chain/abi/TermsStore'
import type { Manifest } from '@nexus/chain/manifest'
import { inputError } from '@nexus/kit/errors'
import { type Abi, type Address, getAddress, isAddress, isHash } from 'viem'

/** Whatever any contract of the suite can say or refuse with. */
export const suiteAbi: Abi = [...policyBookAbi, ...riskPoolAbi, ...termsStoreAbi, ...evidenceRegistryAbi].filter(
  (item, index, all) => all.findIndex(other => JSON.stringify(other) === JSON.stringify(item)) === index,
)

/** As in PolicyStatus. */
export const statusNames = ['none', 'active', 'paid', 'zero', 'lapsed', 'cancelled'] as const
/** As in AnchorState. */
export const anchorStates = ['none', 'anchored', 'disputed', 'final', 'upheld', 'void'] as const

export function poolOf({ pools }: Manifest, name: string): Address {
  const known = pools[name]
  if (known) return known
  if (isAddress(name)) return getAddress(name)
  throw inputError('no-such-pool', `there is no pool "${name}"; known: ${Object.keys(pools).join(', ') || 'none'}`, {
    name,
  })
}

export function parsePolicyId(text: string): bigint {
  if (/^(0x[0-9a-fA-F]{1,64}|[1-9]\d{0,77})$/.test(text)) {
    const policyId = BigInt(text)
    if (policyId < 2n ** 256n) return policyId
  }
  throw inputError('bad-policy-id', `"${text}" is no policy id`, { text })
}

export function parseAepId(text: string): `0x${string}` {
  if (isHash(text)) return text.toLowerCase() as `0x${string}`
  throw inputError('bad-aep-id', `"${text}" is no id of an evidence pack`, { text })
}

export function parseAddress(text: string): Address {
  if (isAddress(text)) return getAddress(text)
  throw inputError('bad-address', `"${text}" is no address`, { text })
}
