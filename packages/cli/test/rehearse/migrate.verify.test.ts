import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { createContext, memoryJournal } from '@postern/core/internal/library';
import { Moves } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { restShop } from '../../../aws/test/rest-apis/rest-shop.js';
import { REGION } from '../../../simulator/test/migrate/scene.js';
import { open } from '../../../simulator/test/migrate/stages.js';
import { run } from '../run-command.js';
import { rehearsedShop, snapshotOf } from './world.js';

const jsonOf = (out: string): any => JSON.parse(out);

/** A group that can move to another instance, and the snapshot of its region; `domain` leads to it by an A record. */
async function group(domain?: string) {
  const stage = await open('conventional');
  const { simulation, parts } = stage;
  if (domain !== undefined) {
    simulation.plant(REGION, { kind: 'custom-domain', groupId: parts.apiGroup, name: domain, by: 'address' });
  }
  const driver = alibaba({ region: REGION, api: simulation.alibaba(REGION) });
  const cwd = await snapshotOf(simulation, driver);
  const argv = (...more: string[]) => [
    'rehearse',
    'migrate',
    '--provider',
    'alibaba',
    '--group',
    parts.apiGroup,
    '--to',
    parts.next,
    '--snapshot',
    'now.json',
    ...more,
  ];
  return { ...stage, driver, cwd, argv };
}

describe('postern rehearse migrate', () => {
  it('moves an API group on the twin, waits for the drain and finishes, and no call is lost', async () => {
    const { cwd, argv, parts } = await group();
    const { status, out } = await run(argv(), { cwd });
    expect(out).toContain(`Move of 1 unit from ${parts.old} to ${parts.next}`);
    expect(out).toContain(`The move is finished: 1 on ${parts.next}, 0 on ${parts.old}.`);
    expect(out).toMatch(/Duration +1[67] min( \d+ s)? of simulated time/);
    expect(out).toMatch(/Calls +(\d+) to 4 routes, 5 per second each: \1 delivered, 0 lost/);
    expect(out).toContain('  - DNS of a moved group changes over 1 to 10 minutes');
    expect(status).toBe(0);
  });

  it('gets over faults of the clouds', async () => {
    const { cwd, argv, parts } = await group();
    const { status, out } = await run(argv('--faults', '10', '--seed', '3', '--json'), { cwd });
    expect(jsonOf(out)).toMatchObject({
      ok: true,
      faults: 10,
      run: { summary: expect.stringContaining(`1 on ${parts.next}`) },
      load: { lost: 0 },
    });
    expect(status).toBe(0);
  });

  it('ends with 3 where the move must not start: an A record would keep callers at the old instance', async () => {
    const { cwd, argv } = await group('api.example.com');
    const { status, out } = await run(argv('--json'), { cwd });
    const { run: ran, load, routes, durationMs } = jsonOf(out);
    expect(ran).toMatchObject({ ok: false, summary: 'Refused.', failures: [{ code: 'FINDINGS_FAILED' }] });
    expect(ran.failures[0].message).toContain('api.example.com');
    expect([routes, load.lost, durationMs]).toEqual([8, 0, 0]);
    expect(status).toBe(3);
  });

  it('moves the routes of an HTTP API to another link', async () => {
    const { cwd, ApiId, links } = await rehearsedShop({ second: true });
    const [from = '', to = ''] = links();
    const argv = ['rehearse', 'migrate', '--api', ApiId, '--from', from, '--to', to, '--snapshot', 'now.json'];
    const { status, out } = await run([...argv, '--rate', '20', '--pause', '0s', '--drain', '60s', '--json'], { cwd });
    expect(jsonOf(out)).toMatchObject({
      ok: true,
      perSecond: 20,
      run: { summary: `The move is finished: 1 on ${to}, 0 on ${from}.` },
      load: { lost: 0 },
    });
    expect(status).toBe(0);
  });
});

describe('postern rehearse migrate --rest-api', () => {
  it('moves a stage from a V1 link to a V2 link and an ALB through a canary', async () => {
    const { simulation, restApiId, v1, v2 } = await restShop();
    const region = 'eu-west-1';
    const cwd = await snapshotOf(simulation, aws({ region, clients: simulation.clients(region) }));
    const stage = ['--rest-api', restApiId, '--stage', 'prod', '--to', v2, '--target-balancer', 'orders-alb'];
    const argv = ['rehearse', 'migrate', ...stage, '--canary', '10%', '--drain', '60s', '--snapshot', 'now.json'];
    const { status, out } = await run([...argv, '--json'], { cwd });
    expect(jsonOf(out)).toMatchObject({
      ok: true,
      routes: 2,
      run: { summary: `The move is finished: 1 on ${v2}, 0 on ${v1}.` },
      load: { lost: 0 },
    });
    expect(status).toBe(0);
  });
});

it('postern rehearse plan: runs a saved plan of a move', async () => {
  const { cwd, driver, simulation, parts } = await group();
  const context = createContext({ clock: simulation.clock, random: () => 0.5 });
  const moves = new Moves({ driver, context, journal: memoryJournal() });
  const saved = await moves.plan({ provider: 'alibaba', region: REGION, group: parts.apiGroup, to: parts.next });
  writeFileSync(path.join(cwd, 'move.json'), JSON.stringify(saved));
  const { status, out } = await run(['rehearse', 'plan', 'move.json', '--snapshot', 'now.json'], { cwd });
  expect(out).toContain(`The move is finished: 1 on ${parts.next}, 0 on ${parts.old}.`);
  expect(status).toBe(0);
  writeFileSync(path.join(cwd, 'edited.json'), JSON.stringify({ ...saved, manage: ['sg-1'] }));
  const edited = await run(['rehearse', 'plan', 'edited.json', '--snapshot', 'now.json'], { cwd });
  expect(edited.status).not.toBe(0);
  expect(`${edited.out}${edited.err}`).toMatch(/edited|fingerprint/);
});
