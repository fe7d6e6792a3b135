import { buildModule } from '@nomicfoundation/ignition-core'
import { assignFunctions } from './nexus.ts'
import { railsModule } from './rails.ts'

/** As `Share` in the contract: what stays, and who has the rest; the zero address where all stays. */
export interface CommonsShare {
  keptBps: number
  beneficiary: string
}

/** The commons. Its shares, in the order of `InflowSource`, are for good: another share is another fund. */
export const commonsModule = buildModule('Commons', m => {
  const suite = m.useModule(railsModule)
  const { access, registry } = suite
  // a beneficiary is not known before there is a chain, unless all stays, as it does where nothing else is said
  const everything: CommonsShare = { keptBps: 10_000, beneficiary: `0x${'00'.repeat(20)}` }
  const shares = ['feeShare', 'leftoverShare', 'slashShare', 'giftShare'].map(name =>
    m.getParameter<{ keptBps: number; beneficiary: string }>(name, { ...everything }),
  )
  const commons = m.contract('CommonsFund', [access, registry, shares])
  assignFunctions(m, access, commons, 'CommonsFund')
  return { ...suite, commons }
})
