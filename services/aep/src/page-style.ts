/** Contrast is at least 4.5 : 1 for text in both schemes. */
export const STYLE = `
:root{--paper:#fbfaf6;--ink:#1d1c19;--soft:#5d5a52;--rule:#dcd8cd;--card:#f3f0e8;--line:#14606e;--index:#b3380c;--band:#b3380c26;--window:#14606e12;--threshold:#6b4fa0}
@media (prefers-color-scheme:dark){:root{--paper:#151618;--ink:#ece9e2;--soft:#a9a599;--rule:#36373a;--card:#1e2023;--line:#63c5d6;--index:#ff9463;--band:#ff946330;--window:#63c5d614;--threshold:#bda5f0}}
*{box-sizing:border-box}
body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:64rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1{margin:.1rem 0 .3rem;font-size:1.5rem;line-height:1.25;font-weight:600}
h2{margin:0 0 .6rem;font-size:1rem;font-weight:600}
section{margin-top:2.2rem}
.kind{margin:0;color:var(--soft);font-size:.875rem}
.reading{margin:0;line-height:1.15}.reading strong{font-size:2.6rem;font-weight:600;color:var(--index);font-variant-numeric:tabular-nums}.reading b{font-weight:400;font-size:1.2rem}
.when{margin:.2rem 0 0}
.id{margin:.2rem 0 0;overflow-wrap:anywhere;color:var(--soft);font-size:.8125rem}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.875em}
pre{padding:.8rem 1rem;background:var(--card);border-radius:6px;overflow-x:auto}
.plot{overflow-x:auto}.plot svg{min-width:40rem}
figure{margin:1.2rem 0 0}figcaption{color:var(--soft);font-size:.875rem}
svg{display:block;width:100%;height:auto;font:13px system-ui,sans-serif;fill:var(--ink)}
svg .window{fill:var(--window)}
svg .grid line,svg .axis line{stroke:var(--rule)}svg .grid text,svg .axis text{fill:var(--soft);font-variant-numeric:tabular-nums}
svg .edge line{stroke:var(--soft);stroke-width:1}
svg .line{fill:none;stroke:var(--line);stroke-width:1.25;stroke-linejoin:round}
svg .dots line{stroke:var(--line);stroke-opacity:.45}svg .dots circle{fill:var(--line)}
svg .band{fill:var(--band)}
svg line.index{stroke:var(--index);stroke-width:1.5}svg text.index{fill:var(--index);font-weight:600}svg circle.at{fill:none;stroke:var(--index);stroke-width:2.5}
svg line.threshold{stroke:var(--threshold);stroke-dasharray:5 4}svg text.threshold{fill:var(--threshold)}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:2rem}
table{border-collapse:collapse;width:100%;font-size:.9375rem}th,td{padding:.35rem .8rem .35rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule);overflow-wrap:anywhere}
tbody th{font-weight:400;color:var(--soft);width:9rem}thead th{font-weight:400;color:var(--soft)}.number{font-variant-numeric:tabular-nums;white-space:nowrap}
.lineage{display:flex;flex-wrap:wrap;gap:.6rem 1.9rem;margin:0;padding:0;list-style:none}
.lineage li{position:relative;flex:1 1 9rem;max-width:17rem;padding:.7rem .9rem;background:var(--card);border-radius:6px;font-size:.875rem}
.lineage li+li::before{content:"→";position:absolute;left:-1.5rem;top:.6rem;color:var(--soft)}
.lineage b,.lineage span{display:block;overflow-wrap:anywhere}.lineage span{color:var(--soft)}
@media (max-width:40rem){.lineage{gap:1.6rem}.lineage li{flex-basis:100%;max-width:none}.lineage li+li::before{content:"↓";left:.9rem;top:-1.55rem}}
ul{padding-left:1.2rem}
@media print{body{max-width:none}}
`
