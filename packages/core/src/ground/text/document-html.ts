import { SIGNS, type Cell, type Document, type Item, type Piece, type Section } from './document.js';
import { htmlFolded, htmlTable } from './html-blocks.js';
import { htmlPage, htmlText, PAGE_STYLE } from './html-page.js';

const LOOKS = Object.keys(SIGNS);

/** The colors of pieces, cells and entries. */
const STYLE = `${PAGE_STYLE}
${LOOKS.map((look) => `.is-${look} { color: var(--${look}); }`).join(' ')}
.is-quiet { color: var(--dim); } .pass { border-left-color: var(--pass); } .finding code { overflow-wrap: anywhere; }`;

/** A report as one static page: no script, no external resources, and text from outside is escaped. */
export function documentHtml(document: Document): string {
  return htmlPage({ title: `Postern: ${document.title}`, style: STYLE, body: documentBody(document).join('\n') });
}

function documentBody({ title, counts, verdict, before, sections }: Document): string[] {
  const isGo = verdict?.look === 'pass';
  return [
    `<header><h1>${htmlText(title)}</h1></header>`,
    ...(verdict === undefined
      ? []
      : [
          `<p class="verdict ${isGo ? 'go' : 'stop'}">${SIGNS[verdict.look].mark} ${htmlText(`${verdict.of ?? title} ${verdict.text}`)}</p>`,
        ]),
    ...(counts === undefined ? [] : [`<p class="dim">${htmlText(counts)}</p>`]),
    ...(before === undefined ? [] : documentBody(before)),
    ...sections.flatMap(sectionLines),
  ];
}

function sectionLines({ heading, look, style, lines = [], items = [], table }: Section): string[] {
  const color = look ?? style ?? 'note';
  const body = [
    ...lines.map((pieces) => `<p>${piecesHtml(pieces)}</p>`),
    ...(heading === undefined ? [listHtml(items)] : items.map((one) => entryHtml(one, color))),
    ...(table === undefined || table.rows.length === 0
      ? []
      : [
          htmlTable(
            table.columns,
            table.rows.map((cells) => cells.map(cellHtml)),
          ),
        ]),
  ].filter((part) => part !== '');
  return body.length === 0 || heading === undefined ? body : [`<h2>${htmlText(heading)}</h2>`, ...body];
}

/** An entry with what belongs to it. */
function entryHtml({ pieces, tags = [], items = [], details = [] }: Item, color: string): string {
  const rules = tags.map(({ rule }) => `<code>${htmlText(rule)}</code> `).join('');
  const head = `${rules}${piecesHtml(pieces)}`;
  const more = details.length === 0 ? `<p>${head}</p>` : htmlFolded(head, listHtml(details));
  return `<div class="finding ${color}">\n${more}\n${listHtml(items)}\n</div>`;
}

function listHtml(items: readonly Item[]): string {
  if (items.length === 0) return '';

  const entries = items.map(
    ({ pieces, items: own = [], details = [] }) => `<li>${piecesHtml(pieces)}${listHtml([...own, ...details])}</li>`,
  );
  return `<ul>${entries.join('')}</ul>`;
}

function cellHtml(cell: Cell): string {
  return cell.map(({ pieces, look }) => colored(piecesHtml(pieces), look)).join('<br>');
}

function piecesHtml(pieces: readonly Piece[]): string {
  return pieces
    .map(({ text, style, isCode }) =>
      isCode === true ? `<code>${htmlText(text)}</code>` : colored(htmlText(text), style),
    )
    .join('');
}

function colored(html: string, style: string | undefined): string {
  return style === undefined ? html : `<span class="is-${style}">${html}</span>`;
}
