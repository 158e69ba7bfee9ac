import { aws } from '@postern/aws';
import { memoryJournal, type PosternError } from '@postern/core/internal/library';
import { Moves, type StageMigration } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { contextOf } from '../../../aws/test/world/killed-move.js';
import type { RestShopOptions } from '../../../aws/test/rest-apis/rest-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { sample } from '../../../core/test/runs.js';
import type { AwsStage } from '../checks/aws/account.js';
import { ended } from '../moves/scene.js';
import { AWS_MOVE_WAYS, CREATED } from '../remedies/aws-move-ways.js';
import { cleared, type Refusal, type Way } from '../remedies/way.js';
import { openAws, validateAws } from './aws-stages.js';
import { AWS_CATALOGUE, AWS_REFUSALS, move } from './catalogue/aws.js';
import { errorsOf } from './fault.js';
import { openRest, REST_FAULTS } from './catalogue/rest.js';

/** The newest link that a remedy asked for. */
const created = ({ call }: Pick<AwsStage, 'call'>): string | undefined =>
  call('apigatewayv2', 'GetVpcLinks', {}).Items.find(({ Name }: { readonly Name: string }) => Name === CREATED)
    ?.VpcLinkId;

describe('the remedies of a refused move of routes of an HTTP API', () => {
  it.each(
    sample(
      AWS_CATALOGUE.map((fault) => [fault.id, fault] as const),
      4,
    ),
  )('%s: are followed as printed, and the move succeeds', async (_, fault) => {
    const stage = await openAws();
    const from = stage.link();
    let to = await fault.plant(stage);
    let { route } = fault;
    const together: Way = {
      pattern: /[Mm]ove (?:them|the routes) together \(without --route\)/g,
      follow: () => (route = undefined),
    };
    const refusals = async (): Promise<readonly Refusal[]> => {
      to = created(stage) ?? to;
      const { findings } = await validateAws(stage, to, route);
      return findings.filter(
        ({ check, verdict, severity }) =>
          verdict !== 'pass' && (severity === 'error' || (severity === 'warning' && fault.found.includes(check))),
      );
    };
    expect(await refusals()).not.toEqual([]);
    expect(await cleared(stage.simulation, refusals, [...AWS_MOVE_WAYS, together])).toEqual([]);
    expect(to).not.toBe(from);
    move(stage, to);
    await stage.wait();
    expect(stage.simulation.connects(to, { targetId: stage.parts.listener }).connects).toBe(true);
  });

  it.each(AWS_REFUSALS.map((one) => [one.id, one] as const))('%s: names a link that is accepted', async (_, one) => {
    const stage = await openAws();
    const next = stage.call('apigatewayv2', 'CreateVpcLink', {
      Name: 'next',
      SecurityGroupIds: [stage.parts.groups.link],
      SubnetIds: [stage.parts.subnets.a, stage.parts.subnets.b],
    }).VpcLinkId as string;
    await stage.wait();
    const { remedy = '' } = await errorOf(validateAws(stage, await one.target(stage)));
    expect(remedy).toContain(next);
    expect(errorsOf(await validateAws(stage, next))).toEqual([]);
    move(stage, next);
  });
});

const errorOf = (refused: Promise<unknown>): Promise<PosternError> =>
  refused.then(
    () => expect.fail('it was accepted'),
    (error: unknown) => error as PosternError,
  );

async function movingRest(world?: RestShopOptions) {
  const stage = await openRest(world);
  const { simulation, restApiId: restApi, v2: to } = stage;
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const moves = new Moves({ driver, context: contextOf(simulation), journal: memoryJournal() });
  return { stage, moves, right: { restApi, stage: 'prod', to, targetBalancer: 'orders-alb' } };
}

/** Plans and runs; what refuses one of both. */
async function refusalsOf(moves: Moves, request: StageMigration): Promise<readonly Refusal[]> {
  try {
    const plan = await moves.plan(request);
    const open = [...plan.todos.map(({ message, text }) => ({ message, remedy: text })), ...plan.undecided];
    if (open.length > 0) return open;
    const { result, events } = await ended(moves.run(plan, { pauseMs: 0, drainMs: 0, finish: true }));
    if (result.state === 'finished') return [];
    return events.flatMap((one) => (one.type === 'step.failed' ? [one.error] : []));
  } catch (error) {
    return [error as PosternError];
  }
}

describe('the remedies of a refused move of a stage of a REST API', () => {
  it.each(
    sample(
      REST_FAULTS.filter(({ notFollowed }) => notFollowed === undefined).map((fault) => [fault.id, fault] as const),
      4,
    ),
  )('%s: are followed as printed, and the move succeeds', async (_, { world, plant }) => {
    const { stage, moves, right } = await movingRest(world);
    const { simulation } = stage;
    let request: StageMigration = { ...right, ...plant(stage) };
    const wrong = Object.entries(request).find(([, value]) => value === 'nothere')?.[0];
    /** What an error lists instead, one after the other. */
    const tried: string[] = [];
    const named: Way = {
      pattern: /Name one of ([^.]+)\./g,
      follow: (_account, [list = '']) => {
        const next = list.split(', ').find((one) => !tried.includes(one)) ?? '';
        tried.push(next);
        request = { ...request, [wrong ?? '']: next };
      },
    };
    const another: Way = {
      pattern: /Name another link to move to: (\w+)/g,
      follow: (_account, [other = '']) => (request = { ...request, to: other }),
    };
    const refusals = async (): Promise<readonly Refusal[]> => {
      request = { ...request, to: created(stage) ?? request.to };
      return refusalsOf(moves, request);
    };
    const [first] = await refusals();
    expect(first?.remedy).toMatch(/^[A-Z].*\.$/);
    expect(await cleared(simulation, refusals, [...AWS_MOVE_WAYS, named, another])).toEqual([]);
    await simulation.advance(10_000);
    const end = stage.load();
    expect(await stage.links()).toEqual([`prod ${request.to}`]);
    expect(await end()).toMatchObject({ lost: 0 });
  });

  it.each(REST_FAULTS.flatMap((one) => (one.notFollowed === undefined ? [] : [[one.id, one] as const])))(
    '%s: has a remedy that a person must follow',
    async (_, { world, plant }) => {
      const { stage, moves, right } = await movingRest(world);
      const request = { ...right, ...plant(stage) };
      const found = await refusalsOf(moves, request);
      expect(found).not.toEqual([]);
      expect(await cleared(stage.simulation, () => Promise.resolve(found), AWS_MOVE_WAYS)).not.toEqual([]);
    },
  );
});
