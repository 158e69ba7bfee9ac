import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { HOST, targetOf } from '../../../alibaba/test/traditional/handover/run-world.js';
import { recordsOf, switchWorld } from '../../../alibaba/test/traditional/handover/switch-world.js';
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
  expect(await handover(...to, '--yes', '--witness', 'none')).toMatchObject({
    status: 64,
    err: expect.stringContaining('--accept-unwatched'),
  });
  expect(await handover('status', 'plan.json')).toMatchObject({ status: 0, out: expect.stringMatching(/^built\n/) });
  const switched = await handover(...to, '--yes');
  expect(switched, switched.err).toMatchObject({ status: 0, out: expect.stringContaining(`Switched: ${HOST} 100 %`) });
  // Calls of the proof say whether calls fail, and the figures of the cloud how many come.
  expect(switched.out).toMatch(
    /RELEASE 10 %: good: 0 % of the target's calls fail.*; \d+ open connections of the target; 0 calls a second on the/,
  );
  const status = JSON.parse((await handover('status', 'plan.json', '--json')).out) as { readonly phase: string };
  expect(status).toMatchObject({ phase: 'switched', last: { command: 'handover switch', state: 'switched' } });

  const finish = ['finish', 'plan.json', '--keep-alive', '10m'];
  expect(await handover(...finish, '--delete-apis')).toMatchObject({
    status: 64,
    err: expect.stringContaining('--yes'),
  });
  const early = await handover(...finish, '--delete-apis', '--yes');
  expect(early, early.err).toMatchObject({ status: 75, err: expect.stringContaining('DRAINING') });
  await server.simulation.advance(900_000);
  const left = await handover(...finish);
  expect(left, left.err).toMatchObject({
    status: 0,
    out: expect.stringContaining('6 published APIs, removed with --offline'),
  });
  expect(left.out).toContain('import {\n  to = alicloud_apig_gateway.release_gateway');
  const offline = await handover(...finish, '--offline', '--yes', '--json');
  expect(offline, offline.err).toMatchObject({ status: 0 });
  expect(offline.out.trim().split('\n').at(-1)).toContain('"state":"finished"');

  expect(await handover('rollback', 'plan.json', '--yes')).toMatchObject({
    status: 3,
    err: expect.stringContaining('--accept-missing'),
  });
  const back = await handover('rollback', 'plan.json', '--yes', '--json', '--accept-missing', '--delete-built');
  expect(back, back.err).toMatchObject({ status: 75, out: expect.stringContaining('"code":"DRAINING"') });
  expect(back.out.trim().split('\n').at(-1)).toContain('"state":"rolled-back"');
  const { simulation } = server;
  world.simulation.load(simulation.world());
  expect(recordsOf(world)).toEqual([`api CNAME ${world.former} ENABLE`]);
  expect(targetOf(world)['routes']).toHaveLength(6);

  await simulation.advance(4_200_000);
  const deleted = await handover('rollback', 'plan.json', '--yes', '--accept-missing', '--delete-built');
  expect(deleted, deleted.err).toMatchObject({ status: 0, out: expect.stringContaining(HOST) });
  world.simulation.load(simulation.world());
  // The journal of the command does not know who created the domain: it is kept, as is the gateway that was there.
  const { gateways, domains, ...rest } = targetOf(world);
  expect([gateways?.length, domains]).toEqual([1, [`${HOST} HTTP`]]);
  expect(Object.values(rest).flat()).toEqual([]);
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
