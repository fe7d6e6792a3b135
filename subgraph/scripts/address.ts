/** Prints the build's manifest for a deployment: `npm run address -w @nexus/subgraph -- MANIFEST.json [--network NAME]`. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Deployment, withAddresses } from './addresses.ts'
import { builtFolder } from './sources.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { network: { type: 'string', default: 'nexus' } },
})
const [file] = positionals
if (!file) {
  console.error('usage: npm run address -w @nexus/subgraph -- MANIFEST.json [--network NAME]')
  process.exit(2)
}
const deployment = JSON.parse(readFileSync(file, 'utf8')) as Deployment
process.stdout.write(
  withAddresses(readFileSync(new URL('subgraph.yaml', builtFolder), 'utf8'), deployment, values.network),
)
