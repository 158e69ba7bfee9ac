// Cuts the text of an entry, as TypeDoc writes it, into pages: functions, each class, and the types.
import { anchorOf, outsideCodeLines } from './split.mjs';

/** An entry with less text than this stays one page. */
const ONE_PAGE = 20_000;

/** The union of all codes, as TypeDoc repeats it for each member of that type. */
const ALL_CODES = /(?:\\\| )?`"INVALID_INPUT"`(?: \\\| `"[A-Z_]+"`){20,}/g;

/**
 * The parts of an entry: the first has its functions and the lists of the others. `name` is the entry, and `codes` is where the type
 * of all error codes is described.
 */
export function partsOfEntry(written, name, codes) {
  const text = withAnchors(written.replaceAll(ALL_CODES, `[\`ErrorCode\`](${codes})`).replace(/^# .*$/m, `# ${name}`));
  const sections = new Map(
    text
      .split(/^(?=## )/m)
      .slice(1)
      .map((section) => [titleOf(section), section]),
  );
  const classes = (sections.get('Classes') ?? '')
    .split(/^(?=### )/m)
    .slice(1)
    .map((text) => ({ title: titleOf(text), text: risen(text) }))
    .toSorted((a, b) => Number(isError(a)) - Number(isError(b)));
  if (written.length < ONE_PAGE) return [{ title: name, text }];
  const functions = sections.get('Functions') ?? '';
  const types = [...sections].filter(([title]) => title !== 'Classes' && title !== 'Functions').map(([, own]) => own);
  const typesTitle = `Types of ${name}`;
  const parts = [
    ...classes.map(({ title, text }) => ({ title, part: title, text: withList(text) })),
    ...(types.length === 0 ? [] : [{ title: typesTitle, part: 'types', text: `# ${typesTitle}\n\n${types.join('')}` }]),
  ];
  const lists = [
    ...classes.map(({ title, text }) => `- [\`${title}\`](#${anchorOf(firstLine(text))}): ${sentenceOf(text)}`),
    ...headings(functions, '### ').map(
      ({ title, anchor, text }) => `- [\`${title}\`](#${anchor}): ${sentenceOf(text)}`,
    ),
  ];
  const listed = lists.map((line) => line.replace(/: $/, '')).join('\n');
  const all = types
    .flatMap((own) => headings(own, '### '))
    .map(({ title, anchor }) => `[\`${title}\`](#${anchor})`)
    .join(', ');
  const main = [
    `# ${name}`,
    ...(lists.length === 0 ? [] : [listed]),
    ...classes.slice(0, 1).flatMap(({ title, text }) => {
      const methods = methodsTable(text);
      return methods === '' ? [] : [`## Methods of ${title}`, methods];
    }),
    ...(all === '' ? [] : ['## All types', all]),
    functions,
  ];
  return [{ title: name, text: `${main.join('\n\n').trimEnd()}\n` }, ...parts];
}

const firstLine = (text) => text.slice(0, text.indexOf('\n')).replace(/^#+ /, '');
const titleOf = (text) => plain(firstLine(text));
const plain = (heading) => heading.replace(/ \{#[\w-]+\}$/, '').replaceAll('\\', '');
const isError = ({ text }) => /^#+ Extends[^\n]*\n\n- (?:\[`PosternError`|`Error`)/m.test(text);

/** Each heading gets the anchor that it has on the whole page, so that links between the parts hold. */
function withAnchors(text) {
  const counts = new Map();
  return outsideCodeLines(text, (line) => {
    const [, marks, heading] = /^(#{1,6}) (.*)$/.exec(line) ?? [];
    if (heading === undefined) return line;
    const slug = anchorOf(heading.replaceAll('\\', ''));
    const before = counts.get(slug) ?? 0;
    counts.set(slug, before + 1);
    return `${marks} ${heading} {#${before === 0 ? slug : `${slug}-${before}`}}`;
  });
}

/** A class as a page of its own: its headings rise by two levels. */
const risen = (text) =>
  outsideCodeLines(text, (line) => line.replace(/^###(#*) /, '#$1 ')).replace(/\n\*\*\*\s*$/, '\n');

/** The headings of one level, with the text below each. */
function headings(text, marks) {
  return text
    .split(new RegExp(`^(?=${marks})`, 'm'))
    .filter((part) => part.startsWith(marks))
    .map((part) => ({ title: titleOf(part), anchor: anchorOf(firstLine(part)), text: part }));
}

/** The first sentence of a description. */
function sentenceOf(text) {
  const paragraph = outside(text)
    .split(/\n{2,}/)
    .find((part) => /^[A-Z`[{]/.test(part));
  return (/^[\s\S]*?[.:;](?=\s|$)/.exec(paragraph ?? '')?.[0] ?? '')
    .replaceAll('\n', ' ')
    .replaceAll('|', '\\|')
    .replace(/[:;]$/, '.');
}
const outside = (text) =>
  text
    .replaceAll(/^```[\s\S]*?^```/gm, '')
    .replace(/^#.*\n/, '')
    .trimStart();

function methodsTable(text) {
  const methods = headings(text.split(/^## Methods/m)[1] ?? '', '### ').filter(
    ({ text }) => !/^protected /m.test(text),
  );
  if (methods.length === 0) return '';
  const rows = methods.map(({ title, anchor, text }) => `| [\`${title}\`](#${anchor}) | ${sentenceOf(text)} |`);
  return `| method | |\n| --- | --- |\n${rows.join('\n')}`;
}

/** The page of a class has the list of its methods before all else. */
function withList(text) {
  const table = methodsTable(text);
  return table === '' ? text : text.replace(/^(?=## )/m, `${table}\n\n`);
}
