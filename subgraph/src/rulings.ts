// In the order of their bits
const REMEDIES = ['SUSPENSION', 'DELISTING', 'CORRECTION', 'APOLOGY']

/** @param bits as in the contracts' Remedies */
export function remedies(bits: i32): string[] {
  const names: string[] = []
  for (let i = 0; i < REMEDIES.length; i++) if (((bits >> i) & 1) == 1) names.push(REMEDIES[i])
  return names
}

/** What an arbiter or a panel holds, in a byte: `uint4 remedies | uint3 quarters | bool upheld`. */
export class Held {
  upheld: boolean
  quarters: i32
  granted: string[]

  constructor(ruling: i32) {
    this.upheld = (ruling & 1) == 1
    this.quarters = (ruling >> 1) & 7
    this.granted = remedies(ruling >> 4)
  }
}
