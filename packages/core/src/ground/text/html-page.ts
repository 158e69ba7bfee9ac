import { displayText } from './display.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Escapes text from outside for an element or a quoted attribute of an HTML page. Control sequences of
 * terminals are escaped as well.
 * @see https://html.spec.whatwg.org/multipage/syntax.html#syntax-charref
 */
export function htmlText(text: string): string {
  return displayText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** The same with its line breaks, for an element that keeps them. */
export function htmlLines(text: string): string {
  return text.split('\n').map(htmlText).join('\n');
}

/** The parts of a page. */
export interface HtmlPage {
  /** As plain text. */
  readonly title: string;
  readonly style: string;
  /** Elements beside the title and the style; a line each. */
  readonly head?: readonly string[] | undefined;
  readonly body: string;
}

/** A static page: no script, and no resource that it would load. */
export function htmlPage({ title, style, head = [], body }: HtmlPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
${head.map((line) => `${line}\n`).join('')}<title>${htmlText(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/** What is said above a picture that is wider than its place. */
const SCROLL_HINT = 'The picture scrolls sideways.';

/** An SVG that `styledSvg` wrote, in a box in which it scrolls where it is wider than the page. `name`: as HTML. */
export function pictureBox(name: string, svg: string): string {
  const [, natural = '0pt'] = /--natural: (\d+pt)/.exec(svg) ?? [];
  return `<div class="pictured" style="--natural: ${natural}">
<p class="hint">${SCROLL_HINT}</p>
<div class="picture" tabindex="0" role="region" aria-label="${name}">\n${svg}\n</div>
</div>`;
}

/**
 * The look of an SVG in its box. On wide screens it is made smaller, by a fifth at most, so that no text is too small. The
 * hint has a height only where the picture is wider than its place nevertheless.
 */
export const PICTURE_STYLE = `.pictured { container-type: inline-size; --shown: var(--natural); }
.pictured .picture { box-sizing: border-box; max-width: 100%; }
.picture svg { display: block; }
.pictured .hint { margin: 0; overflow: hidden; height: clamp(0px, (var(--shown) + 1rem + 2px - 100cqw) * 1000, 1.6em); }
@media (min-width: 64rem) { .pictured { --shown: calc(var(--natural) * .8); }
  .picture svg { max-width: 100%; min-width: calc(var(--natural) * .8); height: auto; } }
@media print { .pictured .hint { height: 0; } }
.picture .postern .graph > polygon { fill: none; }`;

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
