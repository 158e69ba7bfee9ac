import { htmlText } from './html-text.js';

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
