import { startCluster, deliver, eventually } from './support/cluster.ts'
import { seconds } from '@nexus/local/scenario'
const t0=performance.now(); const lap=(s:string)=>console.log(Math.round(performance.now()-t0), s)
const c = await startCluster('smoke')
try {
  lap('cluster')
  await c.clock.moveTo(seconds('2018-02-08'))
  await Promise.all(c.nodes.map(n=>n.start()))
  lap('7 relayers ready')
  const pack = await c.pack(c.scenario.covers.hualien, 1)
  lap('pack '+pack.aepId+' '+pack.zip.length)
  console.log(await Promise.all(c.nodes.map(n=>deliver(n.url, pack.zip))).then(r=>r.map(x=>x.status+JSON.stringify(x.body).slice(0,200))))
  lap('delivered')
  const a = await eventually('anchor', async()=> { const l=await c.anchors(pack.aepId); return l.length? l: undefined }, 20000)
  lap('anchored'); console.log(a)
  await eventually('complete', async()=> (c.nodes.every(n=>n.log().includes('pack complete')))||undefined, 20000)
  lap('complete')
  console.log(await Promise.all(c.nodes.map(n=>c.transactionsOf(n.operator))))
} catch(e) { console.error(e); for (const n of c.nodes.slice(0,2)) console.log(n.log().slice(-3000)) } finally { if (process.env.KEEP) console.log(c.folder); await c.stop() }
