import { displayText } from './display.js';
import {
  signedLook,
  SIGNS,
  type Cell,
  type Document,
  type Item,
  type Piece,
  type Section,
  type Table,
  type Tag,
} from './document.js';

/** The limit of entries of one list: a comment on GitHub has at most 65,536 characters. */
const MOST_ENTRIES = 200;

/** Where the page of the checks is: each check then links to its section there. */
interface Links {
  readonly docs?: string | undefined;
}

/**
 * A report as Markdown, for a comment or a ticket. Text from outside is escaped: it creates no link, no tag and no mention. The only links
 * point to `docs`. Ends with a newline.
 */
export function documentMarkdown(document: Document, options: Links = {}): string {
  return `${documentLines(document, options).join('\n').trimEnd()}\n`;
}

function documentLines({ title, level, counts, verdict, before, sections }: Document, options: Links): string[] {
  const said =
    verdict === undefined ? counts : `${SIGNS[verdict.look].emoji} ${markdownText(verdict.text.replace(/\.$/, ''))}`;
  return [
    `${'#'.repeat(level)} ${markdownText(title)}${said === undefined ? '' : `: ${said}`}`,
    '',
    ...(verdict === undefined || counts === undefined ? [] : [`${counts}.`, '']),
    ...(before === undefined ? [] : documentLines(before, options)),
    ...sections.flatMap((one) => sectionLines(one, level + 1, options)),
  ];
}

function sectionLines(section: Section, level: number, options: Links): string[] {
  const { heading, isName, look, lines = [], items = [], table } = section;
  const body = [
    ...lines.flatMap((pieces) => [piecesText(pieces), '']),
    ...listLines(items, options, ''),
    ...(items.length === 0 ? [] : ['']),
    ...(table === undefined || table.rows.length === 0 ? [] : [...tableLines(table), '']),
  ];
  if (heading === undefined || body.length === 0) return body;

  const text = isName === true ? heading : `${heading.slice(0, 1).toUpperCase()}${heading.slice(1)}`;
  const sign = look === undefined ? '' : `${SIGNS[look].emoji} `;
  return [`${'#'.repeat(level)} ${sign}${markdownText(text).trim()}`, '', ...body];
}

function listLines(items: readonly Item[], options: Links, indent: string): string[] {
  const shown = items
    .slice(0, MOST_ENTRIES)
    .flatMap(({ tags = [], pieces, items: own = [] }) => [
      `${indent}- ${tagsText(tags, options)}${piecesText(pieces).trimStart()}`,
      ...listLines(own, options, `${indent}  `),
    ]);
  const more = items.length - MOST_ENTRIES;
  return more <= 0 ? shown : [...shown, `${indent}- and ${more} more`];
}

function tagsText(tags: readonly Tag[], { docs }: Links): string {
  const texts = tags.map(({ rule }, at) => {
    const name =
      docs === undefined ? code(rule) : `[${code(rule)}](${address(docs)}#${address(rule.replace('/', ''))})`;
    const signed = signedLook(tags, at);
    return signed === undefined ? name : `${SIGNS[signed].emoji} ${name}`;
  });
  return texts.length === 0 ? '' : `${texts.join(', ')} `;
}

function tableLines({ columns, rows }: Table): string[] {
  const cellText = (cell: Cell): string =>
    cell
      .map(({ pieces, look }) => `${look === undefined ? '' : `${SIGNS[look].emoji} `}${piecesText(pieces)}`)
      .join('<br>');
  return [
    `| ${columns.join(' | ')} |`,
    `| ${columns.map(() => '---').join(' | ')} |`,
    ...rows.slice(0, MOST_ENTRIES).map((cells) => `| ${cells.map(cellText).join(' | ')} |`),
    ...(rows.length > MOST_ENTRIES
      ? [
          `| and ${rows.length - MOST_ENTRIES} more ${columns
            .slice(1)
            .map(() => '| ')
            .join('')}|`,
        ]
      : []),
  ];
}

function piecesText(pieces: readonly Piece[]): string {
  return pieces.map(({ text, isCode }) => (isCode === true ? safeCode(text) : markdownText(text))).join('');
}

/** Text in a code span, in which a grave accent would end it, and a bar the cell of a table. */
function safeCode(text: string): string {
  const shown = displayText(text);
  return !/[`|]/.test(shown) && /\S/.test(shown) ? `\`${shown}\`` : markdownText(text);
}

/**
 * Escapes text from outside where Markdown would read it otherwise: IDs and blocks stay as they are. An `@` is put into a code
 * span, because mentions and e-mail addresses are detected after Markdown is rendered.
 * @see https://github.github.com/gfm/#backslash-escapes
 */
export function markdownText(text: string): string {
  return displayText(text).replace(READ, (sign) => (sign === '@' ? '`@`' : `\\${sign}`));
}

/**
 * What Markdown reads: marks, those of links and tags, math, references to issues; addresses and emojis; what begins a list, a line or a
 * heading.
 */
const READ =
  /[\\`*[\]<>|~&$#@]|(?<![a-z\d])_|_(?![a-z\d])|:(?=\/|[\w+-]+:)|(?<=www)\.|[-+=](?=\s|$)|(?<=^\d{1,9})[.)]/gi;

function code(text: string): string {
  return `\`${displayText(text).replaceAll('`', "'")}\``;
}

function address(text: string): string {
  return encodeURI(displayText(text)).replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
}
