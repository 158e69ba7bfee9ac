import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { wrapMarkdown } from '../../../../scripts/wrap-markdown.mjs';
import { AWS_CATALOGUE, AWS_REFUSALS, type AwsDamage } from './catalogue/aws.js';
import { CATALOGUE } from './catalogue/index.js';
import { REFUSALS } from './catalogue/refusals.js';
import type { Damage } from './fault.js';

const PAGE = fileURLToPath(new URL('../../../../docs/migration.md', import.meta.url));

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

/** How the damage is seen in the simulated account. */
const SEEN: Readonly<Record<Damage['kind'], string>> = {
  fails: '`MigrationError`',
  refused: 'the error of `ModifyApiGroupInstance`',
  'cut off': 'calls of the instance, before and after',
  unanswered: 'calls of callers, before and after',
  changed: 'the group and its instance, before and after',
  'no way back': 'a second `ModifyApiGroupInstance`, back',
  'not shown': 'nothing',
};

const AWS_SEEN: Readonly<Record<AwsDamage['kind'], string>> = {
  'cut off': 'calls of the link, before and after',
  refused: 'the error of `CreateIntegration`',
  changed: 'what the account returns, before and after',
};

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
  const head = '| family | fault | what is wrong | found by | as | if ignored | observed by |';
  return ['<!-- prettier-ignore -->', head, '| --- | --- | --- | --- | --- | --- | --- |', ...rows].join('\n');
}

/** The page with the text between two marks replaced. */
function between(page: string, mark: string, text: string): string {
  const [begin, end] = [`<!-- ${mark} -->\n`, `<!-- /${mark} -->`];
  const [before = '', rest = ''] = page.split(begin);
  const [, after = ''] = rest.split(end);
  return `${before}${begin}\n${text}\n\n${end}${after}`;
}

function ofGroups(): string {
  const rows = [
    ...CATALOGUE.map(
      (one) =>
        `| ${one.family} | \`${one.id}\` | ${one.what} | ${code(one.found)} | ${asText(one)} | ${damageText(one.damage)} | ${SEEN[one.damage.kind]} |`,
    ),
    ...REFUSALS.map(
      (one) =>
        `| ${one.family} | \`${one.id}\` | ${one.what} | \`${one.code}\` | no report | ${damageText(one.damage)} | ${SEEN[one.damage.kind]} |`,
    ),
  ];
  const hidden = CATALOGUE.filter(({ damage }) => damage.kind === 'not shown').map(({ id }) => id);
  const families = new Set([...CATALOGUE, ...REFUSALS].map(({ family }) => family)).size;
  return `${rows.length} faults of ${families} families, all found. The simulated account shows the damage of ${rows.length - hidden.length}; of ${code(hidden)} it cannot.\n\n${table(rows)}`;
}

function ofRoutes(): string {
  const rows = [
    ...AWS_CATALOGUE.map(
      (one) =>
        `| ${one.family} | \`${one.id}\` | ${one.what} | ${code(one.found)} | ${asText(one)} | ${awsDamageText(one.damage)} | ${AWS_SEEN[one.damage.kind]} |`,
    ),
    ...AWS_REFUSALS.map(
      (one) =>
        `| ${one.family} | \`${one.id}\` | ${one.what} | \`${one.code}\` | no report | the call is refused | the error of \`UpdateIntegration\` |`,
    ),
  ];
  const families = new Set([...AWS_CATALOGUE, ...AWS_REFUSALS].map(({ family }) => family)).size;
  return `${rows.length} faults of ${families} families of AWS, all found, and the simulated account shows the damage of all.\n\n${table(rows)}`;
}

it('the page lists the catalogues; POSTERN_WRITE_DOCS=1 writes it', () => {
  const page = readFileSync(PAGE, 'utf8');
  const wanted: string = wrapMarkdown(between(between(page, 'catalogue', ofGroups()), 'aws-catalogue', ofRoutes()));
  if (process.env['POSTERN_WRITE_DOCS'] === '1') writeFileSync(PAGE, wanted);
  else expect(page, 'run with POSTERN_WRITE_DOCS=1').toBe(wanted);
});
