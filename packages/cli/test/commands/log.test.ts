import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { lockFile } from '@postern/core/node';
import { Interrupted } from '../../src/process/interrupted.js';
import { cloud, folder, network, run, specOf, type Ran } from '../run-command.js';

const OLD = path.resolve(import.meta.dirname, '../../../core/test/decode/fixtures/journal-1.journal');
const SPEC = `version: 1\nproject: shop\nlinks: { main: { provider: aws, region: eu-west-1, subnets: [subnet-0a, subnet-0b] } }\n`;

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
  it('lists runs with their command, changes, duration and calls, newest first; --run shows steps and calls', async () => {
    const server = await cloud();
    const cwd = folder();
    writeFileSync(path.join(cwd, 'postern.yaml'), specOf(await network(server)));
    const env = { POSTERN_SIMULATOR: server.url };
    const asked = server.simulation.journal().length;
    expect((await run(['apply', '--yes'], { cwd, env })).status).toBe(0);
    const applied = server.simulation.journal().slice(asked);
    expect((await run(['destroy', '--yes', '--max-parallel', '2'], { cwd, env })).status).toBe(0);
    const log = async (...args: string[]): Promise<Ran> => run(['log', ...args], { cwd });
    const [head, first, second, ...rest] = (await log()).out.trimEnd().split('\n');
    expect(head).toMatch(/^RUN +STARTED +COMMAND +CHANGES +DURATION +CALLS +OUTCOME$/);
    expect(first).toMatch(
      /^[0-9a-f]{8} +2026-06-01T00:02:06Z +destroy --max-parallel --yes +2 done +2 min 35 s +\d+ +done$/,
    );
    expect(second).toMatch(
      /^[0-9a-f]{8} +2026-06-01T00:00:01Z +apply --ignore-findings --yes +2 done +2 min 5 s +\d+ +done$/,
    );
    expect(rest).toEqual([]);

    const { runs } = JSON.parse((await log('--json')).out) as {
      runs: { run: string; calls: Record<string, number> }[];
    };
    const calls = runs[1]?.calls ?? {};
    expect(calls['apigatewayv2 CreateVpcLink']).toBe(1);
    // What the command read before it asked is not a part of the run.
    for (const [name, number] of Object.entries(calls)) {
      const { length } = applied.filter(({ operation }) => name.endsWith(` ${operation}`));
      expect(number, name).toBeGreaterThan(0);
      expect(number, name).toBeLessThanOrEqual(length);
    }
    const writes = applied.filter(({ operation }) => /^(?:Create|Authorize|Revoke)/.test(operation));
    for (const { operation } of writes)
      expect(
        Object.keys(calls).some((name) => name.endsWith(` ${operation}`)),
        operation,
      ).toBe(true);

    const details = (await log('--run', runs[1]?.run.slice(-8) ?? '')).out;
    expect(details).toContain(`Run ${runs[1]?.run}: apply --ignore-findings --yes\n  outcome:        done\n`);
    expect(details).toMatch(/^ {2}units: +2 done$/m);
    expect(details).toMatch(/^\+0 ms +link:main +create link main +0 ms +\d+ +done$/m);
    expect(details).toMatch(
      /^\+5 s +poll:aws\/eu-west-1\/111122223333\/vpc-link-v2 +status 1, \d+ times +0 ms +\d+ +done$/m,
    );
    expect(details).toMatch(/^apigatewayv2 CreateVpcLink +1$/m);
    const whole = JSON.parse((await log('--run', 'last', '--json')).out) as {
      run: { command: string; steps: unknown[] };
    };
    expect(whole.run.command).toBe('destroy --max-parallel --yes');
    expect(whole.run.steps.length).toBeGreaterThan(3);
  });

  it('reads the journal of an older version, which has no calls', async () => {
    const { cwd } = oldFolder();
    const { status, out } = await run(['log'], { cwd });
    expect(status).toBe(0);
    expect(out).toMatch(/^90c325da +2026-06-01T00:00:00Z +apply +2 done +2 min 5 s +- +done$/m);
    expect((await run(['log', '--run', '90c325da'], { cwd })).out).toContain('calls:          not in this journal');
  });

  it('contact L: needs no spec in a folder with a journal', async () => {
    const { cwd } = oldFolder();
    const withSpec = await run(['log'], { cwd });
    rmSync(path.join(cwd, 'postern.yaml'));
    expect(await run(['log'], { cwd })).toEqual(withSpec);
    expect(await run(['log'], { cwd: folder() })).toMatchObject({
      status: 64,
      err: expect.stringContaining('none of'),
    });
  });

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

  it('limits the list, and reads rotated files', async () => {
    const { cwd, journal } = oldFolder(killed);
    copyFileSync(OLD, `${journal}.1`);
    copyFileSync(OLD, `${journal}.2`); // a copy of the same runs
    const limited = await run(['log', '--limit', '1'], { cwd });
    expect(limited.out.trimEnd().split('\n')).toHaveLength(3);
    expect(limited.out).toContain('Older runs exist: --limit shows more than 1.');
    expect((await run(['log'], { cwd })).out).toMatch(/90c325da.*not finished.*\n83dce6ae.*done$/m);
  });

  it.each([
    ['--run', 'nothing', 'NOT_FOUND', 1],
    ['--run', '2026-06-01', 'AMBIGUOUS', 64],
    ['--limit', '0', 'INVALID_INPUT', 64],
  ])('refuses %s %s', async (option, value, code, status) => {
    const { cwd } = oldFolder();
    const ran = await run(['log', option, value], { cwd });
    expect(ran.status).toBe(status);
    expect(ran.err).toContain(`error ${code}`);
  });

  it('writes nothing where no run was made', async () => {
    const cwd = folder();
    writeFileSync(path.join(cwd, 'postern.yaml'), SPEC);
    expect(await run(['log'], { cwd })).toEqual({
      status: 0,
      out: 'No runs of project shop in .postern/shop.journal.\n',
      err: '',
    });
    expect(JSON.parse((await run(['log', '--json'], { cwd })).out)).toEqual({ project: 'shop', runs: [], more: false });
    expect(existsSync(path.join(cwd, '.postern'))).toBe(false);
  });

  it('drops a torn tail with a note; refuses a damaged journal with the line, as apply does', async () => {
    const torn = oldFolder();
    appendFileSync(torn.journal, '{"hash":"0123');
    const ran = await run(['log'], { cwd: torn.cwd });
    expect(ran).toMatchObject({ status: 0, err: expect.stringContaining('note: ') });
    expect(ran.err).toContain('were not completely written');
    const damaged = oldFolder((text) => text.replace('prepare allowlist', 'prepare_allowlist'));
    const refused = await run(['log'], { cwd: damaged.cwd });
    expect(refused.status).toBe(1);
    expect(refused.err).toContain('error JOURNAL_BROKEN');
    expect(refused.err).toContain('line 3');
  });

  it.each([
    [
      'a first line with another hash',
      (text: string) => text.replace(/"hash":"[0-9a-f]{4}/, '"hash":"0000'),
      'JOURNAL_BROKEN',
    ],
    ['another file', () => 'hello\n', 'INVALID_INPUT'],
  ])('L4: %s is refused; moved away, the next run finds what exists by its marks', async (_, damage, code) => {
    const server = await cloud();
    const cwd = folder();
    const spec = specOf(await network(server));
    writeFileSync(path.join(cwd, 'postern.yaml'), spec);
    const apply = (): Promise<Ran> => run(['apply', '--yes'], { cwd, env: { POSTERN_SIMULATOR: server.url } });
    expect((await apply()).status).toBe(0);
    const journal = path.join(cwd, '.postern', 'shop.journal');
    const damaged = damage(readFileSync(journal, 'utf8'));
    writeFileSync(journal, damaged);
    // A run without changes opens no journal.
    writeFileSync(path.join(cwd, 'postern.yaml'), spec.replace('routes: {', "routes: { 'GET /more': orders,"));
    const refused = await apply();
    expect(refused.err).toContain(`error ${code}`);
    expect(refused.err).toContain('Move the file away and run again');
    renameSync(journal, `${journal}.damaged`);
    expect(await apply()).toMatchObject({ status: 0, out: expect.stringContaining('Done: 1 change, 2 unchanged.') });
    expect(readFileSync(`${journal}.damaged`, 'utf8')).toBe(damaged);
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
