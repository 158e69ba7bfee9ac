import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

/** An applied spec, and its folder. */
async function applied() {
  const server = await cloud();
  const env = { POSTERN_SIMULATOR: server.url };
  const text = specOf(await network(server)).replace('project: shop\n', 'project: shop\nspec: shop-7f3k2q\n');
  const cwd = folder({ 'postern.yaml': text });
  const postern = (...argv: string[]) => run(argv, { cwd, env });
  expect(await postern('apply', '--yes')).toMatchObject({ status: 0 });
  return { server, env, cwd, text, postern };
}

describe('contact M4: postern forget', () => {
  it('removes the marks of a link, keeps the link, and prints what to write in the spec', async () => {
    const { postern } = await applied();
    const done = await postern('forget', 'links.main', '--yes');
    expect(done).toMatchObject({
      status: 0,
      out: expect.stringMatching(/~ give up link main \(\w+\): its marks are removed, and it is kept/),
    });
    expect(done.out).toContain('remove link main from the spec, or declare it by its ID with `owner: external`');
    const again = await postern('forget', 'links.main', '--yes');
    expect([again.status, again.out]).toEqual([0, expect.stringContaining('No changes')]);
    expect(again.out).toContain('link main carries no mark of this spec: there is nothing to remove');
    expect((await postern('plan')).out).toContain('create link main');
  });

  it.runIf(PROVE)(
    'releases a whole spec: nothing is deleted, by destroy neither, and the journal has the steps',
    async () => {
      const { postern, cwd, server } = await applied();
      const world = () =>
        server.simulation.call({ service: 'apigatewayv2', operation: 'GetVpcLinks', region: 'eu-west-1' }, {}) as {
          readonly Items: readonly { readonly VpcLinkId: string }[];
        };
      const before = world().Items.map(({ VpcLinkId }) => VpcLinkId);
      const shown = await postern('forget', '--dry-run', '--json');
      const plan = JSON.parse(shown.out) as { goal: string; units: readonly { steps: readonly { kind: string }[] }[] };
      expect([shown.status, plan.goal]).toEqual([0, 'forget']);
      expect(new Set(plan.units.flatMap(({ steps }) => steps.map(({ kind }) => kind)))).toEqual(new Set(['tag']));
      const text = await postern('forget', '--dry-run');
      expect(text.out).toMatch(/forget route ANY \/orders on \w+/);
      const done = await postern('forget', '--yes', '--json');
      const events = done.out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { type: string; goal?: string });
      expect(done.status).toBe(0);
      expect(events.find(({ type }) => type === 'run.started')?.goal).toBe('forget');
      const destroyed = await postern('destroy', '--yes');
      expect([destroyed.status, destroyed.out]).toEqual([0, expect.stringContaining('No changes')]);
      expect(world().Items.map(({ VpcLinkId }) => VpcLinkId)).toEqual(before);
      const [journal = ''] = readdirSync(path.join(cwd, '.postern')).filter((name) => /journal|jsonl/.test(name));
      expect(readFileSync(path.join(cwd, '.postern', journal), 'utf8')).toContain('forget route ANY /orders');
    },
  );

  it.runIf(PROVE)('takes a spec before the names, and needs consent', async () => {
    const { cwd, env } = await applied();
    const elsewhere = folder();
    const file = path.join(cwd, 'postern.yaml');
    const inPlace = (...argv: string[]) => run(argv, { cwd: elsewhere, env });
    expect(await inPlace('forget', file, 'orders')).toMatchObject({
      status: 64,
      err: expect.stringContaining('NO_TERMINAL'),
    });
    for (const argv of [
      [file, 'integrations.orders'],
      ['--spec', file, 'integrations.orders'],
    ])
      expect((await inPlace('forget', ...argv, '--dry-run')).out).toMatch(/^integration:orders .*\n.*forget route/);
    expect(await inPlace('forget', file, 'integrations.ordres', '--yes')).toMatchObject({
      status: 1,
      err: expect.stringContaining('Did you mean integrations.orders?'),
    });
  });

  it('needs a project', async () => {
    const server = await cloud();
    const env = { POSTERN_SIMULATOR: server.url };
    const { status, err } = await run(['forget', 'main', '--region', 'eu-west-1', '--yes'], { cwd: folder(), env });
    expect([status, err]).toEqual([64, expect.stringContaining('no project given')]);
  });
});

describe('moved in a spec', () => {
  it.runIf(PROVE)(
    'renames link and integration without replacing anything, and says when an entry can be removed',
    async () => {
      const { text, env } = await applied();
      const renamed = text
        .replace(
          'spec: shop-7f3k2q\n',
          'spec: shop-7f3k2q\nmoved:\n  - { from: links.main, to: links.edge }\n  - { from: integrations.orders, to: integrations.sales }\n',
        )
        .replace(/^( +)main:/m, '$1edge:')
        .replace(/link: main/g, 'link: edge')
        .replace(/^( +)orders:\n/m, '$1sales:\n');
      const cwd = folder({ 'postern.yaml': renamed });
      const postern = (...argv: string[]) => run(argv, { cwd, env });
      const plan = await postern('plan', '--detailed-exitcode');
      expect([plan.status, plan.out]).toEqual([
        2,
        expect.stringMatching(/~ move link edge: renamed from main; \w+ is kept/),
      ]);
      expect(plan.out).toMatch(/~ move route ANY \/orders on \w+: integration orders was renamed/);
      expect(plan.out).toContain('to change');
      expect(plan.out).not.toMatch(/to (?:create|delete|replace|deploy)/);
      expect(await postern('apply', '--yes')).toMatchObject({ status: 0 });
      const next = await postern('plan', '--detailed-exitcode');
      expect([next.status, next.out]).toEqual([0, expect.stringContaining('No changes')]);
      expect(next.out).toContain('moved[0] (links.main → links.edge): no mark has the former name; remove the entry');
    },
  );
});
