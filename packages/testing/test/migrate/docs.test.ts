import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { CATALOGUE } from './catalogue/index.js';
import type { Damage } from './fault.js';

const PAGE = fileURLToPath(new URL('../../../../docs/migration.md', import.meta.url));
const [BEGIN, END] = ['<!-- catalogue -->\n', '<!-- /catalogue -->'];

function damageText(damage: Damage): string {
  switch (damage.kind) {
    case 'fails':
      return 'the move fails: “instance cannot connect the backend …”';
    case 'refused':
      return 'the call is refused';
    case 'cut off':
      return 'the move succeeds, and a backend is not reached any more';
    case 'unanswered':
    case 'changed':
      return `the move succeeds, and ${damage.words}`;
    case 'no way back':
      return damage.by === 'fails'
        ? 'the move succeeds, and the move back fails: “instance cannot connect the backend …”'
        : 'the move succeeds, and so does the move back, after which a backend is not reached any more';
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
  changed: '`DescribeApiGroup`, before and after',
  'no way back': 'a second `ModifyApiGroupInstance`, back',
  'not shown': 'nothing',
};

it('the page lists the catalogue; POSTERN_WRITE_DOCS=1 writes it', () => {
  const rows = CATALOGUE.map(
    ({ family, id, what, found, verdict, severity, damage }) =>
      `| ${family} | \`${id}\` | ${what} | ${found.map((check) => `\`${check}\``).join(', ')} | ${verdict === 'unknown' ? 'unknown, ' : ''}${severity} | ${damageText(damage)} | ${SEEN[damage.kind]} |`,
  );
  const hidden = CATALOGUE.filter(({ damage }) => damage.kind === 'not shown');
  const families = new Set(CATALOGUE.map(({ family }) => family)).size;
  const count = `${CATALOGUE.length} faults of ${families} families, all found. The simulated account shows the damage of ${CATALOGUE.length - hidden.length}; of ${hidden.map(({ id }) => `\`${id}\``).join(', ')} it cannot.`;
  const table = [
    '| family | fault | what is wrong | found by | as | unheeded | seen by |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ];
  const page = readFileSync(PAGE, 'utf8');
  const [before = '', rest = ''] = page.split(BEGIN);
  const [, after = ''] = rest.split(END);
  const wanted = `${before}${BEGIN}\n${count}\n\n<!-- prettier-ignore -->\n${table.join('\n')}\n\n${END}${after}`;
  if (process.env['POSTERN_WRITE_DOCS'] === '1') writeFileSync(PAGE, wanted);
  else expect(page, 'run with POSTERN_WRITE_DOCS=1').toBe(wanted);
});
