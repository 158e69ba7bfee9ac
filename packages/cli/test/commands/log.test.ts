import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { lockFile } from '@postern/core/internal/node';
import { Interrupted } from '../../src/process/interruption.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

const OLD = path.resolve(import.meta.dirname, '../../../core/test/decode/fixtures/journal-1.journal');
const SPEC = `version: 1\nproject: shop\nspec: shop-7f3k2q\nlinks: { main: { provider: aws, region: eu-west-1, subnets: [subnet-0a, subnet-0b] } }\n`;

/** A folder with a spec, and the journal of an older version. */
function oldFolder(change: (text: string) => string = (text) => text): {
  readonly cwd: string;
  readonly journal: string;
} {
  const cwd = folder();
  writeFileSync(path.join(cwd, 'postern.yaml'), SPEC);
  const journal = path.join(cwd, '.postern', 'shop.journal');
  mkdirSync(path.dirname(journal));
  copyFileSync(OLD, journal);
  writeFileSync(journal, change(readFileSync(journal, 'utf8')));
  return { cwd, journal };
}

/** What a run leaves that was killed while it created the link. */
const killed = (text: string): string => text.split('\n').slice(0, 5).join('\n') + '\n';

describe('postern log', () => {
  it('shows a killed run as not finished, with its step, and a run that holds the lock as in progress', async () => {
    const { cwd, journal } = oldFolder(killed);
    expect((await run(['log'], { cwd })).out).toMatch(/ - +- +- +not finished, in link:main: create link main$/m);
    const lock = await lockFile(journal, () => undefined);
    expect((await run(['log'], { cwd })).out).toMatch(
      new RegExp(`in progress, process ${process.pid} on .*, in link:main: create link main$`, 'm'),
    );
    await lock.release();
    expect(JSON.parse((await run(['log', '--json'], { cwd })).out)).toMatchObject({
      runs: [{ outcome: 'unfinished' }],
      more: false,
    });
  });

  it.runIf(PROVE)(
    'shows a run that was asked to end as interrupted, as its output did, and nothing as failed',
    async () => {
      const server = await cloud();
      const cwd = folder();
      writeFileSync(path.join(cwd, 'postern.yaml'), specOf(await network(server)));
      const env = { POSTERN_SIMULATOR: server.url };
      const stop = new AbortController();
      const onOut = (out: string): void => {
        if (out.includes('is PENDING')) stop.abort(new Interrupted('SIGINT'));
      };
      const ran = await run(['apply', '--yes'], { cwd, env, signal: stop.signal, onOut });
      expect(ran.status).toBe(130);
      expect(ran.out).toContain('create link main: interrupted');
      expect(ran.err).toContain('stopped by SIGINT. No change was started after that.');
      const { out } = await run(['log'], { cwd });
      expect(out).toMatch(/ 0 done, 1 interrupted, 1 not tried .* interrupted$/m);
      const details = (await run(['log', '--run', 'last'], { cwd })).out;
      expect(details).toContain('outcome:        interrupted');
      expect(details).toMatch(/^ {2}units: +0 done, 1 interrupted, 1 not tried$/m);
      expect((await run(['apply', '--yes'], { cwd, env })).status).toBe(0);
    },
  );

  it('has one row for the repeated steps of a unit, and another for those of the next unit', async () => {
    const { cwd, journal } = oldFolder();
    const { formatJournalLine, JOURNAL_HEADER } = await import('../../../core/src/decode/journal-lines.js');
    const [at, run1] = ['2026-06-01T00:00:00.000Z', 'r-1'];
    const steps = ['link:a', 'link:b'].flatMap((unit) => [1, 2].map((part) => ({ unit, step: `wait ${part}` })));
    let { line: text, hash } = JOURNAL_HEADER;
    for (const one of [
      { type: 'run', at, run: run1, value: { command: 'apply' } } as const,
      ...steps.map((step) => ({ type: 'before', at, run: run1, ...step }) as const),
    ]) {
      const next = formatJournalLine(hash, one);
      text += next.line;
      ({ hash } = next);
    }
    writeFileSync(journal, text);
    const { out } = await run(['log', '--run', 'last'], { cwd });
    expect([...out.matchAll(/(link:\w) .*, 2 times/g)].map(([, unit]) => unit)).toEqual(['link:a', 'link:b']);
  });

  it('shows control characters of a journal escaped', async () => {
    const { cwd, journal } = oldFolder();
    const { formatJournalLine, JOURNAL_HEADER } = await import('../../../core/src/decode/journal-lines.js');
    const at = '2026-06-01T00:00:00.000Z';
    let { line: text, hash } = JOURNAL_HEADER;
    for (const one of [
      { type: 'run', at, run: 'r\u001b[2J', value: { command: 'apply \u001b]52;c;eA==\u0007' } },
      { type: 'before', at, run: 'r\u001b[2J', unit: 'link:\u202e', step: 'x\nerror' },
    ] as const) {
      const next = formatJournalLine(hash, one);
      text += next.line;
      ({ hash } = next);
    }
    writeFileSync(journal, text);
    for (const args of [['log'], ['log', '--run', 'last'], ['log', '--json']]) {
      // eslint-disable-next-line no-control-regex
      expect((await run(args, { cwd })).out.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    }
  });
});
