import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plan } from '@postern/core';
import { describe, expect, it } from 'vitest';
import { PROVE, sample } from '../../../core/test/runs.js';
import { cloud, folder, run } from '../run-command.js';
import { onAlibaba, onAws } from './three-integrations.js';

async function scene(textOf: typeof onAws) {
  const server = await cloud();
  const text = await textOf(server);
  const cwd = folder({ 'postern.yaml': text });
  const env = { POSTERN_SIMULATOR: server.url };
  const postern = (...argv: string[]) => run(argv, { cwd, env });
  const apply = (...argv: string[]) => postern('apply', '--yes', '--allow-purchase', ...argv);
  const steps = async (...argv: string[]): Promise<readonly string[]> => {
    const { units } = JSON.parse((await postern('plan', '--json', ...argv)).out) as Plan;
    return units.flatMap((unit) => unit.steps.map(({ id }) => id.replace(/ (?:on|of) .*/, '')));
  };
  const write = (content: string) => writeFileSync(path.join(cwd, 'postern.yaml'), content);
  const calls = () => server.simulation.journal().map(({ operation }) => operation);
  return { text, postern, apply, steps, write, calls };
}

const CLOUDS = [
  ['AWS', onAws, []],
  ['Alibaba Cloud', onAlibaba, ['create target bills']],
] as const;

describe.each(sample(CLOUDS, 2))('--only on %s', (_, textOf, targets) => {
  const bills = ['GET', 'POST', 'PUT'].map((method) => `create route ${method} /bills`);

  it('plans and applies a part of the spec, and says what it leaves out', async () => {
    const { postern, apply, steps } = await scene(textOf);
    const plan = await postern('plan', '--only', 'bills');
    expect(plan).toMatchObject({ status: 0 });
    expect(plan.out).toContain('this is the plan of bills only: it leaves out 2 integrations of the spec');
    expect(JSON.parse((await postern('plan', '--only', 'bills', '--json')).out)).toMatchObject({
      options: { only: ['bills'] },
      leftOut: { links: [], integrations: ['orders', 'users'], targets: [], undeclared: [] },
    });
    expect(await steps('--only', 'bills')).toEqual(['create link main', ...targets, ...bills]);
    expect(await apply('--only', 'bills')).toMatchObject({ status: 0, out: expect.stringContaining('Done: ') });
    expect(await steps('--only', 'bills', 'main')).toEqual([]);
    const rest = await steps();
    expect(rest.filter((id) => id.includes('/bills'))).toEqual([]);
    expect(rest.filter((id) => id.startsWith('create route'))).toHaveLength(6);
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await steps()).toEqual([]);
  });

  it.runIf(PROVE)('is part of a saved plan', async () => {
    const { postern, apply, steps } = await scene(textOf);
    expect(await postern('plan', '--only', 'bills', '-o', 'plan.json')).toMatchObject({ status: 0 });
    expect(await apply('--plan', 'plan.json', '--only', 'bills')).toMatchObject({
      status: 64,
      err: expect.stringContaining('postern plan --only bills -o plan.json'),
    });
    expect(await apply('--plan', 'plan.json')).toMatchObject({ status: 0 });
    expect(await steps('--only', 'bills')).toEqual([]);
    expect((await steps()).filter((id) => id.startsWith('create route'))).toHaveLength(6);
  });

  it.runIf(PROVE)('deletes nothing that is no longer declared, so needs no --max-deletes', async () => {
    const { text, apply, postern, write, calls } = await scene(textOf);
    expect(await apply()).toMatchObject({ status: 0 });
    write(text.replace(/^ {2}bills:\n(?: {4}.*\n)+/m, '').replace('PUT /users', 'PATCH /users'));
    expect(await apply()).toMatchObject({ status: 64, err: expect.stringContaining('error TOO_MANY_DELETIONS') });
    const before = calls().length;
    const applied = await apply('--only', 'users');
    expect(applied).toMatchObject({ status: 0, out: expect.stringContaining('--only deletes none of') });
    expect(
      calls()
        .slice(before)
        .filter((call) => /^(?:Delete|Abolish|Remove)/.test(call)),
    ).toEqual([]);
    const [, gone = ''] = /apply needs (--max-deletes \d+)/.exec((await postern('plan')).out) ?? [];
    expect(await apply(...gone.split(' '))).toMatchObject({ status: 0 });
    expect((await postern('plan')).out).toMatch(/^No changes; /m);
  });

  it('refuses names that the spec does not have before any call, and what contradicts it', async () => {
    const { postern, apply, calls } = await scene(textOf);
    const before = calls().length;
    for (const command of ['plan', 'apply']) {
      const refused = await postern(command, '--only', 'bill', ...(command === 'apply' ? ['--yes'] : []));
      expect(refused).toMatchObject({ status: 64, out: '' });
      expect(refused.err).toContain(
        'error UNKNOWN_REFERENCE: --only: the spec has no link, integration or target "bill"',
      );
      expect(refused.err).toContain('Did you mean bills?');
    }
    expect(await apply('--only', 'bills', '--prune')).toMatchObject({ status: 64 });
    expect(await postern('plan', '--destroy', '--only', 'bills')).toMatchObject({ status: 64 });
    expect(await postern('plan', '--only')).toMatchObject({ status: 64 });
    expect(calls().slice(before)).toEqual([]);
  });
});

describe('--only on a gateway that moves to another link as a whole', () => {
  it.runIf(PROVE)('is refused where it would move routes that are left out', async () => {
    const { text, postern, apply, steps, write } = await scene(onAlibaba);
    expect(await apply()).toMatchObject({ status: 0 });
    write(text.replace(/ {6}- vsw-\w+\n/, ''));
    const refused = await postern('plan', '--only', 'bills');
    expect(refused).toMatchObject({ status: 1, err: expect.stringContaining('error UNSUPPORTED') });
    expect(refused.err).toMatch(/moves from \S+ to link main as a whole, and --only leaves out GET \/orders/);
    expect(await steps('--only', 'bills', 'orders', 'users')).toContain('replace link main');
  });
});
