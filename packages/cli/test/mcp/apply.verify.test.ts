import type { ElicitResult } from '@modelcontextprotocol/client';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { atShop, manyRoutes } from '../apply/shop-account.js';
import { assistant, call, ERAS, type Era } from './assistant.js';

const SPEC = manyRoutes({ links: 1, routes: 1 });

interface Shown {
  readonly plan: string;
  readonly digest: string;
}

async function scene(era: Era, answer?: () => ElicitResult, now?: () => number) {
  const { server, cwd, write, postern } = await atShop(SPEC, 'healthy');
  const env = { POSTERN_SIMULATOR: server.url };
  const one = await assistant({
    cwd,
    era,
    env,
    options: { allowApply: true },
    ...(answer && { answer }),
    ...(now && { now }),
  });
  const changed = (): readonly string[] =>
    server.simulation
      .journal()
      .map(({ operation }) => operation)
      .filter((name) => !/^(?:Describe|Get|List)/.test(name));
  const shown = async (): Promise<Shown> => {
    const { plan, digest } = await call<Shown>(one, 'plan');
    return { plan, digest };
  };
  return { one, cwd, write, postern, changed, shown };
}

const yes = (): ElicitResult => ({ action: 'accept', content: { confirm: true } });

describe('apply of postern mcp', () => {
  it('carries out the plan that was shown, once, and is in the journal', async () => {
    const { one, cwd, changed, shown, postern, write } = await scene('legacy', yes);
    const plan = await shown();
    const progress: unknown[] = [];
    const applied = await one.client.callTool(
      { name: 'apply', arguments: { ...plan } },
      { onprogress: (at) => void progress.push(at) },
    );
    expect(applied.structuredContent).toMatchObject({
      status: 'done',
      steps: expect.arrayContaining([expect.objectContaining({ outcome: 'done' })]),
    });
    expect(progress).toContainEqual(expect.objectContaining({ message: expect.stringContaining('create link l0') }));
    expect(one.asked).toEqual([
      expect.stringMatching(
        /^Apply 2 changes to project shop in aws eu-west-1.*\nIt deletes nothing\.\nPlan [0-9a-f]{64}$/,
      ),
    ]);
    expect(changed()).toContain('CreateVpcLink');
    const { run } = applied.structuredContent as { run: string };
    expect(readFileSync(path.join(cwd, '.postern', 'shop.journal'), 'utf8')).toContain(
      '"command":"apply --json --mcp --yes"',
    );
    expect(await call(one, 'status', { run })).toMatchObject({ runs: [{ run, outcome: 'done' }] });
    expect((await postern('log --run last')).out).toContain(run);
    const before = changed().length;
    expect(await call(one, 'apply', { ...plan })).toMatchObject({
      isError: true,
      text: expect.stringContaining('was used'),
    });

    // What is deleted is listed, and quoted.
    write(SPEC.replace("    routes:\n      'GET /0/r0': orders\n", "    routes:\n      'GET /1/r0': orders\n"));
    await call(one, 'apply', { ...(await shown()) });
    expect(one.asked[1]).toMatch(/\(1 deletion\).*\nIt deletes or replaces:\n- "delete route GET \/0\/r0 \(/);
    expect(changed().length).toBeGreaterThan(before);
  });

  it.each(ERAS)('%s: changes nothing where the answer is not yes', async (era) => {
    const no: ElicitResult[] = [
      { action: 'decline' },
      { action: 'cancel' },
      { action: 'accept', content: { confirm: false } },
    ];
    const answers = [...no];
    const { one, changed, shown } = await scene(era, () => answers.shift() ?? yes());
    for (const _ of no) {
      const plan = await shown();
      expect(await call(one, 'apply', { ...plan })).toMatchObject({
        status: 'declined',
        text: 'Not confirmed. Nothing was changed.',
      });
      expect(await call(one, 'apply', { ...plan })).toMatchObject({ isError: true });
    }
    expect([one.asked.length, changed()]).toEqual([no.length, []]);
  });

  it.each(ERAS)('%s: is refused in words where the client cannot ask', async (era) => {
    const { one, changed, shown } = await scene(era);
    expect(await call(one, 'apply', { ...(await shown()) })).toMatchObject({
      isError: true,
      text: expect.stringContaining('this client cannot ask a person for confirmation, so nothing is applied'),
    });
    expect(changed()).toEqual([]);
  });

  it('ends after the step that runs when it is canceled, and the next plan continues', async () => {
    const { one, changed, shown } = await scene('modern', yes);
    const end = new AbortController();
    const onprogress = ({ message }: { readonly message?: string | undefined }): void => {
      if (message === 'create link l0: started') end.abort(new Error('stop'));
    };
    const first = one.client.callTool(
      { name: 'apply', arguments: { ...(await shown()) } },
      { onprogress, signal: end.signal },
    );
    await expect(first).rejects.toThrow('stop');
    let outcome: string | undefined;
    while (outcome === undefined || outcome === 'unfinished') {
      const { runs } = await call<{ runs: { outcome: string }[] }>(one, 'status');
      outcome = runs[0]?.outcome;
    }
    expect([outcome, changed()]).toEqual([
      expect.stringMatching(/interrupted|failed/),
      expect.not.arrayContaining(['CreateRoute']),
    ]);
    expect(await call(one, 'apply', { ...(await shown()) })).toMatchObject({ status: 'done' });
    expect(changed().filter((operation) => operation === 'CreateVpcLink')).toHaveLength(1);
  });

  it('refuses a plan that was changed, made up, has expired or is about another state', async () => {
    let now = 0;
    const { one, changed, shown, write } = await scene('modern', yes, () => now);
    const plan = await shown();
    const refused = { isError: true, text: expect.stringContaining('this server has no such plan') };
    const digest = plan.digest.replace(/^./, (first) => (first === '0' ? '1' : '0'));
    expect(await call(one, 'apply', { ...plan, digest })).toMatchObject(refused);
    expect(await call(one, 'apply', { ...plan, plan: `${plan.plan.slice(0, -1)}x` })).toMatchObject(refused);
    now = 600_000;
    expect(await call(one, 'apply', { ...plan })).toMatchObject(refused);
    expect(one.asked).toEqual([]);
    const other = await shown();
    write(SPEC.replace('10.20.2.0/24', '10.20.3.0/24'));
    expect(await call(one, 'apply', { ...other })).toMatchObject({
      isError: true,
      text: expect.stringContaining('WORLD_MOVED'),
    });
    expect(changed()).toEqual([]);
  });

  it('accepts an answer only with what this server has signed', async () => {
    const { one, changed, shown } = await scene('modern', yes);
    const plan = await shown();
    const inputResponses = { confirm: { action: 'accept', content: { confirm: true } } };
    const request = (more: object) =>
      one.client.callTool({ name: 'apply', arguments: { ...plan }, inputResponses, ...more } as never);
    await expect(request({ requestState: 'made-up' })).rejects.toThrow('Invalid or expired requestState');
    expect(changed()).toEqual([]);
    // An answer without a question is not one: the person is asked.
    expect((await request({})).structuredContent).toMatchObject({ status: 'done' });
    expect(one.asked).toHaveLength(1);
  });
});
