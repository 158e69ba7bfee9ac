import { memoryJournal } from '@postern/core/internal/library';
import type { MoveEvent } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { assume, during, ended, MINUTE, moreGroups, movingShop, worker, type MovingShop } from './scene.js';

const SHARED = 'api-shared-vpc-001';

/** Four groups that move from one instance to another, and the second of them, which others change. */
async function moving() {
  const shop = await movingShop();
  const ids = [shop.groupId, ...(await moreGroups(shop, 3))];
  const process = worker(shop, { journal: memoryJournal() });
  const { moves } = process;
  const request = { from: shop.from, to: shop.to };
  const plan = await moves.plan(request, { assume, manage: [shop.serverGroup] });
  const [first, second] = plan.units.map(({ unit }) => unit.gateway.id);
  const others = plan.units.filter(({ unit }) => unit.gateway.id !== second).map(({ unit }) => unit.id);
  return { ...process, shop, ids, plan, first: first ?? '', second: second ?? '', others };
}

const on = ({ by }: MovingShop, GroupId: string): string => by('CloudAPI', 'DescribeApiGroup', { GroupId }).InstanceId;

/** What others do to a group. */
const CHANGES: readonly (readonly [string, (shop: MovingShop, GroupId: string) => unknown])[] = [
  ['deleted', remove],
  ['moved to a third instance', (shop, GroupId) => toShared(shop, GroupId)],
];

function remove({ by }: MovingShop, GroupId: string): void {
  const { ApiSummarys } = by('CloudAPI', 'DescribeApis', { GroupId, PageSize: 100, PageNumber: 1 });
  for (const { ApiId } of ApiSummarys.ApiSummary) {
    by('CloudAPI', 'AbolishApi', { GroupId, ApiId, StageName: 'RELEASE' });
    by('CloudAPI', 'DeleteApi', { GroupId, ApiId });
  }
  by('CloudAPI', 'DeleteApiGroup', { GroupId });
}

function toShared({ by }: MovingShop, GroupId: string): void {
  by('CloudAPI', 'ModifyApiGroupInstance', { GroupId, TargetInstanceId: SHARED });
}

describe.each(sample(CHANGES, 2))('a group that others have %s', (_, change) => {
  it('before its switch is named once and not touched; the others move, and finish', async () => {
    const { shop, moves, plan, second, others, ids } = await moving();
    const load = shop.load(2);
    const run = moves.run(plan, { assume, pauseMs: 0, batch: 1 });
    const isSwitch = (event: MoveEvent): boolean => event.type === 'move.phase' && event.phase === 'switch';
    const result = await during(run, isSwitch, () => change(shop, second));
    expect(result).toMatchObject({ state: 'draining', failures: [], onNew: others, onOld: [] });
    expect(result.elsewhere).toEqual([`api-group ${second}`]);
    expect(result.notes.filter((note) => note.includes(second))).toHaveLength(1);
    for (const id of ids) if (id !== second) expect(on(shop, id)).toBe(shop.to);
    const finished = await ended(moves.finish(plan.move, { wait: true }));
    expect(finished.result).toMatchObject({ state: 'finished', failures: [], onNew: others, onOld: [] });
    const [status] = await moves.status(plan.move);
    expect(status?.units.filter(({ at }) => at === 'elsewhere').map(({ id }) => id)).toEqual([`api-group ${second}`]);
    expect(load.end().lost).toBe(0);
  });

  it.each(sample(['finish', 'rollback', 'abort', 'run'], 3))(
    'after the move is named once, and %s goes on for the others and ends',
    async (command) => {
      const { shop, moves, plan, second, others } = await moving();
      const load = shop.load(2);
      const before = shop.state();
      await ended(moves.run(plan, { assume, pauseMs: 0 }));
      change(shop, second);
      await shop.sim.advance(20 * MINUTE);
      const { result } = await ended(
        command === 'finish'
          ? moves.finish(plan.move, { wait: true })
          : command === 'rollback'
            ? moves.rollback(plan.move, { assume, drainMs: 11 * MINUTE })
            : command === 'abort'
              ? moves.abort(plan.move)
              : moves.run(plan, { assume }),
      );
      const state = { finish: 'finished', rollback: 'rolled-back', abort: 'aborted', run: 'draining' }[command];
      const where = command === 'rollback' ? { onNew: [], onOld: others } : { onNew: others, onOld: [] };
      expect(result).toMatchObject({ state, failures: [], ...where, elsewhere: [`api-group ${second}`] });
      expect(result.notes.filter((note) => note.includes(second))).toHaveLength(1);
      if (command === 'rollback') expect(shop.state()).toEqual(before);
      if (command === 'finish' || command === 'rollback') {
        const [status] = await moves.status(plan.move);
        const at = command === 'finish' ? 'new' : 'old';
        expect(status?.units.map((unit) => unit.at)).toEqual([at, 'elsewhere', at, at]);
      }
      expect(load.end().lost).toBe(0);
    },
  );

  it('while it moves is left as it is, and a return does not touch it', async () => {
    const { shop, moves, plan, second, others } = await moving();
    const load = shop.load(2);
    shop.sim.plant('cn-hangzhou', {
      kind: 'group-move',
      groupId: plan.units.at(-1)?.unit.gateway.id ?? '',
      status: 'Fail',
      error: 'no',
    });
    const run = moves.run(plan, { assume, pauseMs: 0, batch: 1, drainMs: 11 * MINUTE });
    const isSwitched = (event: MoveEvent) =>
      event.type === 'step.done' && event.step.startsWith('switch ') && event.unit.endsWith(second);
    const result = await during(run, isSwitched, () => change(shop, second));
    expect(result).toMatchObject({ state: 'rolled-back', onNew: [], onOld: others });
    expect(result.elsewhere).toEqual([`api-group ${second}`]);
    for (const id of others) expect(on(shop, id.slice('api-group '.length))).toBe(shop.from);
    expect(load.end().lost).toBe(0);
  });
});

it('a move of which nothing is left: ends, and what it had added is removed', async () => {
  const shop = await movingShop();
  const { moves } = worker(shop);
  const before = shop.state() as { readonly rules: unknown; readonly blocks: unknown };
  const plan = await moves.plan(shop.request, { assume, manage: [shop.serverGroup] });
  await ended(moves.run(plan, { assume, pauseMs: 0 }));
  remove(shop, shop.groupId);
  const { result } = await ended(moves.rollback(plan.move, { assume, drainMs: MINUTE }));
  expect(result).toMatchObject({ state: 'rolled-back', failures: [], onNew: [], onOld: [] });
  const { by, serverGroup, to } = shop;
  const rules = by('Ecs', 'DescribeSecurityGroupAttribute', { SecurityGroupId: serverGroup }).Permissions.Permission;
  expect(rules.map((rule: any) => rule.SourceCidrIp).toSorted()).toEqual(before.rules);
  const blocks = by('CloudAPI', 'DescribeInstances', { InstanceId: to }).Instances.InstanceAttribute[0];
  expect(blocks.ConnectCidrBlocks).toEqual(before.blocks);
});
