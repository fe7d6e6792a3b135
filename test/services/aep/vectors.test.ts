import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { keccak256, TypedDataEncoder } from 'ethers'
import { rawZip } from './raw-zip.ts'
import { vectorFiles, vectorUrl } from './vectors.ts'

const read = (name: string) => JSON.parse(readFileSync(vectorUrl(name), 'utf8'))
const sha256 = (...parts: (Uint8Array | string)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const hex = (bytes: Uint8Array) => `0x${Buffer.from(bytes).toString('hex')}`
const between = (whole: string, start: string, end: string) => whole.split(start)[1]?.split(end)[0] ?? ''
const unhex = (value: string) => Buffer.from(value.slice(2), 'hex')

describe('the vectors of the evidence-pack standards', () => {
  for (const [name, make] of Object.entries(vectorFiles))
    it(`${name} is what this code makes now`, () => {
      expect(JSON.parse(JSON.stringify(make()))).to.deep.equal(read(name))
    })

  // What follows shares no code with the service: it reads the vectors as a stranger would who has only the standards.

  it('aep-root.json follows from its files alone', () => {
    const { aepId, files, leaves } = read('aep-root.json')
    const claims = JSON.parse(files['claims.json'])
    const u64 = (value: bigint) => {
      const bytes = Buffer.alloc(8)
      bytes.writeBigInt64BE(value)
      return bytes
    }
    const seconds = (time: string) => BigInt(Date.parse(time) / 1000)
    const [from, to] = [seconds(claims.window.from), seconds(claims.window.to)]
    const packSecret = sha256('nexus-aep-v1', unhex(claims.feedId), u64(from), u64(to), u64(BigInt(claims.sequence)))
    expect(JSON.parse(files['salts.json']).packSecret).to.equal(hex(packSecret))
    expect(keccak256(Buffer.from(between(files['claims.json'], '"feed":', ',"feedId"')))).to.equal(claims.feedId)

    const contents: Record<string, Buffer> = {
      'claim/index': Buffer.concat([
        unhex(claims.feedId),
        u64(BigInt(claims.index.scaled)),
        u64(from),
        u64(to),
        Buffer.of(claims.eql, claims.flags),
      ]),
      'claim/observation/000000': Buffer.concat([
        sha256(between(files['claims.json'], '"observations":[', '],"provisional"')),
        u64(BigInt(Date.UTC(2012, 0, 2))),
        u64(35n),
        Buffer.of(1),
      ]),
    }
    for (const [name, content] of Object.entries(files) as [string, string][])
      if (name !== 'salts.json') contents[name] = sha256(content)
    const sealed = Object.entries(contents)
      .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .map(([name, content]) => {
        const salt = createHmac('sha256', packSecret).update(name).digest()
        return { name, content: hex(content), salt: hex(salt), hash: hex(sha256(Buffer.of(0), salt, content)) }
      })
    expect(sealed).to.deep.equal(leaves)

    let level = sealed.map(({ hash }) => unhex(hash))
    while (level.length > 1)
      level = level.flatMap((left, i) => {
        if (i % 2 === 1) return []
        const right = level[i + 1]
        return [right === undefined ? left : sha256(Buffer.of(1), left, right)]
      })
    expect(hex(level[0] as Buffer)).to.equal(aepId)
  })

  it('zip.json is what a writer of nothing but the form makes', () => {
    const { files, zip } = read('zip.json')
    const entries = (Object.entries(files) as [string, string][])
      .map(([name, content]) => ({ name, bytes: Buffer.from(content) }))
      .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
    expect(hex(rawZip(entries))).to.equal(zip)
  })

  it('report-digest.json is what another EIP-712 implementation hashes', () => {
    const { chainId, registry, reports } = read('report-digest.json')
    const domain = { name: 'Nexus Evidence', version: '1', chainId, verifyingContract: registry }
    const fields =
      'bytes32 feedId,bytes32 aepRoot,int64 value,uint40 from,uint40 to,uint32 sequence,uint8 eql,uint8 flags,bytes32 receiptsRoot,uint32 configVersion'
    const Report = fields.split(',').map(field => {
      const [type = '', name = ''] = field.split(' ')
      return { name, type }
    })
    for (const { report, digest, header, signers } of reports) {
      expect(TypedDataEncoder.hash(domain, { Report }, report)).to.equal(digest)
      const word = Buffer.concat([
        Buffer.from(BigInt.asUintN(64, BigInt(report.value)).toString(16).padStart(16, '0'), 'hex'),
        Buffer.from(report.from.toString(16).padStart(10, '0'), 'hex'),
        Buffer.from(report.to.toString(16).padStart(10, '0'), 'hex'),
        Buffer.from(report.sequence.toString(16).padStart(8, '0'), 'hex'),
        Buffer.of(report.eql, report.flags),
        Buffer.from(report.configVersion.toString(16).padStart(8, '0'), 'hex'),
        Buffer.from(signers.toString(16).padStart(8, '0'), 'hex'),
      ])
      expect(hex(word)).to.equal(header)
    }
  })

  it('the quorum table is the least that makes two quorums share an honest operator', () => {
    for (const { n, q } of read('report-digest.json').quorum) {
      const f = Math.floor((n - 1) / 3)
      // Two quorums of q among n overlap in at least 2q - n; more than f of them must be there, and n - f can reach q.
      expect(2 * q - n).to.be.greaterThan(f)
      expect(2 * (q - 1) - n).to.be.at.most(f)
      expect(q).to.be.at.most(n - f)
    }
  })
})
