import { PICTURE_STYLE } from './html-page.js';

/** The look of a page: no image, no font and no other external resource. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --line: #d5d9e0; --soft: #f5f6f8; --ink: #1c2430; --dim: #5c6675;
  --error: #b42318; --warning: #9a5b00; --note: #1d5fa8; --unknown: #6b3fa0; --pass: #1f7a3f; }
@media (prefers-color-scheme: dark) { :root { --line: #38414f; --soft: #1d232c; --ink: #e6e9ee; --dim: #9aa5b4;
  --error: #ff8a7d; --warning: #f0b35a; --note: #7fb6f5; --unknown: #c6a3f2; --pass: #74d195; } body { background: #13171d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.5rem 4rem; color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.25rem; margin: 2.25rem 0 .6rem; }
h3 { font-size: 1rem; margin: 1.75rem 0 .5rem; color: var(--dim); } h1, h2, h3, td, li, p, summary { overflow-wrap: anywhere; }
.at { white-space: nowrap; } summary { cursor: pointer; color: var(--dim); }
.dim { color: var(--dim); } .verdict { font-weight: 600; font-size: 1.05rem; margin: .75rem 0; }
.go { color: var(--pass); } .stop { color: var(--error); }
table { border-collapse: collapse; width: 100%; table-layout: fixed; } th { text-align: left; font-weight: 600; color: var(--dim); }
th, td { border-bottom: 1px solid var(--line); padding: .45rem .6rem; vertical-align: top; }
.impact th:first-child { width: 22%; } .impact th:nth-child(2), .impact th:nth-child(3) { width: 16%; }
.tools th:first-child { width: 16%; } .tools th:nth-child(2) { width: 28%; } td p { margin: 0; } td pre { margin: .2rem 0 .5rem; }
code, pre { font: 13px/1.45 ui-monospace, monospace; } pre { background: var(--soft); padding: .6rem .8rem; margin: .35rem 0 .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.finding { border: 1px solid var(--line); border-left-width: 4px; border-radius: 4px; padding: .6rem .9rem; margin: .6rem 0; break-inside: avoid; }
.finding p { margin: .25rem 0; } .finding ul { margin: .25rem 0; padding-left: 1.2rem; }
.error { border-left-color: var(--error); } .warning { border-left-color: var(--warning); } .note { border-left-color: var(--note); }
.unknown { border-left-color: var(--unknown); } .accepted { opacity: .7; }
.tag { font-size: .8rem; font-weight: 600; text-transform: uppercase; letter-spacing: .03em; }
.error .tag { color: var(--error); } .warning .tag { color: var(--warning); } .note .tag { color: var(--note); } .unknown .tag { color: var(--unknown); }
nav p { margin: 1rem 0 .25rem; font-weight: 600; } nav p:not(.go, .stop) { font-weight: 400; margin: 0; } nav ol, nav ul { margin: 0; padding-left: 1.4rem; }
.picture { overflow-x: auto; border: 1px solid var(--line); border-radius: 4px; padding: .5rem; margin: 0 0 1rem;
  width: max-content; }
.pictured { margin-right: min(0px, 1.5rem - (100vw - 76rem) / 2); } .hint { color: var(--dim); }
${PICTURE_STYLE}
a { color: var(--note); } section + section { border-top: 2px solid var(--line); margin-top: 3rem; padding-top: .25rem; }
@media screen { details:not([open]) + .more { display: none; } }
@media screen and (max-width: 48rem) { body { padding: 1rem .75rem 3rem; } table, tbody, tr, td { display: block; } thead { display: none; }
  tr { border-bottom: 2px solid var(--line); padding: .4rem 0; } td { border: 0; padding: .2rem 0; }
  td::before { content: attr(data-is); display: block; color: var(--dim); font-size: .85rem; } }
@media print { body { padding: 0; max-width: none; } tr { break-inside: avoid; } details { margin-top: .25rem; } }
`;
