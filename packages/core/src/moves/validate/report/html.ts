import { isOpen, type OpenFinding } from '../../../do/findings/finding.js';
import { alikeGaps } from '../../../do/findings/alike-gaps.js';
import { tally, tallyText } from '../../../check/report/tally.js';
import { htmlFinding, htmlFolded, htmlTable } from '../../../ground/text/html-blocks.js';
import { htmlPage, pictureBox, htmlLines, htmlText, PAGE_STYLE } from '../../../ground/text/html-page.js';
import { blockersOf } from '../accept.js';
import type { Impact, ImpactEntry, MigrationReport } from '../migration.js';
import { toolEdits } from '../checks/owner.js';
import { shownReport } from './json.js';
import { counted } from '../../../ground/text/quantities.js';

/** Lists of the cloud; the other forms are for lists outside the cloud. */
const LISTS: ReadonlySet<ImpactEntry['form']> = new Set(['security-group', 'access-control-list', 'network-acl']);

/** The entries for lists of the cloud. */
export function listEntriesOf({ entries }: Impact): readonly ImpactEntry[] {
  return entries.filter(({ form }) => LISTS.has(form));
}

/** The entries for all other lists. */
function otherEntriesOf({ entries }: Impact): readonly ImpactEntry[] {
  return entries.filter(({ form }) => !LISTS.has(form));
}

/** The text if the cloud's lists need no entry; undefined if they do. */
export function noEntryText(impact: Impact): string | undefined {
  if (listEntriesOf(impact).length > 0) return undefined;
  if (impact.new.length === 0) return 'not known';

  return impact.entries.length === 0
    ? 'nothing'
    : 'nothing to the lists of the cloud; other allowlists need the new CIDR blocks';
}

/** `2 errors, and 1 undecided; to accept it: --accept-unknown path/security-group`. */
export function countText(stops: ReturnType<typeof blockersOf>): string {
  const failed = stops.filter(({ verdict }) => verdict === 'fail').length;
  const unknown = stops.length - failed;
  const parts = [failed === 0 ? '' : counted(failed, 'error'), unknown === 0 ? '' : `${unknown} undecided`];
  const checks = new Set(stops.flatMap(({ verdict, check }) => (verdict === 'unknown' ? [check] : [])));
  const options = [...checks].map((check) => `--accept-unknown ${check}`).join(' ');
  const accept = unknown === 0 ? '' : `; to accept ${unknown === 1 ? 'it' : 'them'}: ${options}`;
  return `${parts.filter((part) => part !== '').join(', and ')}${accept}`;
}

/** One migration on the page. */
export interface HtmlPart {
  /** `orders (0f1e…) → apigateway-hz-2`. */
  readonly what: string;
  readonly report: MigrationReport;
  /** How many findings passed, if the report omits them. */
  readonly passed?: number | undefined;
  readonly pictures?: HtmlPictures | undefined;
}

/** Pictures of a move: SVG without a title, as `styledSvg` writes it. */
export interface HtmlPictures {
  readonly before: string;
  readonly after: string;
  /** What the marks mean: `~ to change, ✗ blocked`. */
  readonly legend: string;
}

/**
 * Reports of migrations as one static page: no script, no external resources, and text from outside is
 * escaped.
 * @param heading the source of the facts.
 */
export function migrationHtml(parts: readonly HtmlPart[], heading: string): string {
  const title = parts.length === 1 ? (parts[0]?.what ?? '') : `${parts.length} migrations`;
  const several = parts.length > 1;
  const body = `<header><h1>${text(several ? title : `Migration of ${title}`)}</h1><p class="dim">${text(heading)}</p></header>
${several ? contents(parts) : ''}${parts.map((part, at) => section(part, at, several)).join('\n')}`;
  return htmlPage({ title: `Postern: ${title}`, style: PAGE_STYLE, body });
}

/** Addresses and blocks stay on one line. */
function text(from: string): string {
  return htmlText(from).replace(ADDRESS, '<span class="at">$&</span>');
}

const ADDRESS = /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{1,4}(?::[\da-f]{0,4}){2,7})(?:\/\d{1,3})?(?![\w.])/g;

function contents(parts: readonly HtmlPart[]): string {
  const items = parts.map(({ what, report }, at) => {
    const stops = blockersOf(report);
    const why = stops.length === 0 ? '' : `: <span class="stop">${text(countText(stops))}</span>`;
    return { may: stops.length === 0, item: `<li><a href="#m${at + 1}">${text(what)}</a>${why}</li>` };
  });
  const list = (tag: 'ol' | 'ul', may: boolean): string => {
    const own = items.filter((one) => one.may === may).map(({ item }) => item);
    return own.length === 0 ? '<p>none</p>' : `<${tag}>${own.join('')}</${tag}>`;
  };
  const stopped = items.every(({ may }) => may) ? '' : `<p class="stop">✗ Must not move:</p>${list('ul', false)}`;
  return `<nav><p class="go">✓ May move, in this order:</p>${list('ol', true)}${stopped}</nav>\n`;
}

/** Writes a heading of the level that the page needs. */
export type Heading = (title: string) => string;

