import { memoryJournal, type PosternError } from '@postern/core/internal/library';
import type { MovePlan, MoveResult, RunMoveOptions } from '@postern/core/internal/moves';
import { assume, ended, MINUTE, movingShop, publishApi, runAll, worker, type MovingShop } from './scene.js';

/** A refused command on a world of its own, and what its remedy leads to. */
export interface RefusalCase {
  readonly name: string;
  readonly code: PosternError['code'];
  /** The remedy begins so. */
  readonly remedy: string;
  /** Makes the world; returns the refused command. */
  readonly refused: (shop: MovingShop, all: Process) => Promise<() => Promise<unknown>>;
  /** Does what the remedy says, as it is printed. The last command is accepted. */
  readonly follow: (shop: MovingShop, all: Process, remedy: string) => Promise<unknown>;
}

type Process = ReturnType<typeof process>;

/** A process, with its journal. */
export function process(shop: MovingShop) {
  const journal = memoryJournal();
  const own = worker(shop, { journal });
  const manage = [shop.serverGroup];
  const plan = (request: object = shop.request): Promise<MovePlan> =>
    own.moves.plan({ ...shop.request, ...request }, { assume, manage });
  const run = async (move: MovePlan, options: RunMoveOptions = {}): Promise<MoveResult> =>
    (await ended(own.moves.run(move, { assume, ...options }))).result;
  /** The plan that a case has made. */
  const memo: { move?: MovePlan } = {};
  return { ...own, plan, run, memo };
}

/** The plan of a move that has come to its drain. */
async function drained(shop: MovingShop, all: Process): Promise<MovePlan> {
  return (await runAll(shop, all)).plan;
}

/** IDs that a remedy names: `apigateway-hz-1a2b`. */
const linksIn = (remedy: string): readonly string[] => remedy.match(/apigateway-hz-\w+/g) ?? [];

/** The first link of a remedy to which a plan is accepted. */
async function planToOne(all: Process, remedy: string): Promise<MovePlan> {
  const refused: unknown[] = [];
  for (const to of linksIn(remedy)) {
    try {
      return await all.plan({ to });
    } catch (error) {
      refused.push(error);
    }
  }
  throw new Error(`this cannot be followed: ${remedy}`, { cause: refused });
}

/** The plan that a case has made. */
function made({ memo }: Process): MovePlan {
  if (memo.move === undefined) throw new Error('no plan was made');
  return memo.move;
}

