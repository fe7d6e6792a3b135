import path from 'node:path'

const slug = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-')

/** Where everything of one run is kept: `.nexus/last-run`, or a folder of one's own. */
export function runLayout(root: string) {
  const at = (...parts: string[]) => path.join(root, ...parts)
  return {
    root,
    journal: at('chain.jsonl'),
    deployment: at('deployment'),
    manifest: at('manifest.json'),
    ports: at('ports.json'),
    outcome: at('outcome.json'),
    /** HTML, one page per AEP. */
    page: (name: string) => at('pages', `${slug(name)}.html`),
    /** Terms documents, one per cover. */
    terms: (name: string) => at('terms', `${slug(name)}.json`),
    log: (name: string) => at('logs', `${name}.log`),
    operator: (index: number) => {
      const folder = at('operators', String(index))
      return {
        folder,
        config: path.join(folder, 'relayer.json'),
        keystore: path.join(folder, 'keystore.json'),
        passphrase: path.join(folder, 'passphrase'),
        pqKey: path.join(folder, 'ml-dsa-65.pem'),
        store: path.join(folder, 'packs'),
        database: path.join(folder, 'relayer.db'),
      }
    },
    observatory: { config: at('observatory', 'observatory.json'), folder: at('observatory') },
    forgingObservatory: { config: at('forging-observatory', 'observatory.json'), folder: at('forging-observatory') },
    lateObservatory: { config: at('late-observatory', 'observatory.json'), folder: at('late-observatory') },
    keeper: {
      config: at('keeper', 'keeper.json'),
      folder: at('keeper'),
      keystore: at('keeper', 'keystore.json'),
      passphrase: at('keeper', 'passphrase'),
      database: at('keeper', 'keeper.db'),
    },
    railDocuments: at('rail-documents'),
    indexer: at('indexer'),
  }
}
export type RunLayout = ReturnType<typeof runLayout>