function section({ what, report, passed, pictures }: HtmlPart, at: number, several: boolean): string {
  const stops = blockersOf(report);
  const verdict =
    stops.length === 0
      ? '<p class="verdict go">✓ It may go ahead.</p>'
      : `<p class="verdict stop">✗ It must not go ahead: ${text(countText(stops))}.</p>`;
  // With several migrations, each has a heading, and its parts have headings below that.
  const heading: Heading = (title) => (several ? `<h3>${title}</h3>` : `<h2>${title}</h2>`);
  const open = shownReport(report).findings.filter(isOpen);
  return `<section id="m${at + 1}">
${several ? `<h2>${text(what)}</h2>` : ''}${verdict}
<p class="dim">${text(tallyText(tally(shownReport(report), passed)))}</p>
${open.length === 0 ? '' : `${heading('Findings')}\n${open.map(finding).join('\n')}`}
${picturesHtml(pictures, heading)}
${impactTable(report.impact, heading)}
${declared(report, heading)}
${gaps(report, heading)}
</section>`;
}

/** The gateways before and after a move, each in a box in which it scrolls. Empty without pictures. */
export function picturesHtml(pictures: HtmlPictures | undefined, heading: Heading): string {
  if (pictures === undefined) return '';

  const { before, after, legend } = pictures;
  const box = (title: string, svg: string): string => `<p>${title}</p>\n${pictureBox(title, svg)}`;
  const marks = legend === '' ? '' : `<p class="dim">${text(legend)}</p>\n`;
  return `${heading('Before and after')}\n${marks}${box('Before', before)}\n${box('After', after)}`;
}

function finding({ check, verdict, severity, subject, message, evidence, remedy, suppressed }: OpenFinding): string {
  const proof = evidence.map(
    ({ kind: of, hop, id, text: says, verdict: is }) =>
      `<li>${is === 'fail' ? '<span class="stop">✗</span> ' : ''}${text(hop ?? of)}: <code>${text(id)}</code>${says === '' || says === id ? '' : ` ${text(says)}`}</li>`,
  );
  const accepted = suppressed === undefined ? '' : ` (${text(suppressed.reason)})`;
  return htmlFinding({
    look: `${verdict === 'unknown' ? 'unknown' : severity}${suppressed === undefined ? '' : ' accepted'}`,
    tag: verdict === 'unknown' ? `unknown (${severity})` : severity,
    code: check,
    head: `<strong>${text(subject)}</strong>${accepted}`,
    parts: [
      `<p>${text(message)}</p>`,
      remedy && `<p>→ ${text(remedy)}</p>`,
      proof.length === 0 ? undefined : htmlFolded('Evidence', `<ul>${proof.join('')}</ul>`),
    ],
  });
}

const TITLES: Readonly<Record<ImpactEntry['form'], string>> = {
  'security-group': 'Security group',
  'access-control-list': 'Access control list',
  'network-acl': 'Network ACL',
  nginx: 'nginx',
  iptables: 'iptables',
  terraform: 'Terraform',
  json: 'JSON',
};

function entryText({ form, where, text: body, alters }: ImpactEntry): string {
  return `<p class="dim">${text(`${TITLES[form]}${where === form ? '' : ` ${where}`}${alters === true ? ': to change' : ''}`)}</p><pre>${htmlLines(body)}</pre>`;
}

const COLUMNS = ['Backend', 'Now', 'Then', 'To add before the move'];

function impactTable(impact: readonly Impact[], heading: Heading): string {
  if (impact.length === 0) return '';

  const rows = impact.map((one) => {
    const { backend, old, new: next } = one;
    const others = otherEntriesOf(one);
    const none = noEntryText(one);
    const lists = `${none === undefined ? '' : `<p class="dim">${text(none)}</p>`}${listEntriesOf(one).map(entryText).join('')}`;
    const names = [...new Set(others.map(({ form }) => TITLES[form]))].join(', ');
    const more = others.length === 0 ? '' : htmlFolded(text(names), others.map(entryText).join(''));
    const lines = [[backend], old, next].map((cell) => cell.map(text).join('<br>') || 'not known');
    return [...lines, `${lists}${more}`].map(boxed);
  });
  return `${heading('Where calls come from')}\n${htmlTable(COLUMNS, rows, 'impact')}`;
}

/** A cell whose blocks stay below the name of its column on narrow screens. */
const boxed = (cell: string): string => `<div>${cell}</div>`;

const TOOL_COLUMNS = ['Tool', 'Resource', 'Edit, together with the move'];

function declared(report: MigrationReport, heading: Heading): string {
  const edits = toolEdits(report.findings);
  if (edits.length === 0) return '';

  const rows = edits.map(({ kind, id, lines }) =>
    [text(kind), `<code>${text(id)}</code>`, lines.map(text).join('<br>')].map(boxed),
  );
  return `${heading('To change where a tool declares it')}\n${htmlTable(TOOL_COLUMNS, rows, 'tools')}`;
}

function gaps({ gaps: all }: MigrationReport, heading: Heading): string {
  if (all.length === 0) return '';

  const items = alikeGaps(all).map(({ what, operation, code, permission }) =>
    text(`${what}: ${operation} answered ${code}${permission === undefined ? '' : `; ${permission} would allow it`}`),
  );
  return `${heading('Could not be read')}<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}
