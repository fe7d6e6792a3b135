import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type OpenedPack, openPack } from '@nexus/aep/pack'
import { renderPage } from '@nexus/aep/page'
import { recomputePack } from '@nexus/aep/recompute'
import { unzipPack } from '@nexus/aep/zip'
import type { Hex } from '@nexus/kit/canonical'
import type { Catalogue } from '@nexus/packs/catalogue'
import type { PackSource } from '@nexus/reconstruct/store'
import { parseTerms } from '@nexus/terms/terms'
import type { AepOutcome, PolicyOutcome } from './outcome.ts'
import type { Cover } from './scenario.ts'
import { termsOf } from './suite.ts'
import { money } from './summary.ts'

/** Opens the packs of a run from one operator's store. */
export async function openPacks(packs: PackSource, aeps: readonly AepOutcome[]): Promise<Map<Hex, OpenedPack>> {
  const opened = await Promise.all(
    aeps.map(async ({ aepId, name }) => {
      const zip = await packs.zip(aepId)
      if (!zip) throw new Error(`the operator does not have the pack of ${name}`)
      return [aepId, openPack(unzipPack(zip))] as const
    }),
  )
  return new Map(opened)
}

export interface PagesInput {
  fileOf: (name: string) => string
  catalogue: Catalogue
  packs: ReadonlyMap<Hex, OpenedPack>
  aeps: readonly AepOutcome[]
  policies: readonly PolicyOutcome[]
  covers: readonly Cover[]
}

/** Writes one self-contained HTML page per AEP; returns their files. */
export async function writePages({ fileOf, catalogue, packs, aeps, policies, covers }: PagesInput): Promise<string[]> {
  return Promise.all(
    aeps.map(async aep => {
      const pack = packs.get(aep.aepId)
      if (!pack) throw new Error(`no pack of ${aep.name}`)
      const policy = policies.find(({ aepId }) => aepId === aep.aepId)
      const cover = covers.find(({ feedId }) => feedId === aep.feed)
      const paid =
        policy &&
        `${money(policy.paidAssets, policy.assetDecimals)} of ${money(policy.coverAssets, policy.assetDecimals)} paid`
      const page = renderPage({
        pack,
        recomputed: await recomputePack(pack.files),
        operators: aep.signers,
        anchored: { eql: aep.eql, label: `anchored by ${aep.signers.length} operators` },
        unit: catalogue.model(aep.model).unit,
        title: aep.name,
        cover:
          cover && policy && paid
            ? { formula: parseTerms(termsOf(cover, policy.asset)).formula, outcome: paid }
            : undefined,
      })
      const file = fileOf(aep.name)
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, page)
      return file
    }),
  )
}
