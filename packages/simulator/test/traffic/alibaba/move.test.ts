import { describe, expect, it } from 'vitest';
import { moving } from './moving.js';
import { MINUTE, REGION, type Shop } from './shop.js';

/** Calls that arrived, by instance. */
function arrivedBy({ sim }: Shop): Record<string, number> {
  const calls: Record<string, number> = {};
  for (const row of sim.traffic.counters().by) calls[row.link] = (calls[row.link] ?? 0) + row.calls;
  return calls;
}

describe('a group that moves', () => {
  it('loses no call where the server admits both instances, which both serve while DNS changes', async () => {
    const { world, old, egress, load } = await moving((block) => [block, '10.0.0.0/16']);
    const { sim, linkId } = world;
    await sim.advance(4 * MINUTE);
    sim.traffic.resetCounters();
    await sim.advance(3 * MINUTE);
    const during = arrivedBy(world);
    expect(during[old]).toBeGreaterThan(90);
    expect(during[linkId]).toBeGreaterThan(90);
    sim.traffic.resetCounters();
    await sim.advance(3 * MINUTE);
    const later = arrivedBy(world);
    expect(later[old]).toBeLessThan(during[old] ?? 0);
    await sim.advance(5 * MINUTE);
    sim.traffic.resetCounters();
    await sim.advance(5 * MINUTE);
    expect(Object.keys(arrivedBy(world))).toEqual([linkId]);
    expect(load.status()).toMatchObject({ calls: 2400, delivered: 2400, lost: 0, done: true });
    expect(egress).toMatch(/^100\.104\./);
  });

  it('shows the server the address of the instance that carries the call', async () => {
    const { world, old, egress } = await moving((block) => [block, '10.0.0.0/16']);
    await world.sim.advance(8 * MINUTE);
    for (const { link, source } of world.sim.traffic.counters().by) {
      if (link === old) expect(source.startsWith(egress.slice(0, egress.lastIndexOf('.')))).toBe(true);
      else expect(source).toMatch(/^10\.0\.[12]\./);
    }
  });

  it('answers 410 to those that an A record keeps at the old instance', async () => {
    const { world } = await moving((block) => [block, '10.0.0.0/16']);
    const { sim, call, groupId } = world;
    for (const by of ['cname', 'address'] as const) {
      sim.plant(REGION, { kind: 'custom-domain', groupId, name: `by-${by}.example.com`, by });
    }
    const ends = async () => {
      const answers = ['by-cname', 'by-address'].map((name) =>
        call({ host: `${name}.example.com`, path: '/orders/1' }),
      );
      return (await Promise.all(answers)).map(({ outcome, status }) => `${outcome} ${status}`);
    };
    await sim.advance(5 * MINUTE);
    expect(await ends()).toEqual(['delivered 200', 'delivered 200']);
    await sim.advance(11 * MINUTE);
    expect(await ends()).toEqual(['delivered 200', 'gone 410']);
    const { headers, body } = await call({ host: 'by-address.example.com', path: '/orders/1' });
    expect(headers).toMatchObject({ 'x-ca-error-code': 'I410GG', 'x-ca-error-message': "Group's instance invalid" });
    expect(body).toBe('');
  });

  it('answers those that keep the address of the old instance, until its time is over', async () => {
    const { world, old } = await moving((block) => [block, '10.0.0.0/16']);
    const { sim, call, host, linkId } = world;
    const end = async (addressOf: string) => {
      const { outcome, status, trace } = await call({
        host,
        path: '/orders/1',
        headers: { 'x-postern-address-of': addressOf },
      });
      return `${outcome} ${status} ${trace.link}`;
    };
    expect(await end(linkId)).toBe(`gone 410 ${linkId}`);
    await sim.advance(10 * MINUTE);
    expect([await end(old), await end(linkId)]).toEqual([`delivered 200 ${old}`, `delivered 200 ${linkId}`]);
    await sim.advance(4 * MINUTE);
    expect([await end(old), await end(linkId)]).toEqual([`gone 410 ${old}`, `delivered 200 ${linkId}`]);
  });

  it('can fail at its end, in words that are planted, and then stays where it was', async () => {
    const { world, old, load } = await moving((block) => [block, '10.0.0.0/16']);
    const { sim, cloud, groupId } = world;
    const error = 'The connectivity check of 10.0.3.10:80 failed.';
    sim.plant(REGION, { kind: 'group-move', groupId, status: 'Fail', error });
    const shown = () => cloud.cloudapi('DescribeApiGroup', { GroupId: groupId });
    await sim.advance(30_000);
    expect(shown()).toMatchObject({ MigrationStatus: 'Running', InstanceId: old });
    await sim.advance(3 * MINUTE);
    expect(shown()).toMatchObject({ MigrationStatus: 'Fail', MigrationError: error, InstanceId: old });
    sim.plant(REGION, { kind: 'group-move', groupId });
    cloud.cloudapi('ModifyApiGroupInstance', { GroupId: groupId, TargetInstanceId: world.linkId });
    await sim.advance(17 * MINUTE);
    expect(shown()).toMatchObject({ MigrationStatus: 'Success', InstanceId: world.linkId });
    expect(load.status()).toMatchObject({ lost: 0, done: true });
  });
});
