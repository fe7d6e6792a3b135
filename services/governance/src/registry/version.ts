import { inputError } from '@nexus/kit/errors'

const MOST_PART = 65_535

/** `1.2.3` as the contracts have it: 16 bits each, so that versions compare as numbers. @throws NexusError `bad-version` */
export function parseVersion(text: string): number {
  const match = /^(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})$/.exec(text)
  const [major = 0, minor = 0, patch = 0] = match ? match.slice(1).map(Number) : []
  if (!match || [major, minor, patch].some(part => part > MOST_PART))
    throw inputError('bad-version', `"${text}" is no version such as 1.2.3, each part at most ${MOST_PART}`, { text })
  return major * 2 ** 32 + minor * 2 ** 16 + patch // 48 bits: exact, which bit operators are not
}

export const versionText = (version: number): string =>
  [Math.floor(version / 2 ** 32), Math.floor(version / 2 ** 16) % 2 ** 16, version % 2 ** 16].join('.')
