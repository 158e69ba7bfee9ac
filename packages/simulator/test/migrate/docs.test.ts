import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { wrapMarkdown } from '../../../../scripts/wrap-markdown.mjs';
import { AWS_CATALOGUE, AWS_REFUSALS, type AwsDamage } from './catalogue/aws.js';
import { CATALOGUE } from './catalogue/index.js';
import { REFUSALS } from './catalogue/refusals.js';
import type { Damage } from './fault.js';
import { columnsIn, columnsOf, type Columns } from './forced-columns.js';
import { FORCED } from './forced.js';

const PAGE = fileURLToPath(new URL('../../../../docs/move-validation.md', import.meta.url));

function damageText(damage: Damage): string {
  switch (damage.kind) {
    case 'fails':
      return 'the move fails: “instance cannot connect the backend …”';
    case 'refused':
      return 'the call is refused';
    case 'cut off':
      return 'the move succeeds, and a backend is no longer reached';
    case 'unanswered':
    case 'changed':
      return `the move succeeds, and ${damage.words}`;
    case 'no way back':
      return damage.by === 'fails'
        ? 'the move succeeds, and the move back fails: “instance cannot connect the backend …”'
        : 'the move succeeds, and so does the move back, after which a backend is no longer reached';
    case 'not shown':
      return `not shown: ${damage.why}`;
  }
}

function awsDamageText(damage: AwsDamage): string {
  switch (damage.kind) {
    case 'cut off':
      return 'the integration changes its link, and the backend is no longer reached';
    case 'refused':
      return 'the call is refused';
    case 'changed':
      return `the integration changes its link, and ${damage.words}`;
  }
}

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
const asText = ({ verdict, severity }: { readonly verdict: string; readonly severity: string }): string =>
  `${verdict === 'unknown' ? 'unknown, ' : ''}${severity}`;

function table(rows: readonly string[]): string {
  const head = '| family | fault | what is wrong | found by | as | predicted | what happened | calls lost |';
  return ['<!-- prettier-ignore -->', head, '| --- | --- | --- | --- | --- | --- | --- | --- |', ...rows].join('\n');
}

/** The page with the text between two marks replaced. */
function between(page: string, mark: string, text: string): string {
  const [begin, end] = [`<!-- ${mark} -->\n`, `<!-- /${mark} -->`];
  const [before = '', rest = ''] = page.split(begin);
  const [, after = ''] = rest.split(end);
  return `${before}${begin}\n${text}\n\n${end}${after}`;
}

/** The columns of a run as they are written in a row. */
type Happened = (id: string) => string;

function ofGroups(happened: Happened): string {
  const rows = [
    ...CATALOGUE.map(
      (one) =>
        `| ${one.family} | \`${one.id}\` | ${one.what} | ${code(one.found)} | ${asText(one)} | ${damageText(one.damage)} | ${happened(one.id)} |`,
    ),
    ...REFUSALS.map(
      (one) =>
        `| ${one.family} | \`${one.id}\` | ${one.what} | \`${one.code}\` | no report | ${damageText(one.damage)} | ${happened(one.id)} |`,
    ),
  ];
  const hidden = CATALOGUE.filter(({ damage }) => damage.kind === 'not shown').map(({ id }) => id);
  const families = new Set([...CATALOGUE, ...REFUSALS].map(({ family }) => family)).size;
  return `${rows.length} faults of ${families} families, all found. The simulated account shows the damage of ${rows.length - hidden.length}; of ${code(hidden)} it cannot.\n\n${table(rows)}`;
}

function ofRoutes(happened: Happened): string {
  const rows = [
    ...AWS_CATALOGUE.map(
      (one) =>
        `| ${one.family} | \`${one.id}\` | ${one.what} | ${code(one.found)} | ${asText(one)} | ${awsDamageText(one.damage)} | ${happened(one.id)} |`,
    ),
    ...AWS_REFUSALS.map(
      (one) =>
        `| ${one.family} | \`${one.id}\` | ${one.what} | \`${one.code}\` | no report | the call is refused | ${happened(one.id)} |`,
    ),
  ];
  const families = new Set([...AWS_CATALOGUE, ...AWS_REFUSALS].map(({ family }) => family)).size;
  return `${rows.length} faults of ${families} families of AWS, all found, and the simulated account shows the damage of all.\n\n${table(rows)}`;
}

async function forcedAll(): Promise<ReadonlyMap<string, Columns>> {
  const all = new Map<string, Columns>();
  for (const [id, force] of FORCED) all.set(id, columnsOf(await force()));
  return all;
}

const WRITES = process.env['POSTERN_WRITE_DOCS'] === '1';

it('the page lists the catalogues; POSTERN_WRITE_DOCS=1 forces every fault, and writes it', async () => {
  const page = readFileSync(PAGE, 'utf8');
  const columns = WRITES ? await forcedAll() : columnsIn(page);
  const happened: Happened = (id) => (columns.get(id) ?? ['not forced', '–']).join(' | ');
  const tables = between(between(page, 'catalogue', ofGroups(happened)), 'aws-catalogue', ofRoutes(happened));
  const wanted: string = wrapMarkdown(tables);
  if (WRITES) writeFileSync(PAGE, wanted);
  else expect(page, 'run with POSTERN_WRITE_DOCS=1').toBe(wanted);
});
