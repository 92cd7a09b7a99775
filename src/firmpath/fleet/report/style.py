"""How the report looks: plain, readable on a phone and on paper, in light and in dark."""

from typing import Final

STYLE: Final = """
:root{--ink:#17282d;--quiet:#46585f;--line:#cbd9d9;--paper:#fff;--mist:#eff6f5;--band:#0b5257;--glow:#ffc94a;
color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--quiet:#a9b6bd;--line:#3a474d;--paper:#12191c;--mist:#1c272b;
--band:#4fb8b0}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:break-word}
main{max-width:68rem;margin:0 auto;padding:1.5rem clamp(1rem,4vw,2rem) 4rem}
h1{font-size:clamp(1.6rem,1.3rem + 1.6vw,2.2rem);line-height:1.2;margin:.5rem 0;text-wrap:balance}
h2{font-size:1.35rem;line-height:1.25;margin:2.75rem 0 .5rem}
p{max-width:44rem}.lead{font-size:1.15rem}.scroll{overflow-x:auto}
:focus-visible{outline:3px solid var(--ink);box-shadow:0 0 0 6px var(--glow)}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.45rem 1rem .45rem 0}
th:last-child,td:last-child{padding-right:.25rem}
thead th{border-bottom:2px solid var(--ink);font-weight:600;vertical-align:bottom}
tbody tr{border-bottom:1px solid var(--line)}
td span,figcaption,[role=status],dt{color:var(--quiet)}code{font-size:.9em;color:var(--quiet)}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.share div{display:grid;grid-template-columns:8rem 4rem;gap:.5rem;align-items:center;justify-content:end}
.bar{height:.9rem;background:var(--mist);border:1px solid var(--line)}
.bar i{display:block;height:100%;min-width:1px;background:var(--band)}
.warning{border-left:.3rem solid var(--glow);padding-left:.75rem}
th button{all:unset;cursor:pointer;font-weight:600;min-height:1.5rem}
th button:focus-visible{outline:3px solid var(--ink)}
th button::after{content:"\\2195" / "";color:var(--quiet);margin-left:.35em;font-weight:400}
th[aria-sort=descending] button::after{content:"\\2193" / "";color:var(--ink)}
th[aria-sort=ascending] button::after{content:"\\2191" / "";color:var(--ink)}
.filter{display:inline-flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:center;margin:.5rem .75rem .5rem 0}
.scroll+.filter,.scroll+.scroll{margin-top:1.75rem}
.filter input{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--quiet);padding:.3rem .5rem;
min-width:15rem;max-width:100%}
dl{margin:0;max-width:60rem}dl div{display:grid;grid-template-columns:9rem 1fr;gap:0 1rem;padding:.4rem 0;
border-bottom:1px solid var(--line)}dd{margin:0}
figure{margin:1rem 0}.flows{display:grid;grid-template-columns:auto 1fr auto;gap:.7rem;font-size:.9rem}
svg{display:block;width:100%;overflow:visible}text{fill:var(--ink)}.flow{fill:var(--band);fill-opacity:.45;
stroke:var(--paper);vector-effect:non-scaling-stroke}.flow:hover{fill-opacity:.8}
.line{padding-left:1em;text-indent:-1em}
time{white-space:nowrap}th.number{white-space:normal}
@media(max-width:40rem){.roomy{min-width:min(9.5rem,39vw)}
dl div{grid-template-columns:1fr}table{font-size:.92rem;line-height:1.45}
th,td{padding-right:.6rem}.flows{font-size:.8rem;gap:.4rem}
.wordy :is(table,thead,tbody){display:block}.wordy tr:not([hidden]){display:grid;grid-template-columns:1fr auto}
.wordy thead tr{border-bottom:2px solid var(--ink)}.wordy thead th{border:0}
.wordy :is(th,td):nth-child(2){grid-column:1/-1;order:1;padding-top:0}
.share div{grid-template-columns:1fr;gap:.2rem}.bar{order:1;height:.6rem}th button::after{display:none}}
@media print{:root{--ink:#000;--quiet:#333;--line:#bbb;--paper:#fff;--band:#0b5257}main{max-width:none;padding:0}
.filter,[role=status],th button::after{display:none}tr,figure{break-inside:avoid}thead{display:table-header-group}
h2{break-after:avoid}.scroll{overflow:visible}.bar i{print-color-adjust:exact}}
"""
