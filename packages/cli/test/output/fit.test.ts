import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROVE, runs } from '../../../core/test/runs.js';
import { COMMANDS } from '../../src/commands/command-list.js';
import { migrate } from '../../src/commands/migrate/index.js';
import { textTable } from '../../../core/src/ground/text/text-table.js';
import { fit } from '../../src/output/layout.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

/** Each command as it is written: `cidr merge`. */
const PATHS = COMMANDS.flatMap((one) =>
  'commands' in one
    ? [one.usage, ...one.commands.map(({ usage }) => `${one.usage} ${nameOf(usage)}`)]
    : nameOf(one.usage),
);
const runExamples = migrate.commands.find(({ usage }) => nameOf(usage) === 'run')?.examples ?? [];

function nameOf(usage: string): string {
  return usage.split(' ', 1)[0] ?? '';
}

describe('lines that fit into a terminal', () => {
  it.each([
    [
      '  one two three four five',
      24,
      ['  one two three four', '    five'],
      'below its beginning, and two columns further',
    ],
    ['one  two three', 10, ['one  two', '  three'], 'columns of spaces stay'],
    ['arn:aws:elasticloadbalancing and more', 10, ['arn:aws:elasticloadbalancing', '  and more'], 'no word is cut'],
    ['\u001b[31mone two\u001b[39m', 7, ['\u001b[31mone two\u001b[39m'], 'colors take no columns'],
    ['one two', undefined, ['one two'], 'without a width'],
  ])('%j at %s: %j, %s', (line, columns, lines, why) => {
    expect(fit([line], columns), why).toEqual(lines);
  });
  it('keeps every word, and is as wide as the terminal at most', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), fc.integer({ min: 40, max: 90 }), (words, columns) => {
        const lines = fit([`  ${words.join(' ')}`], columns);
        expect(lines.join(' ').split(/ +/).filter(Boolean)).toEqual(words);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
      }),
      { numRuns: runs(17, 1_000) },
    );
  });
  it.each([
    [80, ['ID  SAYS', '1   one two three four five six seven']],
    [31, ['ID  SAYS', '1   one two three four five six', '    seven']],
    [20, ['1', '  SAYS  one two', '        three four', '        five six', '        seven']],
  ])('a table at %i columns', (columns, lines) => {
    expect(textTable(['ID', 'SAYS'], [['1', 'one two three four five six seven']], { columns })).toEqual(lines);
  });
});

it.runIf(PROVE)('commands print at most 80 columns on such a terminal', async () => {
  const server = await cloud();
  const cwd = folder();
  const here = { cwd, env: { POSTERN_SIMULATOR: server.url }, columns: 80 };
  writeFileSync(path.join(cwd, 'postern.yaml'), specOf(await network(server)));
  await run(['apply', '--yes'], here);
  const calls = [
    'plan --destroy',
    'links',
    'links main --uses',
    'egress main',
    'allow main --list',
    'log',
    'log --run last',
  ];
  for (const words of [...calls, 'check', 'explain orders', 'quotas']) {
    const { out } = await run(words.split(' '), here);
    const wide = out.split('\n').filter((line) => line.length > 80 && line.trim().includes(' '));
    expect({ words, wide }).toEqual({ words, wide: [] });
  }
});

it('the help of each command fits into 80 columns, and its examples can be copied', async () => {
  for (const words of ['', ...PATHS]) {
    const { out } = await run([...words.split(' ').filter(Boolean), '--help'], { columns: 80 });
    expect({ words, wide: out.split('\n').filter((line) => line.length > 80) }).toEqual({ words, wide: [] });
  }
  const { out } = await run(['migrate', 'run', '--help'], { columns: 80 });
  const joined = out.replaceAll(/ \\\n +/g, ' ');
  for (const line of runExamples) expect(joined).toContain(`  $ ${line}\n`);
});

it.each([
  ['always', { NO_COLOR: '1' }, true],
  ['never', { FORCE_COLOR: '1' }, false],
  ['auto', { FORCE_COLOR: '1' }, true],
  ['auto', { FORCE_COLOR: '0' }, false],
  ['auto', {}, false],
])('--color %s with %j', async (when, env, isColored) => {
  const cwd = folder();
  writeFileSync(path.join(cwd, 'needs.yaml'), (await run(['advise', '--example'])).out);
  const { out } = await run(['advise', 'needs.yaml', '--color', when], { cwd, env });
  expect(out.includes('\u001b[')).toBe(isColored);
});
