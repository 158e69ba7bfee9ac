import { htmlPage, PICTURE_STYLE, pictureBox } from '../../ground/text/html-page.js';
import { htmlText } from '../../ground/text/html-text.js';
import { displayText } from '../../ground/text/display.js';
import { legendOf } from './marks.js';
import type { Graph } from './model.js';

/**
 * The look of a page around pictures. A picture scrolls in its own box where the page is narrower. On wide screens it is
 * made smaller first, by a fifth at most: no text is smaller than 9.5 pixels.
 */
const STYLE = `
  :root { color-scheme: light dark; --page: #ffffff; --ink: #1f2328; --dim: #57606a; --rim: #d0d7de; --shade: rgb(0 0 0 / 22%); }
  @media (prefers-color-scheme: dark) {
    :root { --page: #15181d; --ink: #e8ecf1; --dim: #a3adb8; --rim: #3d444d; --shade: rgb(0 0 0 / 75%); }
  }
  body { margin: 1rem; font: 16px/1.4 Arial, Helvetica, sans-serif; background: var(--page); color: var(--ink); }
  h1 { font-size: 1.25rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
  p { margin: 0 0 .75rem; color: var(--dim); overflow-wrap: anywhere; }
  .picture { overflow-x: auto; border: 1px solid var(--rim); border-radius: 6px; padding: .5rem; max-width: max-content;
    background: linear-gradient(to right, var(--page) 30%, transparent) 0 0 / 2rem 100% no-repeat local,
      linear-gradient(to left, var(--page) 30%, transparent) 100% 0 / 2rem 100% no-repeat local,
      linear-gradient(to right, var(--shade), transparent) 0 0 / .6rem 100% no-repeat scroll,
      linear-gradient(to left, var(--shade), transparent) 100% 0 / .6rem 100% no-repeat scroll; }
  .hint { font-size: .85rem; }
  ${PICTURE_STYLE}
`;

/**
 * A page with a picture, which was written without its title. The page has no script and loads nothing. The picture keeps
 * its size and scrolls on narrow screens, so that text stays readable.
 */
export function graphHtml(graph: Graph, svg: string): string {
  const name = htmlText(displayText(graph.title));
  const legend = legendOf(graph);
  const body = `<h1>${name}</h1>
${legend === '' ? '' : `<p>${htmlText(legend)}</p>\n`}${pictureBox(name, svg)}`;
  const head = ['<meta name="color-scheme" content="light dark">'];
  return htmlPage({ title: displayText(graph.title), style: STYLE, head, body });
}
