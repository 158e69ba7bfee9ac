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

/** What a page says where pictures do not fit; a style sheet shows it on narrow screens only. */
export const SCROLL_HINT = 'Pictures scroll sideways.';

/** An SVG in a box in which it scrolls. `name`: as HTML. */
export function pictureBox(name: string, svg: string): string {
  return `<div class="picture" tabindex="0" role="region" aria-label="${name}">\n${svg}\n</div>`;
}

/** The look of an SVG in its box. On wide screens it is made smaller, by a fifth at most, so that no text is too small. */
export const PICTURE_STYLE = `.picture svg { display: block; }
@media (min-width: 64rem) { .picture svg { max-width: 100%; min-width: calc(var(--natural) * .8); height: auto; } }
.picture .postern .graph > polygon { fill: none; }`;
