import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

/** A load balancer whose group admits nobody, and which answers by itself: several errors that no plan fixes. */
async function scene() {
  const server = await cloud();
  const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
  await server.simulation.advance(600_000);
  const there = { cwd, env: { POSTERN_SIMULATOR: server.url }, stopsAtFindings: true };
  const writes = () =>
    server.simulation.journal().filter(({ operation }) => /^(?:Create|Update|Tag|Authorize)/.test(operation));
  return { cwd, writes, postern: (...argv: string[]) => run(argv, there) };
}

const CLOSED = /egress\/admitted, path\/security-group {2}target orders: orders does not allow 10\.0\.1\.0/;

describe('the findings of a plan', () => {
  it('are shown below it, as text and JSON, and stop apply with exit status 3 and no write', async () => {
    const { postern, writes } = await scene();
    const plan = await postern('plan');
    expect(plan).toMatchObject({ status: 0, out: expect.stringMatching(CLOSED) });
    expect(plan.out).toMatch(/\d errors would remain after this plan: `postern apply` stops before its first change\./);
    const { findings, otherFindings } = JSON.parse((await postern('plan', '--json')).out);
    expect(findings).toContainEqual(expect.objectContaining({ check: 'path/security-group', severity: 'error' }));
    expect(otherFindings).toBe(0);

    const before = writes().length;
    const stopped = await postern('apply', '--yes');
    expect(stopped).toMatchObject({ status: 3, out: expect.stringMatching(CLOSED) });
    expect(stopped.err).toMatch(
      /error FINDINGS_FAILED: apply: \d errors would remain after this plan, and nothing was changed/,
    );
    expect(stopped.err).toMatch(/postern\.yaml:\d+:\d+/);
    expect(stopped.err).toContain(
      `--ignore-findings 'egress/admitted:target orders' --ignore-findings 'target/answers`,
    );
    expect(writes()).toHaveLength(before);
  });

  it.runIf(PROVE)('are judged again for a saved plan', async () => {
    const { postern, writes, cwd } = await scene();
    expect(await postern('plan', '-o', 'plan.json')).toMatchObject({ status: 0 });
    const before = writes().length;
    expect(await postern('apply', '--plan', 'plan.json', '--yes')).toMatchObject({
      status: 3,
      err: expect.stringContaining('FINDINGS_FAILED'),
    });
    expect(writes()).toHaveLength(before);
    const goesOn = [
      '--ignore-findings',
      'path/*',
      '--ignore-findings',
      'target/*',
      '--ignore-findings',
      'egress/admitted',
    ];
    const applied = await postern('apply', '--plan', 'plan.json', '--yes', '--json', ...goesOn);
    expect(applied).toMatchObject({ status: 0, err: expect.not.stringContaining('error') });
    const [, started] = applied.out.split('\n').map((line) => (line === '' ? {} : JSON.parse(line)));
    expect(started).toMatchObject({
      type: 'run.started',
      findings: expect.arrayContaining([expect.objectContaining({ ignored: true })]),
    });
    const journal = await readFile(path.join(cwd, '.postern', 'shop.journal'), 'utf8');
    expect(journal).toContain('"ignored":[{"check":"');
  });

  it('that are ignored are named', async () => {
    const { postern } = await scene();
    const { out, status } = await postern('plan', '--ignore-findings', '*');
    expect(out).toMatch(/Ignored: .*path\/security-group of link main → target orders/);
    expect(out).not.toContain('stops before its first change');
    expect(status).toBe(0);
  });

  it.each([
    ['path/rout', 'Did you mean path/route?'],
    ['path/route:', 'Write the subject that the finding shows, or only path/route.'],
  ])('--ignore-findings %s is refused: %s', async (name, remedy) => {
    const { postern } = await scene();
    expect(await postern('apply', '--yes', '--ignore-findings', name)).toMatchObject({
      status: 64,
      err: expect.stringContaining(remedy),
    });
  });
});
