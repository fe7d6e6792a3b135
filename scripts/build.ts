/**
 * Compiles the contracts and writes what everything else imports: `npm run build`.
 *  - services/chain/src/abi/<Contract>.ts: the ABI, `as const`
 *  - services/chain/artifacts/<Contract>.json: ABI and bytecode for deployments, so that nothing is compiled at start
 *  - services/chain/storage-layout.json: slot by slot, of the contracts that hold state
 * With `--check` nothing is written; exits with 1 and names the files that are stale.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const target = path.join(root, 'services', 'chain')
const check = process.argv.includes('--check')

/** Contracts that are deployed or spoken to, by the artifact that holds them. */
const published = [
  'contracts/evidence/EvidenceRegistry.sol/EvidenceRegistry',
  'contracts/evidence/IndexFeed.sol/IndexFeed',
  'contracts/evidence/DisputeBond.sol/DisputeBond',
  'contracts/governance/rail/CompetenceCredentials.sol/CompetenceCredentials',
  'contracts/governance/rail/EffectsGuard.sol/EffectsGuard',
  'contracts/governance/rail/EvidenceGuard.sol/EvidenceGuard',
  'contracts/governance/rail/RailBook.sol/RailBook',
  'contracts/governance/rail/RailFactory.sol/RailFactory',
  'contracts/governance/rail/RailGovernor.sol/RailGovernor',
  'contracts/governance/rail/RailMembership.sol/RailMembership',
  'contracts/governance/rail/RailTimelock.sol/RailTimelock',
  'contracts/governance/rail/RailTreasury.sol/RailTreasury',
  'contracts/capital/TermsStore.sol/TermsStore',
  'contracts/capital/PolicyBook.sol/PolicyBook',
  'contracts/capital/RiskPool.sol/RiskPool',
  'contracts/governance/nvm/NexusValidationModule.sol/NexusValidationModule',
  'contracts/governance/nvm/ActionClasses.sol/ActionClasses',
  'contracts/governance/nvm/NexusGuard.sol/NexusGuard',
  'contracts/governance/nvm/Constitution.sol/Constitution',
  'contracts/governance/nvm/SeatOwner.sol/SeatOwner',
  'contracts/governance/nvm/SeatOwnerFactory.sol/SeatOwnerFactory',
  'contracts/registry/ComponentRegistry.sol/ComponentRegistry',
  'contracts/funding/rounds/AttestationGate.sol/AttestationGate',
  'contracts/funding/rounds/QuadraticRound.sol/QuadraticRound',
  'contracts/funding/rounds/RoundFactory.sol/RoundFactory',
  'contracts/governance/nip/NipRegistry.sol/NipRegistry',
  'contracts/governance/charter/CharterRegistry.sol/CharterRegistry',
  'contracts/funding/commons/CommonsFund.sol/CommonsFund',
  'contracts/funding/posted/MatchPosts.sol/MatchPosts',
  'contracts/grievance/GrievanceRail.sol/GrievanceRail',
  'contracts/grievance/GrievanceDesk.sol/GrievanceDesk',
  'contracts/grievance/GrievanceLedger.sol/GrievanceLedger',
  'contracts/grievance/GrievancePanels.sol/GrievancePanels',
  'contracts/grievance/GrievanceOrders.sol/GrievanceOrders',
  'contracts/grievance/ArbiterRegister.sol/ArbiterRegister',
  'contracts/grievance/RespondentBonds.sol/RespondentBonds',
  '@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager',
  '@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913P256Verifier.sol/ERC7913P256Verifier',
  '@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913RSAVerifier.sol/ERC7913RSAVerifier',
  'test/mocks/TestAttestations.sol/TestAttestations',
  'test/mocks/TestStablecoin.sol/TestStablecoin',
]

interface Artifact {
  contractName: string
  sourceName: string
  inputSourceName: string
  abi: unknown[]
  bytecode: string
  buildInfoId: string
}
interface StorageLayout {
  storage: { label: string; slot: string; offset: number; type: string; contract: string }[]
  types: Record<string, { label: string; members?: StorageLayout['storage'] }> | null
}

const readJson = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T
const abiConstant = (name: string) => `${name[0]?.toLowerCase()}${name.slice(1)}Abi`

/** Storage as lines one can read in a diff: slot, offset, label, type; structs with their members. */
function storageLines(artifact: Artifact): string[] {
  const output = readJson<{ output: { contracts: Record<string, Record<string, { storageLayout: StorageLayout }>> } }>(
    path.join(root, 'artifacts', 'build-info', `${artifact.buildInfoId}.output.json`),
  )
  const layout = output.output.contracts[artifact.inputSourceName]?.[artifact.contractName]?.storageLayout
  if (!layout) throw new Error(`no storage layout for ${artifact.contractName}`)
  // Type identifiers end in AST numbers, which change with unrelated edits.
  const typeName = (id: string) => layout.types?.[id]?.label ?? id.replace(/\)\d+/g, ')')
  const structs = Object.values(layout.types ?? {}).filter(type => type.members)
  return [
    ...layout.storage.map(({ slot, offset, label, type }) => `${slot}:${offset} ${label} ${typeName(type)}`),
    ...structs.flatMap(type =>
      (type.members ?? []).map(m => `${type.label} ${m.slot}:${m.offset} ${m.label} ${typeName(m.type)}`),
    ),
  ].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}

const compiled = spawnSync(process.execPath, ['node_modules/hardhat/dist/src/cli.js', 'build', '--quiet'], {
  cwd: root,
  stdio: 'inherit',
})
if (compiled.status !== 0) process.exit(compiled.status ?? 1)

const files = new Map<string, string>()
const layouts: Record<string, string[]> = {}
for (const id of published) {
  const artifact = readJson<Artifact>(path.join(root, 'artifacts', `${id}.json`))
  const { contractName, sourceName, abi, bytecode } = artifact
  files.set(
    `src/abi/${contractName}.ts`,
    `// Written by scripts/build.ts from ${sourceName}.\nexport const ${abiConstant(contractName)} = ${JSON.stringify(abi, null, 2)} as const\n`,
  )
  files.set(
    `artifacts/${contractName}.json`,
    `${JSON.stringify({ _format: 'hh3-artifact-1', contractName, sourceName, abi, bytecode, linkReferences: {} })}\n`,
  )
  layouts[contractName] = storageLines(artifact)
}
files.set('storage-layout.json', `${JSON.stringify(layouts, null, 2)}\n`)

const present = ['src/abi', 'artifacts'].flatMap(folder =>
  existsSync(path.join(target, folder)) ? readdirSync(path.join(target, folder)).map(name => `${folder}/${name}`) : [],
)
const gone = present.filter(name => !files.has(name))
const stale = [...files].filter(([name, text]) => {
  const file = path.join(target, name)
  return !existsSync(file) || readFileSync(file, 'utf8') !== text
})

if (check) {
  const names = [...stale.map(([name]) => name), ...gone]
  if (names.length > 0) {
    console.error(`stale in services/chain: ${names.join(', ')}; run \`npm run build\` and look at the difference`)
    process.exit(1)
  }
} else {
  for (const name of gone) rmSync(path.join(target, name))
  for (const [name, text] of stale) {
    mkdirSync(path.dirname(path.join(target, name)), { recursive: true })
    writeFileSync(path.join(target, name), text)
  }
  console.error(`build: ${stale.length} files written, ${gone.length} removed`)
}
