"""How the report looks: plain, readable on a phone and on paper, in light and in dark."""

from typing import Final

STYLE: Final = """
:root{--ink:#1b1f24;--quiet:#57606a;--line:#d0d7de;--paper:#fff;--band:#0b6e6e;color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--quiet:#9aa4ae;--line:#3a424b;--paper:#14181d;--band:#3fb5b0}}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{max-width:64rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.9rem;line-height:1.2;margin:.5rem 0}h2{font-size:1.35rem;margin:2.5rem 0 .5rem}
.lead{font-size:1.15rem}.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0}
thead th{border-bottom:2px solid var(--ink);font-weight:600}tbody tr{border-bottom:1px solid var(--line)}
td span{color:var(--quiet)}td .number{color:var(--ink);font-variant-numeric:tabular-nums;white-space:nowrap}
figure{margin:1rem 0}figcaption{color:var(--quiet)}svg{width:100%;height:auto}
svg text{font:13px system-ui,sans-serif;fill:var(--ink)}
.flow{fill:none;stroke:var(--band);stroke-opacity:.45}.flow:hover{stroke-opacity:.8}
@media print{main{max-width:none}section{break-inside:avoid-page}}
"""
