import { afterAll, beforeAll, expect, it } from 'vitest';
import { made, smallWorld, type SmallWorld } from '../../../fleet/test/small-world.js';
import { alibabaNetwork, alibabaSpec } from '../alibaba/alibaba-network.js';
import { folder, run } from '../run-command.js';

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld({ startAt: '2026-06-01T00:00:00Z' }); // instances can be bought until August 2026
});
afterAll(() => world.close());

const NOTHING = { version: 1, project: 'none', spec: 'none', links: {}, integrations: {} };

/** A minute of simulated instances: `npm run prove`. */
it('an instance is bought once somebody has approved it, and not before', async () => {
  const account = await world.account(undefined, { provider: 'alibaba', build: () => Promise.resolve(NOTHING) });
  const file = (approvals: string): string => `version: 1
fleet: shop
specs: [orders.yaml]
accounts: { cn: { id: '${account.id}', provider: alibaba } }
approvals: { before: [${approvals}], by: [ana] }
`;
  const cwd = folder({
    'without.yaml': file('deletions'),
    'fleet.yaml': file('purchases'),
    'orders.yaml': alibabaSpec(await alibabaNetwork(account.server)),
  });
  const fleet = (line: string) =>
    run(['fleet', ...line.split(' ')], { cwd, fleet: () => world.client, env: { USER: 'ana' } });
  const bought = (): number => made(account, 'CreateInstance');
  const up = (id: string, name = 'fleet.yaml') => fleet(`up ${name} --yes --detach --ignore-findings * --run ${id}`);

  expect(await fleet('up without.yaml --yes --ignore-findings * --run unasked')).toMatchObject({
    status: 1,
    out: expect.stringContaining('PURCHASE_NOT_ALLOWED') as string,
  });
  expect(await up('refused')).toMatchObject({ status: 0 });
  await world.until('refused', ({ state }) => state === 'asking');
  const { out } = await fleet('approve');
  expect(out).toMatch(/^ {2}purchase orders\.yaml@cn\/cn-hangzhou .*\n.*create link cn/);
  expect(await fleet('approve purchase orders.yaml@cn/cn-hangzhou --yes --as bo')).toMatchObject({ status: 1 });
  await fleet('approve purchase orders.yaml@cn/cn-hangzhou --refuse --yes --reason costly');
  expect(await world.ended('refused')).toMatchObject({
    state: 'skipped',
    specs: [{ error: { code: 'ABORTED', message: 'purchase was refused by ana: costly' } }],
  });
  expect(bought()).toBe(0);

  expect(await up('approved')).toMatchObject({ status: 0 });
  await world.until('approved', ({ state }) => state === 'asking');
  expect(bought()).toBe(0);
  await fleet('approve purchase orders.yaml@cn/cn-hangzhou --yes');
  expect(await world.ended('approved')).toMatchObject({ state: 'done', counts: { specs: { done: 1 } } });
  expect(bought()).toBe(1);
  expect((await fleet('report approved')).out).toContain('Changes: ');
  expect(await fleet('up --yes --ignore-findings * --run again')).toMatchObject({ status: 0 });
  expect(bought()).toBe(1);
});
