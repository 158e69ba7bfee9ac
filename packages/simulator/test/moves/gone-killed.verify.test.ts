import { memoryJournal } from '@postern/core/internal/library';
import type { Moves } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { PROVE, runs } from '../../../core/test/runs.js';
import { assume, ended, MINUTE, moreGroups, movingShop, worker, type MovingShop } from './scene.js';

function remove({ by }: MovingShop, GroupId: string): void {
  const { ApiSummarys } = by('CloudAPI', 'DescribeApis', { GroupId, PageSize: 100, PageNumber: 1 });
  for (const { ApiId } of ApiSummarys.ApiSummary) {
    by('CloudAPI', 'AbolishApi', { GroupId, ApiId, StageName: 'RELEASE' });
    by('CloudAPI', 'DeleteApi', { GroupId, ApiId });
  }
  by('CloudAPI', 'DeleteApiGroup', { GroupId });
}

/** How a user ends a move that a killed process has left. */
const WAYS: Readonly<Record<string, (moves: Moves, move: string, again: () => Promise<unknown>) => Promise<unknown>>> =
  {
    'run and finish': async (moves, move, again) => {
      await again();
      await ended(moves.finish(move, { wait: true })).catch(() => undefined); // nothing was left: it has ended
    },
    rollback: (moves, move) => ended(moves.rollback(move, { assume, drainMs: MINUTE })),
    'abort and finish': async (moves, move) => {
      const { result } = await ended(moves.abort(move));
      if (result.state !== 'rolled-back') await ended(moves.finish(move, { wait: true }));
    },
  };

/** In the slice each way once, and each number of groups. */
const CASES = Object.keys(WAYS).flatMap((way, at) =>
  (['one of three', 'the only one'] as const)
    .filter((_, which) => PROVE || at % 2 === which)
    .map((which) => [way, which] as const),
);

describe('a move whose process was killed, and of which a group was deleted', () => {
  it.each(CASES)('is ended by %s, and holds up no other move: %s', async (way, which) => {
    const stride = runs(29, 7);
    let kills = 0;
    for (let number = stride; ; number += stride) {
      const shop = await movingShop();
      if (which === 'one of three') await moreGroups(shop, 2);
      const journal = memoryJournal();
      const first = worker(shop, {
        journal,
        around: async (call, send) => {
          if (call.at !== number) return send();
          call.kill();
          return new Promise(() => undefined);
        },
      });
      const request = which === 'one of three' ? { from: shop.from, to: shop.to } : shop.request;
      const again = async (moves: Moves): Promise<unknown> => {
        const plan = await moves.plan(request, { assume, manage: [shop.serverGroup] });
        return ended(moves.run(plan, { assume, pauseMs: 0, batch: 1 }));
      };
      const done = again(first.moves).then(() => 'done');
      if ((await Promise.race([done, first.by.killed.then(() => 'killed')])) === 'done') break;
      await shop.sim.advance(20 * MINUTE); // what was sent has come to rest: the service deletes no group that moves
      const { moves } = worker(shop, { journal });
      const [open] = await moves.status();
      if (open === undefined) continue;
      kills += 1;
      const [gone = '', ...left] = open.units.map(({ id }) => id.slice('api-group '.length));
      remove(shop, gone);
      await WAYS[way]?.(moves, open.move, () => again(moves));
      const [{ state } = { state: undefined }] = await moves.status(open.move);
      expect([number, state]).toEqual([number, expect.stringMatching(/^(?:finished|rolled-back)$/)]);
      const on = (GroupId: string): string => shop.by('CloudAPI', 'DescribeApiGroup', { GroupId }).InstanceId;
      if (left[0] === undefined) continue;
      const isMoved = on(left[0]) === shop.to;
      const [from, to] = isMoved ? [shop.to, shop.from] : [shop.from, shop.to];
      const next = await moves.plan({ group: left[0], to }, { assume, manage: [shop.serverGroup] });
      expect(next.from.id).toBe(from);
      expect(await ended(moves.run(next, { assume, pauseMs: 0 }))).toMatchObject({ result: { failures: [] } });
    }
    expect(kills).toBeGreaterThanOrEqual(1);
  });
});
