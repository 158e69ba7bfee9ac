import { htmlText } from '../../ground/text/html-page.js';
import { MOST_OF_NAME } from './labels.js';
import { DARK_VARIABLES, LIGHT_VARIABLES } from './builder.js';

/** Lines of a node that may be the second or a later one of its name. */
const LINES = Array.from({ length: MOST_OF_NAME }, (_, at) => at + 2);

/**
 * Readable on light and dark pages. Signs, words and lines tell kinds and marks apart; colors repeat them. Sizes are in
 * the units of Graphviz: 11 are shown as 14.7 pixels. Programs that know no variables draw the colors that Graphviz wrote. Every color of text has a contrast of at least 4.5 with its fill.
 */
const STYLE = `
  .postern { ${LIGHT_VARIABLES} }
  @media (prefers-color-scheme: dark) { .postern { ${DARK_VARIABLES} } }
  .postern text { fill: var(--ink); font-family: Arial, Helvetica, sans-serif; }
  .postern .graph > polygon { fill: var(--paper); stroke: none; }
  .postern .graph > text { fill: var(--dim); }
  .postern .graph > text:first-of-type { fill: var(--ink); font-weight: bold; }
  .postern .node :is(polygon, ellipse, polyline, path) { fill: var(--paper); stroke: var(--line); }
  .postern .gateway :is(polygon, path) { fill: var(--gate); }
  .postern .link :is(polygon, path) { fill: var(--link); }
  .postern .node text { fill: var(--dim); font-size: 10px; }
  .postern .node text:nth-of-type(1) { font-size: 9px; }
  .postern .node text:nth-of-type(2) { fill: var(--ink); font-size: 11px; font-weight: bold; }
  .postern .node:is(.hop, .place, .step) text:nth-of-type(1) { fill: var(--ink); font-size: 11px; font-weight: bold; }
  .postern .node:is(.hop, .place, .step) text:nth-of-type(2) { fill: var(--dim); font-size: 10px; font-weight: normal; }
  ${LINES.map((line) => `.postern .node.name${line} text:nth-of-type(${line})`).join(', ')} { fill: var(--ink);
    font-size: 11px; font-weight: bold; }
  .postern .edge path { stroke: var(--line); }
  .postern .edge polygon { fill: var(--line); stroke: var(--line); }
  .postern .edge text { fill: var(--dim); }
  .postern .node:is(.fail, .removed) { --ink: var(--bad); --dim: var(--bad); --line: var(--bad); --paper: var(--bad-fill);
    --gate: var(--bad-fill); --link: var(--bad-fill); }
  .postern .node.unknown { --ink: var(--open); --dim: var(--open); --line: var(--open); --paper: var(--open-fill);
    --gate: var(--open-fill); --link: var(--open-fill); }
  .postern .node.added { --ink: var(--good); --dim: var(--good); --line: var(--good); --paper: var(--good-fill);
    --gate: var(--good-fill); --link: var(--good-fill); }
  .postern .node.changed { --ink: var(--new); --dim: var(--new); --line: var(--new); --paper: var(--new-fill);
    --gate: var(--new-fill); --link: var(--new-fill); }
  .postern .edge:is(.fail, .removed) { --line: var(--bad); }
  .postern .edge.unknown { --line: var(--open); }
  .postern .edge.added { --line: var(--good); }
  .postern .edge.changed { --line: var(--new); }
`;

/**
 * The SVG that Graphviz wrote, with a style sheet for light and dark pages that applies to nothing else of a page. Its
 * prolog, comments, blanks, IDs and titles are left out: tooltips would repeat what is shown, and several pictures may be in one
 * page. `title` is the name that screen readers say.
 */
export function styledSvg(svg: string, title = ''): string {
  const [, from = ''] = /(<svg[\s\S]*)$/.exec(svg) ?? [];
  const plain = from
    .replace(/<!--(?:(?!-->)[^])*(?:-->\n?)?/g, '')
    .replace(/<title>[^<]*<\/title>\n?/g, '')
    .replace(/(<text[^<>]*>)(?: |&#160;){1,20}([^<]*?)(?: |&#160;){1,20}(?=<\/text>)/g, '$1$2')
    .replace(/<g id="[^"]*" /g, '<g ');
  const name = title === '' ? '' : ` aria-label="${htmlText(title)}"`;
  return plain.replace(/^<svg([^>]*)>/, (_, attributes: string) => {
    const [, width = 'auto'] = /\bwidth="(\d+pt)"/.exec(attributes) ?? [];
    return `<svg class="postern" role="img"${name}${attributes} style="--natural: ${width}">\n<style>${STYLE}</style>`;
  });
}
