import { describe, expect, it } from 'vitest';
import { edit } from '../../checks/show.js';
import { moving } from './moving.js';
import { MINUTE, type Shop } from './shop.js';

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
    edit(sim, (row) => row['id'] === groupId && row['httpsPolicy'] !== undefined, {
      domains: [
        { name: 'by-name.example.com', kind: 'custom', cname: true },
        { name: 'by-address.example.com', kind: 'custom', cname: false },
      ],
    });
    const ends = async () => {
      const answers = ['by-name', 'by-address'].map((name) => call({ host: `${name}.example.com`, path: '/orders/1' }));
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
});
