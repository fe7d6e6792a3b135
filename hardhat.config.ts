import { fileURLToPath } from 'node:url'
import hardhatEthers from '@nomicfoundation/hardhat-ethers'
import hardhatEthersChaiMatchers from '@nomicfoundation/hardhat-ethers-chai-matchers'
import hardhatMocha from '@nomicfoundation/hardhat-mocha'
import hardhatNetworkHelpers from '@nomicfoundation/hardhat-network-helpers'
import hardhatTypechain from '@nomicfoundation/hardhat-typechain'
import { defineConfig } from 'hardhat/config'
import type { HardhatPlugin } from 'hardhat/types/plugins'

/** Coverage instruments the bytecode: with folders of its own it does not force everything else to compile again. */
const instrumented = process.argv.includes('--coverage')

/** What is instrumented is thrown away after one run, and may be as large as it likes: enough for the stack, and twice as fast. */
const unoptimized = {
  enabled: false,
  details: { yul: true, yulDetails: { stackAllocation: true, optimizerSteps: ':' } },
}

/** The compiler is the npm package's WebAssembly build: nothing is downloaded. */
const solc = (runs = 10_000, viaIR = false) => ({
  version: '0.8.35',
  path: fileURLToPath(import.meta.resolve('solc/soljson.js')),
  settings: {
    evmVersion: 'osaka',
    // the other pipeline runs out of stack without its optimiser
    optimizer: instrumented && !viaIR ? unoptimized : { enabled: true, runs },
    ...(viaIR ? { viaIR } : {}),
    metadata: { bytecodeHash: 'none' as const },
    outputSelection: { '*': { '*': ['storageLayout'] } },
  },
})

/** What is beyond what a contract may weigh (EIP-170) unless it is made small. */
const small = {
  // OpenZeppelin's, with all its extensions
  'contracts/governance/rail/RailGovernor.sol': solc(200),
  // the whole of a challenge
  'contracts/funding/posted/MatchPosts.sol': solc(200),
  // a round, from its applications to its payouts
  'contracts/funding/rounds/QuadraticRound.sol': solc(1_000, true),
}

/** Warnings located in dependencies would hide ours. */
const quietDependencies: HardhatPlugin = {
  id: 'quiet-dependencies',
  hookHandlers: {
    solidity: async () => ({
      default: async () => ({
        getCompilationJobErrors: async (context, job, output, next) =>
          (await next(context, job, output)).filter(
            e => e.severity === 'error' || !/--> (\.\/)?node_modules\/|^npm\//.test(e.formattedMessage ?? ''),
          ),
      }),
    }),
  },
}

/** The same inputs in every run; others are tried with `NEXUS_FUZZ_SEED=0x… npm run test:deep`. */
const fuzzSeed = process.env.NEXUS_FUZZ_SEED ?? '0x1234'

export default defineConfig({
  plugins: [
    hardhatEthers,
    hardhatEthersChaiMatchers,
    hardhatMocha,
    hardhatNetworkHelpers,
    hardhatTypechain,
    quietDependencies,
  ],
  solidity: {
    profiles: {
      default: { compilers: [solc()], overrides: small },
      production: { compilers: [solc()], overrides: small, isolated: false },
    },
    npmFilesToBuild: [
      '@openzeppelin/contracts/access/manager/AccessManager.sol',
      '@openzeppelin/contracts/governance/TimelockController.sol',
      '@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913P256Verifier.sol',
      '@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913RSAVerifier.sol',
    ],
  },
  paths: {
    ...(instrumented ? { artifacts: 'cache/coverage/artifacts', cache: 'cache/coverage/cache' } : {}),
    // mocks are deployed by TypeScript tests and by the local chain, so they need artifacts, but they are no product
    sources: ['contracts', 'test/mocks'],
    tests: { solidity: 'test/solidity', mocha: 'test/contracts' },
  },
  networks: {
    default: { type: 'edr-simulated', chainType: 'l1', hardfork: 'osaka' },
  },
  test: {
    mocha: { timeout: 120_000 },
    solidity: {
      profiles: {
        default: { fuzz: { runs: 256, seed: fuzzSeed }, invariant: { runs: 32, depth: 64, failOnRevert: true } },
        deep: { fuzz: { runs: 5_000, seed: fuzzSeed }, invariant: { runs: 256, depth: 128, failOnRevert: true } },
      },
    },
  },
  typechain: { outDir: 'types/ethers-contracts', tsNocheck: true },
})
