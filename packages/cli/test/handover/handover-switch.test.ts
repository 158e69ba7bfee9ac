import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { HOST } from '../../../alibaba/test/handover/run-world.js';
import { recordsOf, switchWorld } from '../../../alibaba/test/handover/switch-world.js';
import { cloud, folder, run } from '../run-command.js';

it('switches by a proof, shows where it is, and returns', async () => {
  const world = await switchWorld();
  const server = await cloud();
  server.simulation.load(world.built);
  const cwd = folder({});
  writeFileSync(path.join(cwd, 'plan.json'), JSON.stringify(world.handover));
  const handover = (...argv: readonly string[]) =>
    run(['handover', ...argv], { cwd, env: { POSTERN_SIMULATOR: server.url } });
  const proof = ['--call', 'orders-id=/orders/7', '--accept', 'items', '--accept', 'ping', '-o', 'proof.json'];
  expect((await handover('prove', 'plan.json', ...proof)).status).toBe(0);

  const to = ['switch', 'plan.json', '--proof', 'proof.json'];
  expect(await handover(...to, '--yes')).toMatchObject({
    status: 64,
    err: expect.stringContaining('--accept-unwatched'),
  });
  expect(await handover('status', 'plan.json')).toMatchObject({ status: 0, out: expect.stringMatching(/^built\n/) });
  const switched = await handover(...to, '--yes', '--witness', 'calls');
  expect(switched, switched.err).toMatchObject({ status: 0, out: expect.stringContaining(`Switched: ${HOST} 100 %`) });
  expect(switched.out).toContain('RELEASE 10 %: good: 0 % of the target');
  const status = JSON.parse((await handover('status', 'plan.json', '--json')).out) as { readonly phase: string };
  expect(status).toMatchObject({ phase: 'switched', last: { command: 'handover switch', state: 'switched' } });

  const back = await handover('rollback', 'plan.json', '--yes', '--json');
  expect(back.out.trim().split('\n').at(-1)).toContain('"state":"rolled-back"');
  const { simulation } = server;
  world.simulation.load(simulation.world());
  expect(recordsOf(world)).toEqual([`api CNAME ${world.former} ENABLE`]);
});

it.each([
  ['no proof', ['switch', 'plan.json', '--yes'], 'no proof given'],
  ['a file that is no proof', ['switch', 'plan.json', '--yes', '--proof', 'plan.json'], 'not a saved proof'],
  ['a file that is no plan', ['rollback', 'plan.json', '--yes'], 'not a saved plan'],
])('refuses %s', async (_what, argv, text) => {
  const { status, err } = await run(['handover', ...argv], { cwd: folder({ 'plan.json': '{}' }) });
  expect(status).toBe(64);
  expect(err).toContain(text);
});
