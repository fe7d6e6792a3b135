import type { Address } from 'viem'
import type { ChainReader } from '../registry/chain.ts'
import { grievanceContracts } from './contracts.ts'

/** What bonds and compensation are in, and who takes them. */
export async function grievanceAssets(chain: ChainReader) {
  const { ledger } = grievanceContracts(chain)
  const asset = await chain.client.readContract({ ...ledger, functionName: 'asset' })
  return { asset, spender: ledger.address }
}

/** What the ledger keeps for somebody, to be sent by anyone. Base units. */
export async function owedTo(chain: ChainReader, owner: Address): Promise<bigint> {
  const { ledger } = grievanceContracts(chain)
  const account = await chain.client.readContract({ ...ledger, functionName: 'accountOf', args: [owner] })
  return chain.client.readContract({ ...ledger, functionName: 'balanceOf', args: [account] })
}

/** What somebody has bonded as a respondent. `releasableAt`: unix seconds; 0 without a notice. */
export async function viewBond(chain: ChainReader, respondent: Address) {
  const { respondents } = grievanceContracts(chain)
  const [bondAssets, releasableAt, owedAssets] = await Promise.all([
    chain.client.readContract({ ...respondents, functionName: 'bondOf', args: [respondent] }),
    chain.client.readContract({ ...respondents, functionName: 'releasableAt', args: [respondent] }),
    owedTo(chain, respondent),
  ])
  return { bondAssets, releasableAt, owedAssets }
}
