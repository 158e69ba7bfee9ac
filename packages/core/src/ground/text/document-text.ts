import { displayText, type ReportTextOptions } from './display.js';
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
import { flow } from './flow.js';
import { textTable } from './text-table.js';

/** The limit of lines of a table, and below the heading of a short list. */
const MOST_LINES = 50;

/** The least width of the names of columns: tables of one report are in line. */
const LEAST_NAME = 5;

interface Page {
  readonly width: number;
  readonly paint: NonNullable<ReportTextOptions['paint']>;
}

/**
 * A report as text. Lines break where they would be longer than `width`. Text from outside is escaped so that it cannot control a terminal
 * or a CI system. Ends with a newline.
 */
export function documentText(document: Document, options: Pick<ReportTextOptions, 'width' | 'paint'> = {}): string {
  const { width = 100, paint = (_, text) => text } = options;
  return `${documentLines(document, { width: Math.max(40, width), paint })
    .join('\n')
    .trimEnd()}\n`;
}

function documentLines({ title, isTitled, counts, verdict, before, sections }: Document, page: Page): string[] {
  const lines = isTitled === true ? [page.paint('heading', displayText(title))] : [];
  if (before !== undefined) lines.push(...documentLines(before, page), '');
  for (const one of sections) {
    const own = sectionLines(one, page);
    if (own.length > 0) lines.push(...own, '');
  }
  if (counts !== undefined) lines.push(counts);
  if (verdict !== undefined) {
    const { look, text, of = title } = verdict;
    lines.push(page.paint(look, `${SIGNS[look].mark} ${displayText(of)} ${displayText(text)}`));
  }
  return lines;
}

function sectionLines(section: Section, page: Page): string[] {
  const { lines = [], items = [], depth = 1, table, isShort } = section;
  const body = [
    ...lines.map((pieces) => paintedText(pieces, page)),
    ...listLines({ items, most: isShort === true ? MOST_LINES : undefined }, page, depth),
    ...(table === undefined || table.isDetail === true ? [] : tableLines(table, page)),
  ];
  if (body.length === 0) return [];

  const heading = headingText(section, page);
  if (heading === undefined) return body;

  const [first = ''] = body;
  const isBeside = isShort === true && items.length === 1 && body.length === 1;
  const beside = `${section.heading ?? ''}${first}`;
  return isBeside && beside.length <= page.width ? [`${heading}${first}`] : [heading, ...body];
}

function headingText({ heading, style = 'heading', look }: Section, { paint }: Page): string | undefined {
  if (heading === undefined) return undefined;

  return look === undefined
    ? paint(style, displayText(heading))
    : paint(look, `${SIGNS[look].mark} ${displayText(heading)}`);
}

function listLines(
  { items = [], most = items.length }: Pick<Item, 'items' | 'most'>,
  page: Page,
  depth: number,
): string[] {
  const lines = items.slice(0, most).flatMap((one) => itemLines(one, page, depth));
  const more = items.length - most;
  const indent = '  '.repeat(depth);
  return more <= 0 ? lines : [...lines, page.paint('quiet', `${indent}and ${more} more; --json lists all`)];
}

function itemLines(item: Item, page: Page, depth: number): string[] {
  const { tags = [], pieces, isWhole } = item;
  const indent = '  '.repeat(depth);
  const own =
    isWhole === true
      ? [`${indent}${paintedText(pieces, page)}`]
      : flow([{ text: indent }, ...tagPieces(tags), ...pieces.map(safe)], page, `${indent}  `);
  return [...own, ...listLines(item, page, depth + 1)];
}

/** Before lines are broken: an escape is longer than what it is for. */
function safe(piece: Piece): Piece {
  return { ...piece, text: displayText(piece.text) };
}

/** `✗ path/route, path/network-acl  `. */
function tagPieces(tags: readonly Tag[]): Piece[] {
  const pieces = tags.flatMap(({ rule, look }, at): Piece[] => {
    const signed = signedLook(tags, at);
    const sign = signed === undefined ? '' : `${SIGNS[signed].mark} `;
    return [...(at === 0 ? [] : [{ text: ', ' }]), { text: `${sign}${displayText(rule)}`, style: look }];
  });
  return pieces.length === 0 ? [] : [...pieces, { text: '  ' }];
}

function tableLines({ columns, rows, inColumns }: Table, page: Page): string[] {
  const shown = rows.slice(0, MOST_LINES);
  const more = rows.length - shown.length;
  return [
    ...(inColumns === true ? columnLines(columns, shown, page) : rowLines(columns, shown, page)),
    ...(more <= 0 ? [] : [page.paint('quiet', `  and ${more} more; --json lists all`)]),
  ];
}

function columnLines(columns: readonly string[], rows: Table['rows'], { width }: Page): string[] {
  if (rows.length === 0) return [];

  const texts = rows.map((cells) =>
    cells.map((cell) => cell.map(({ pieces }) => pieces.map(({ text }) => displayText(text)).join('')).join(', ')),
  );
  const head = columns.map((name) => name.toUpperCase());
  return textTable(head, texts, { columns: width });
}

function rowLines(columns: readonly string[], rows: Table['rows'], page: Page): string[] {
  const nameOf = (cell: Cell, column: number): readonly string[] =>
    cell.map(({ name }) => name ?? columns[column] ?? '');
  const names = rows.flatMap((cells) => cells.slice(1).flatMap((cell, at) => nameOf(cell, at + 1)));
  const width = Math.max(LEAST_NAME, ...names.map(({ length }) => length));
  return rows.flatMap(([first = [], ...cells]) => [
    ...first.map(({ pieces }) => `  ${paintedText(pieces, page)}`),
    ...cells.flatMap((cell, at) => {
      const of = nameOf(cell, at + 1);
      return cell.flatMap(({ pieces }, index) =>
        flow([{ text: `    ${(of[index] ?? '').padEnd(width)} ` }, ...pieces.map(safe)], page, ' '.repeat(width + 5)),
      );
    }),
  ]);
}

function paintedText(pieces: readonly Piece[], { paint }: Page): string {
  return pieces
    .map(({ text, style }) => (style === undefined ? displayText(text) : paint(style, displayText(text))))
    .join('');
}