export const CASES: readonly RefusalCase[] = [
  {
    name: 'a plan that was edited',
    code: 'INVALID_INPUT',
    remedy: 'Plan the move again; options decide what it does.',
    refused: async (_, all) => {
      const plan = await all.plan();
      return async () => all.run({ ...plan, widen: plan.widen.slice(1) });
    },
    follow: async (_, all) => all.run(await all.plan()),
  },
  {
    name: 'a plan of another version',
    code: 'UNSUPPORTED_VERSION',
    remedy: 'Plan the move again with this version.',
    refused: async (_, all) => {
      const plan = await all.plan();
      return async () => all.run({ ...plan, version: 2 } as unknown as MovePlan);
    },
    follow: async (_, all) => all.run(await all.plan()),
  },
  {
    name: 'a plan of an earlier state',
    code: 'WORLD_MOVED',
    remedy: 'Plan again, and look at the new plan.',
    refused: async (shop, all) => {
      const plan = await all.plan();
      shop.by('CloudAPI', 'SetVpcAccess', { Name: 'more', VpcId: shop.vpcId, InstanceId: shop.serverId, Port: 81 });
      const rule = {
        SecurityGroupId: shop.serverGroup,
        IpProtocol: 'tcp',
        PortRange: '81/81',
        SourceCidrIp: shop.egress,
      };
      shop.by('Ecs', 'AuthorizeSecurityGroup', rule);
      publishApi(shop.by, shop.groupId, { name: 'more', path: '/more', access: 'more' });
      await shop.sim.advance(MINUTE);
      return () => all.run(plan);
    },
    follow: async (_, all) => all.run(await all.plan()),
  },
  {
    name: 'a second move of the same group',
    code: 'MOVE_OPEN',
    remedy: 'finishes it',
    refused: async (shop, all) => {
      all.memo.move = await drained(shop, all);
      const back = await all.plan({ to: shop.from });
      return () => all.run(back);
    },
    follow: async (shop, all) => {
      const [open] = await all.moves.status();
      await ended(all.moves.finish(open?.move ?? '', { wait: true }));
      return all.run(await all.plan({ to: shop.from }));
    },
  },
  {
    name: 'a second move of the same group, which is rolled back first',
    code: 'MOVE_OPEN',
    remedy: 'returns it',
    refused: async (shop, all) => {
      all.memo.move = await drained(shop, all);
      const back = await all.plan({ to: shop.from });
      return () => all.run(back);
    },
    follow: async (_, all) => {
      const [open] = await all.moves.status();
      await ended(all.moves.rollback(open?.move ?? ''));
      return all.run(await all.plan());
    },
  },
  {
    name: 'the end of a move during its drain',
    code: 'DRAINING',
    remedy: 'Wait for the rest of the drain, then run the same command again.',
    refused: async (shop, all) => {
      all.memo.move = await drained(shop, all);
      return () => ended(all.moves.finish(made(all).move));
    },
    follow: async (shop, all) => {
      await shop.sim.advance(16 * MINUTE);
      return (await ended(all.moves.finish(made(all).move))).result;
    },
  },
  {
    name: 'a return of a move that was finished',
    code: 'MOVE_ENDED',
    remedy: 'To return, plan a new move from',
    refused: async (shop, all) => {
      all.memo.move = await drained(shop, all);
      await ended(all.moves.finish(made(all).move, { wait: true }));
      return () => ended(all.moves.rollback(made(all).move));
    },
    follow: async (_, all, remedy) => {
      const [from, to] = linksIn(remedy);
      const plan = await all.plan({ to });
      if (plan.from.id !== from) throw new Error(`not from ${from}`);
      return all.run(plan);
    },
  },
  {
    name: 'the end of a move that was rolled back',
    code: 'MOVE_ENDED',
    remedy: 'Plan a new move.',
    refused: async (shop, all) => {
      all.memo.move = await drained(shop, all);
      await ended(all.moves.rollback(made(all).move));
      return () => ended(all.moves.finish(made(all).move));
    },
    follow: async (_, all) => all.run(await all.plan()),
  },
  {
    name: 'a move that this journal does not have',
    code: 'MOVE_ENDED',
    remedy: 'Run the command in the folder in which the move was run.',
    refused: async (shop, all) => {
      all.memo.move = await drained(shop, all);
      await shop.sim.advance(16 * MINUTE);
      return () => ended(worker(shop, { journal: memoryJournal() }).moves.finish(made(all).move));
    },
    follow: async (_, all) => (await ended(all.moves.finish(made(all).move))).result,
  },
  {
    name: 'an instance that does not exist',
    code: 'NOT_FOUND',
    remedy: 'Choose one that exists: ',
    refused: (_, all) => Promise.resolve(() => all.plan({ to: 'apigateway-hz-000000000000' })),
    follow: async (_, all, remedy) => all.run(await planToOne(all, remedy)),
  },
  {
    name: 'the instance that it is on',
    code: 'INVALID_INPUT',
    remedy: 'Name another link to move to: ',
    refused: (shop, all) => Promise.resolve(() => all.plan({ to: shop.from })),
    follow: async (_, all, remedy) => all.run(await planToOne(all, remedy)),
  },
  {
    name: 'a part of the calls, of a gateway that moves as a whole',
    code: 'UNSUPPORTED',
    remedy: 'Write a number of units: they are switched first.',
    refused: async (_, all) => {
      all.memo.move = await all.plan();
      return async () => all.run(made(all), { canary: { percent: 10 } });
    },
    follow: (_, all) => all.run(made(all), { canary: 1 }),
  },
  {
    name: 'a share of the calls that is no share',
    code: 'INVALID_INPUT',
    remedy: 'Write more than 0 % and less than 100 %.',
    refused: async (_, all) => {
      all.memo.move = await all.plan();
      return async () => all.run(made(all), { canary: { percent: 100 } });
    },
    follow: async (_, all) => {
      // In its range it is refused for what moves, and that remedy is followed, too.
      await Promise.resolve()
        .then(() => all.run(made(all), { canary: { percent: 99 } }))
        .catch((error: PosternError) => {
          if (error.code !== 'UNSUPPORTED') throw error;
        });
      return all.run(made(all));
    },
  },
  {
    name: 'a security group that does not exist',
    code: 'NOT_FOUND',
    remedy: 'Name security groups of the region whose rules Postern may add to.',
    refused: (shop, all) =>
      Promise.resolve(() => all.moves.plan(shop.request, { assume, manage: ['sg-bp1000000000000000'] })),
    follow: async (_, all) => all.run(await all.plan()),
  },
  {
    name: 'a plan with an open to-do',
    code: 'FINDINGS_FAILED',
    remedy: '',
    refused: async (shop, all) => {
      const plan = await all.moves.plan(shop.request, { assume });
      return () => all.run(plan);
    },
    follow: async (shop, all, remedy) => {
      const pattern = /inbound rule to (sg-\w+): tcp (\d+) from (\S+?)\.(?:\s|$)/g;
      for (let round = 0; round < 5; round += 1) {
        const { todos } = await all.moves.plan(shop.request, { assume });
        const text = round === 0 ? remedy : todos.map((todo) => todo.text).join(' ');
        if (todos.length === 0) break;
        for (const [, SecurityGroupId, port, SourceCidrIp] of text.matchAll(pattern)) {
          const rule = { SecurityGroupId, IpProtocol: 'tcp', PortRange: `${port}/${port}`, SourceCidrIp };
          shop.by('Ecs', 'AuthorizeSecurityGroup', rule);
        }
      }
      return all.run(await all.moves.plan(shop.request, { assume }));
    },
  },
];

export { movingShop };
