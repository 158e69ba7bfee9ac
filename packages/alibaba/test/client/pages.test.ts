import { createContext } from '@postern/core';
import { describe, expect, it } from 'vitest';
import { alibaba } from '../../src/index.js';
import { collectNumbered, latest } from '../../src/client/pages.js';
import { checkedWorld, EVERYTHING } from '../world/checked-world.js';
import { REGION } from '../world/simulated.js';

describe('a list that shifts while it is read', () => {
  it('has an item of two pages once, as the later page has it', () => {
    const rows = [{ id: 'a', state: 'creating' }, { id: 'b' }, {}, { id: 'a', state: 'ready' }, {}];
    expect(latest(rows, ({ id }) => id)).toEqual([{ id: 'a', state: 'ready' }, { id: 'b' }, {}, {}]);
  });

  it('never puts two entries with one ID into a snapshot', async () => {
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

describe('apply D8: a list that is shorter than its own count', () => {
  const ctx = createContext({});
  const options = { what: 'APIs of g-1', operation: 'DescribeApis' };
  /** Pages of two items; `total` is what each answer counts, in turn. */
  const listed = (ids: readonly string[], totals: readonly number[]) => {
    let calls = 0;
    const fetch = async (page: number) => {
      const total = totals[Math.min(calls, totals.length - 1)] ?? 0;
      calls += 1;
      return { items: ids.slice(2 * (page - 1), 2 * page), total };
    };
    return collectNumbered(ctx, options, (id: string) => id, fetch);
  };

  it('is reported as incomplete, never as the whole list', async () => {
    await expect(listed(['a', 'b', 'c'], [4])).rejects.toMatchObject({
      code: 'INCOMPLETE_LIST',
      message: expect.stringContaining('3 of 4'),
    });
    await expect(listed([], [1])).rejects.toMatchObject({ code: 'INCOMPLETE_LIST' });
  });

  it('is whole where an item was deleted during the read: the last count decides', async () => {
    expect(await listed(['a', 'b', 'c'], [4, 4, 3])).toEqual(['a', 'b', 'c']);
    // The second reading counts right.
    expect(await listed(['a', 'b', 'c'], [4, 4, 4, 3, 3])).toEqual(['a', 'b', 'c']);
  });
});
