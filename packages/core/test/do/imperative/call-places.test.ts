import { describe, expect, it } from 'vitest';
import type { PosternError } from '../../../src/ground/errors.js';
import { PrivateIntegrations } from '../../../src/do/private-integrations.js';
import { defineSpec } from '../../../src/internal/spec.js';
import { drive, seeded } from '../../drive.js';
import { FakeCloud } from '../../fake-cloud.js';

function scene() {
  const cloud = new FakeCloud();
  cloud.gateway('api-1');
  const { id: listenerArn } = cloud.listener('orders', 443);
  const gate = new PrivateIntegrations(cloud.driver(), { project: 'shop', clock: cloud.clock, random: seeded(1) });
  const other = new PrivateIntegrations(cloud.driver(), { project: 'bills', clock: cloud.clock, random: seeded(2) });
  const run = <T>(work: Promise<T>): Promise<T> => drive(cloud.clock, work);
  const pathOf = async (work: Promise<unknown>): Promise<string | undefined> =>
    run(work).then(
      () => 'no error',
      ({ code, place, message }: PosternError) => (place === undefined ? `${code}: ${message}` : place.path),
    );
  return { cloud, gate, other, run, pathOf, listenerArn };
}

const subnets = ['subnet-1a', 'subnet-1b'];

describe('an error of the plan of a call', () => {
  it('names the member of the spec that ensureLink and ensureRoute stand for', async () => {
    const { gate, other, run, pathOf, listenerArn } = scene();
    expect(await pathOf(gate.ensureLink({ name: 'main', subnets: ['subnet-1a', 'subnet-none'] }))).toMatch(
      /^links\.main\.subnets/,
    );
    const link = await run(gate.ensureLink({ name: 'main', subnets }));
    const target = await run(gate.ensureTarget(link, { name: 'orders', listenerArn }));
    expect(await pathOf(gate.ensureRoute('api-9', 'GET /a', target))).toBe('integrations.orders.gateway');
    await run(gate.ensureRoute('api-1', 'GET /a', target));
    expect(await pathOf(other.ensureRoute('api-1', 'GET /a', target))).toMatch(/^integrations\.orders\.routes/);
  });

  it('names the member of the spec of ensure', async () => {
    const { gate, pathOf, listenerArn: listener } = scene();
    const links = { main: { provider: 'aws', subnets } } as const;
    const integrations = {
      orders: { link: 'main', gateway: { httpApi: 'api9' }, targets: { a: { listener } }, routes: { 'GET /a': 'a' } },
    } as const;
    const spec = { version: 1, project: 'shop', links, integrations } as const;
    expect(
      await pathOf(
        gate.ensure(defineSpec({ ...spec, links: { main: { ...links.main, subnets: ['subnet-1a', 'subnet-none'] } } })),
      ),
    ).toMatch(/^links\.main\.subnets/);
    expect(await pathOf(gate.ensure(defineSpec(spec)))).toBe('integrations.orders.gateway');
  });
});

it('a link by the name of its request: is taken wherever an ID is', async () => {
  const { gate, other, run, pathOf, listenerArn } = scene();
  const main = { name: 'main' } as const;
  const { id } = await run(gate.ensureLink({ ...main, subnets, allowlist: [] }));
  expect(await run(gate.ensureTarget(main, { name: 'orders', listenerArn }))).toMatchObject({ linkId: id });
  expect(await run(gate.egress(main))).toMatchObject({ linkId: id });
  expect(await run(gate.usesOf(main))).toEqual([]);
  await run(gate.allow(main, ['10.20.0.0/20']));
  await run(gate.revoke(main, ['10.20.0.0/20']));
  // Of another program.
  expect(await pathOf(other.egress(main))).toBe('link');
  await run(other.deleteLink(main));
  expect(await run(gate.getLink(main))).toMatchObject({ id });
  await run(gate.deleteLink(main, { onEvent: () => undefined }));
  expect(await run(gate.getLink(main))).toBeUndefined();
});
