/** Readable on light and dark pages. Signs and lines tell marks; colors repeat them. */
const STYLE = `
  .graph > polygon { fill: var(--paper); stroke: none; }
  svg { --paper: #ffffff; --ink: #1b1b1f; --bad: #b00020; --open: #6b4e00; --good: #0b6b2b; }
  text { fill: var(--ink); }
  .node :is(polygon, ellipse, polyline, path) { fill: var(--paper); stroke: var(--ink); }
  .edge path, .edge polygon { stroke: var(--ink); }
  .edge polygon { fill: var(--ink); }
  .fail :is(polygon, ellipse, polyline, path), .removed :is(polygon, ellipse, polyline, path) { stroke: var(--bad); }
  .unknown :is(polygon, ellipse, polyline, path), .changed :is(polygon, ellipse, polyline, path) { stroke: var(--open); }
  .added :is(polygon, ellipse, polyline, path) { stroke: var(--good); }
  .fail text, .removed text { fill: var(--bad); }
  .unknown text, .changed text { fill: var(--open); }
  .added text { fill: var(--good); }
  .place :is(polygon, ellipse, polyline, path) { stroke: none; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #17181c; --ink: #e6e6ea; --bad: #ff8a80; --open: #ffd166; --good: #7bd88f; }
  }
`;

/**
 * The SVG that Graphviz wrote, with a style sheet for light and dark pages, and without its prolog, comments and
 * tooltips that repeat names of nodes.
 */
export function styledSvg(svg: string): string {
  const [, from = ''] = /(<svg[\s\S]*)$/.exec(svg) ?? [];
  const plain = from.replace(/<!--[\s\S]*?-->\n?/g, '').replace(/<title>n\d+(?:&#45;&gt;n\d+)?<\/title>\n?/g, '');
  return plain.replace(/^(<svg[^>]*)>/, (_, open: string) => `${open} role="img">\n<style>${STYLE}</style>`);
}
