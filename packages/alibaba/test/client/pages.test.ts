import { createContext } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { alibaba } from '../../src/index.js';
import { listAll, collectNumbered } from '../../src/client/lists.js';
import type { Session } from '../../src/client/session.js';
import { checkedWorld, EVERYTHING } from '../world/checked-world.js';
import { REGION } from '../world/simulated.js';

describe('a list that shifts while it is read', () => {
  /** The instances of ECS that pages of an answer have, one page a call. */
  const listed = (...pages: object[][]) => {
    const call = (_ctx: unknown, _product: string, _operation: string, { NextToken = 0 }: { NextToken?: unknown }) =>
      Promise.resolve({
        Instances: { Instance: pages[Number(NextToken)] },
        NextToken: Number(NextToken) + 1 < pages.length ? String(Number(NextToken) + 1) : '',
      });
    return listAll({ call } as unknown as Session, createContext({}), 'instances', 'Ecs', 'DescribeInstances');
  };

  it('has an item of two pages once, as the later page has it', async () => {
    const [a, b] = [{ InstanceId: 'a', Status: 'Pending' }, { InstanceId: 'b' }];
    expect(await listed([a, b], [{ ...a, Status: 'Running' }])).toEqual([{ ...a, Status: 'Running' }, b]);
  });

  it('is refused where an item has no ID', async () => {
    await expect(listed([{ InstanceId: 'a' }, {}])).rejects.toMatchObject({
      code: 'BAD_RESPONSE',
      message: expect.stringContaining('the response has no InstanceId') as string,
    });
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

  it('is no list where an item lacks its key, or another member that each has', async () => {
    type Row = { readonly ApiId?: string; readonly Name?: string };
    const wrong = (item: Row) =>
      collectNumbered(
        ctx,
        { ...options, sure: ['ApiId', 'Name'] },
        ({ ApiId = '' }: Row) => ApiId,
        () => Promise.resolve({ items: [item], total: 1 }),
      );
    await expect(wrong({ Name: 'n' })).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
    await expect(wrong({ ApiId: 'a' })).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
    expect(await wrong({ ApiId: 'a', Name: 'n' })).toHaveLength(1);
  });

  it('is whole where an item was deleted during the read, and a later read counts right', async () => {
    expect(await listed(['a', 'b', 'c'], [4, 4, 3])).toEqual(['a', 'b', 'c']);
    expect(await listed(['a', 'b', 'c'], [4, 4, 4, 3, 3])).toEqual(['a', 'b', 'c']);
  });
});

describe('a list from which items are deleted while it is read', () => {
  const ctx = createContext({});
  const options = { what: 'APIs of g-1', operation: 'DescribeApis' };
  /** Pages of two items of a list that loses its first item before each of the first `times` later pages. */
  const losing = (all: readonly string[], times: number) => {
    const rows = [...all];
    let lost = 0;
    return collectNumbered(
      ctx,
      options,
      (id: string) => id,
      async (page) => {
        if (page > 1 && lost < times) {
          rows.shift();
          lost += 1;
        }
        return { items: rows.slice(2 * (page - 1), 2 * page), total: rows.length };
      },
    );
  };

  it('is read again, and lacks none of those that remain', async () => {
    expect(await losing(['a', 'b', 'c', 'd'], 1)).toEqual(['b', 'c', 'd']);
    expect(await losing(['a', 'b', 'c', 'd', 'e'], 2)).toEqual(expect.arrayContaining(['c', 'd', 'e']));
    for (let size = 3; size < 12; size += 1) {
      const all = Array.from({ length: size }, (_, at) => `i${at}`);
      for (const times of [1, 2]) {
        expect(await losing(all, times).catch(() => all)).toEqual(expect.arrayContaining(all.slice(times)));
      }
    }
  });

  it('is reported as incomplete where that never ends', async () => {
    const all = Array.from({ length: 50 }, (_, at) => `i${at}`);
    await expect(losing(all, Infinity)).rejects.toMatchObject({
      code: 'INCOMPLETE_LIST',
      message: expect.stringContaining('lost items while it was read'),
    });
  });
});
