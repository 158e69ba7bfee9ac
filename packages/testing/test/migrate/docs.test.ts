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
    case 'changed':
      return `the move succeeds, and ${damage.words}`;
    case 'unknown':
      return 'nobody can say';
    case 'documented':
      return `${damage.words} (by the documentation)`;
  }
}

it('the page lists the catalogue; POSTERN_WRITE_DOCS=1 writes it', () => {
  const rows = CATALOGUE.map(
    ({ family, id, what, found, verdict, severity, damage }) =>
      `| ${family} | \`${id}\` | ${what} | ${found.map((check) => `\`${check}\``).join(', ')} | ${verdict === 'unknown' ? 'unknown, ' : ''}${severity} | ${damageText(damage)} |`,
  );
  const table = [
    '| family | fault | what is wrong | found by | as | unheeded |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ];
  const page = readFileSync(PAGE, 'utf8');
  const [before = '', rest = ''] = page.split(BEGIN);
  const [, after = ''] = rest.split(END);
  const wanted = `${before}${BEGIN}\n<!-- prettier-ignore -->\n${table.join('\n')}\n\n${END}${after}`;
  if (process.env['POSTERN_WRITE_DOCS'] === '1') writeFileSync(PAGE, wanted);
  else expect(page, 'run with POSTERN_WRITE_DOCS=1').toBe(wanted);
});
