import { createContext } from '@postern/core';
import { describe, expect, it } from 'vitest';
import { alibaba } from '../../src/index.js';
import { latest } from '../../src/client/pages.js';
import { checkedWorld, EVERYTHING } from '../checked-world.js';
import { REGION } from '../simulated.js';

describe('a list that shifts while it is read', () => {
  it('has an item of two pages once, as the later page has it', () => {
    const rows = [{ id: 'a', state: 'creating' }, { id: 'b' }, {}, { id: 'a', state: 'ready' }, {}];
    expect(latest(rows, ({ id }) => id)).toEqual([{ id: 'a', state: 'ready' }, { id: 'b' }, {}, {}]);
  });

  it('never gives a snapshot two entries under one id', async () => {
    const { simulation } = await checkedWorld();
    const door = simulation.alibaba(REGION);
    /** The wrappers of lists that are read by tokens. */
    const twice = ['Instances', 'SecurityGroups', 'NetworkInterfaceSets', 'VpcPeerConnects', 'Listeners'];
    const doubled = (value: unknown): unknown =>
      Array.isArray(value) ? [...(value as unknown[]), ...(value as unknown[])] : value;
    let changed = 0;
    const driver = alibaba({
      region: REGION,
      api: {
        call: async (params, query, options) => {
          const answer = await door.call(params, query, options);
          if (params.product === 'CloudAPI') return answer;
          const body = Object.fromEntries(
            Object.entries(answer.body as Record<string, unknown>).map(([name, value]) => {
              if (!twice.includes(name)) return [name, value];
              changed += 1;
              if (Array.isArray(value)) return [name, doubled(value)];
              return [
                name,
                Object.fromEntries(Object.entries(value as object).map(([key, list]) => [key, doubled(list)])),
              ];
            }),
          );
          return { ...answer, body };
        },
      },
    });
    const region = await driver.observe(EVERYTHING, createContext({ clock: simulation.clock }));
    expect(changed).toBeGreaterThanOrEqual(twice.length);
    for (const list of [
      'instances',
      'securityGroups',
      'interfaces',
      'peerings',
      'listeners',
      'targetGroups',
    ] as const) {
      const ids = (region[list] ?? []).map(({ id }) => id);
      expect(ids).not.toEqual([]);
      expect(new Set(ids).size, list).toBe(ids.length);
    }
  });
});
