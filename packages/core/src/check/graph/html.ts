import { htmlPage, PICTURE_STYLE, pictureBox, htmlText } from '../../ground/text/html-page.js';
import { displayText } from '../../ground/text/display.js';
import type { Report } from '../../do/findings/finding.js';
import { FINDINGS_STYLE, findingsHtml } from '../report/document.js';
import { DARK_VARIABLES, LIGHT_VARIABLES } from './builder.js';
import { legendOf } from './merge.js';
import type { Graph } from './model.js';

/**
 * The look of a page around pictures. A picture scrolls in its own box where the page is narrower. On wide screens it is
 * made smaller first, by a fifth at most: no text is smaller than 9.5 pixels.
 */
const STYLE = `
  :root { color-scheme: light dark; ${LIGHT_VARIABLES} --rim: #d0d7de; --shade: rgb(0 0 0 / 22%); }
  @media (prefers-color-scheme: dark) { :root { ${DARK_VARIABLES} --rim: #3d444d; --shade: rgb(0 0 0 / 75%); } }
  body { margin: 1rem; font: 16px/1.4 Arial, Helvetica, sans-serif; background: var(--paper); color: var(--ink); }
  h1 { font-size: 1.25rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
  p { margin: 0 0 .75rem; color: var(--dim); overflow-wrap: anywhere; }
  .picture { overflow-x: auto; border: 1px solid var(--rim); border-radius: 6px; padding: .5rem; max-width: max-content;
    background: linear-gradient(to right, var(--paper) 30%, transparent) 0 0 / 2rem 100% no-repeat local,
      linear-gradient(to left, var(--paper) 30%, transparent) 100% 0 / 2rem 100% no-repeat local,
      linear-gradient(to right, var(--shade), transparent) 0 0 / .6rem 100% no-repeat scroll,
      linear-gradient(to left, var(--shade), transparent) 100% 0 / .6rem 100% no-repeat scroll; }
  .hint { font-size: .85rem; }
  ${FINDINGS_STYLE}${PICTURE_STYLE}
`;

/** What a page shows besides its picture. */
export interface GraphPage {
  /** Of the spec in the snapshot that the picture shows. */
  readonly report?: Report | undefined;
  /** How many findings passed, where the report leaves them out. */
  readonly passed?: number | undefined;
}

/**
 * A page with a picture, which was written without its title, and with the findings of a report and their remedies below it. The
 * page has no script and loads nothing. The picture keeps its size and scrolls on narrow screens, so that text stays readable.
 */
export function graphHtml(graph: Graph, svg: string, { report, passed }: GraphPage = {}): string {
  const name = htmlText(displayText(graph.title));
  const legend = legendOf(graph);
  const body = `<h1>${name}</h1>
${legend === '' ? '' : `<p>${htmlText(legend)}</p>\n`}${pictureBox(name, svg)}${
    report === undefined ? '' : `\n${findingsHtml(report, passed)}`
  }`;
  const head = ['<meta name="color-scheme" content="light dark">'];
  return htmlPage({ title: displayText(graph.title), style: STYLE, head, body });
}
