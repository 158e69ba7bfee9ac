import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { HandoverProof } from '@postern/alibaba/handover';
import { expect, it } from 'vitest';
import { runWorld } from '../../../alibaba/test/traditional/handover/run-world.js';
import { SECRET } from '../../../alibaba/test/traditional/handover/shop.js';
import { cloud, folder, run } from '../run-command.js';

it('builds what a saved plan has, proves it, and is ready once the unknown is accepted', async () => {
  const world = await runWorld();
  const server = await cloud();
  server.simulation.load(world.simulation.world());
  const cwd = folder({});
  writeFileSync(path.join(cwd, 'plan.json'), JSON.stringify(await world.plan()));
  const handover = (...argv: readonly string[]) =>
    run(['handover', ...argv], { cwd, env: { POSTERN_SIMULATOR: server.url } });

  expect(await handover('run', 'plan.json')).toMatchObject({ status: 64, err: expect.stringContaining('--yes') });
  const early = await handover('prove', 'plan.json');
  expect(early, early.err).toMatchObject({ status: 3, out: expect.stringContaining('NOT_BUILT') });

  const built = await handover('run', 'plan.json', '--yes');
  expect(built.status, built.err).toBe(0);
  expect(built.out).toContain('authorization webshop: done');
  expect(built.out).toContain('Callers still come to the classic group.');
  await server.simulation.advance(60_000);
  const again = await handover('run', 'plan.json', '--yes', '--json');
  expect(again.out.trim().split('\n').at(-1)).toContain('"state":"built"');

  const given = ['prove', 'plan.json', '--call', 'orders-id=/orders/7', '--accept', 'items', '-o', 'proof.json'];
  const proof = await handover(...given);
  expect(proof.status, proof.err).toBe(3);
  const { stages } = JSON.parse(readFileSync(path.join(cwd, 'proof.json'), 'utf8')) as HandoverProof;
  expect(Object.fromEntries(stages[0]?.routes.map(({ route, code }) => [route, code]) ?? [])).toEqual({
    carts: 'PROVEN',
    files: 'PROVEN',
    items: 'UNSAFE_METHOD',
    orders: 'PROVEN',
    'orders-id': 'PROVEN',
    ping: 'HEADERS_DIFFER', // a mock of the target has a content type
  });
  const accepted = await handover(...given, '--accept', 'ping');
  expect(accepted, accepted.err).toMatchObject({ status: 0, out: expect.stringContaining('DNS can be changed.') });
  expect([built.out, again.out, proof.out].join()).not.toContain(SECRET);
});

it.each([
  ['a file that is no plan', ['run', 'other.json', '--yes'], 'not a saved plan'],
  ['the same for a proof', ['prove', 'other.json'], 'not a saved plan of a hand-over'],
  ['a call that is not one', ['prove', 'other.json', '--call', 'orders'], '--call expects ROUTE=PATH'],
])('refuses %s', async (_what, argv, text) => {
  const cwd = folder({ 'other.json': '{}' });
  const { status, err } = await run(['handover', ...argv], { cwd });
  expect(status).toBe(64);
  expect(err).toContain(text);
});
