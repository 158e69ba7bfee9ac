import { aws } from '@postern/aws';
import { memoryJournal } from '@postern/core/internal/library';
import { Moves, type MoveEvent, type MoveRequest } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { contextOf } from '../../../aws/test/world/killed-move.js';
import { restShop } from '../../../aws/test/rest-apis/rest-shop.js';
import { killedClients } from '../../../aws/test/world/killed-clients.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { ended } from './scene.js';

const HOUR = 3_600_000;

/** A stage whose methods move, on a working copy that others deploy, too. */
async function moving() {
  const shop = await restShop();
  const { simulation, rest, restApiId, v2, methods } = shop;
  const journal = memoryJournal();
  const movesWith = (clients = simulation.clients(REGION)): Moves =>
    new Moves({ driver: aws({ region: REGION, clients }), context: contextOf(simulation), journal });
  const request: MoveRequest = { restApi: restApiId, stage: 'prod', to: v2, targetBalancer: 'orders-alb' };
  const call = (operation: string, input: object): any =>
    simulation.call({ service: 'ec2', operation, region: REGION }, input as never);
  const [{ GroupId }] = call('DescribeSecurityGroups', {}).SecurityGroups;
  const links = simulation.call({ service: 'apigatewayv2', operation: 'GetVpcLinks', region: REGION }, {}) as any;
  const Groups: string[] = links.Items[0].SecurityGroupIds;
  return {
    ...shop,
    /** The links of the calls of a minute, once a change has taken effect. */
    links: async () => {
      await simulation.advance(10_000);
      return shop.links();
    },
    journal,
    movesWith,
    request,
    /** The new link does not reach its load balancer any more. */
    breakNew: () => {
      call('RevokeSecurityGroupEgress', {
        GroupId: Groups[0] ?? GroupId,
        IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      });
    },
    /** Another writer deploys what the working copy has. */
    others: () => rest('CreateDeployment', { stageName: 'prod', description: 'by hand' }),
    draftLinks: () => methods.map((at) => rest('GetIntegration', at).connectionId),
    keys: () =>
      rest('GetResources', { embed: ['methods'] }).items.flatMap(({ path, resourceMethods = {} }: any) =>
        Object.keys(resourceMethods).map((verb) => `${verb} ${path}`),
      ),
  };
}

describe('a move of a stage whose new link does not work', () => {
  it('leaves nothing that a later deployment of others publishes', async () => {
    const { movesWith, request, breakNew, others, load, links, v1, draftLinks, keys, simulation } = await moving();
    const end = load();
    const moves = movesWith();
    const plan = await moves.plan(request);
    const events = moves.run(plan);
    const codes: string[] = [];
    for (let next = await events.next(); next.done !== true; next = await events.next()) {
      const event: MoveEvent = next.value;
      if (event.type === 'move.phase' && event.phase === 'probe') breakNew();
      if (event.type === 'step.failed') codes.push(event.error.code);
    }
    expect(codes).toEqual(['PROBE_FAILED']);
    expect([draftLinks(), keys()]).toEqual([
      [v1, v1],
      ['GET /carts', 'GET /orders'],
    ]);
    await simulation.advance(HOUR);
    others();
    expect(await links()).toEqual([`prod ${v1}`]);
    expect(await end()).toMatchObject({ lost: 0, done: true });
  });

  it('loses no call to a deployment of others during each test call', async () => {
    const { simulation, journal, request, breakNew, others, load, v1, links } = await moving();
    const end = load();
    const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
    const testCall: typeof driver.testCalls.testCall = async (...given) => {
      others();
      return driver.testCalls.testCall(...given);
    };
    const moves = new Moves({
      driver: { ...driver, testCalls: { testCall } },
      context: contextOf(simulation),
      journal,
    });
    const plan = await moves.plan(request);
    const events = moves.run(plan);
    for (let next = await events.next(); next.done !== true; next = await events.next()) {
      if (next.value.type === 'move.phase' && next.value.phase === 'probe') breakNew();
    }
    expect(await links()).toEqual([`prod ${v1}`]);
    expect(await end()).toMatchObject({ lost: 0, done: true });
  });
});

describe('a stage that others deploy while the methods of the working copy have the new link', () => {
  /** The run ends between the write of the methods and the switch; others deploy. */
  async function deployed() {
    const one = await moving();
    const { movesWith, request, simulation, others, links, load, v1, v2, draftLinks } = one;
    const plan = await movesWith().plan(request);
    const end = load();
    for (let at = 1; draftLinks().some((id: string) => id !== v2); at += 1) {
      const moves = movesWith(killedClients(simulation.clients(REGION), at, 'after') as never);
      await ended(moves.run(plan, { autoRollback: false })).catch(() => undefined);
    }
    expect(await links()).toEqual([`prod ${v1}`]);
    others();
    expect(await links()).toEqual([`prod ${v2}`]);
    expect(await end()).toMatchObject({ lost: 0, done: true });
    return { ...one, plan };
  }

  it('returns by rollback, which deploys the former integrations', async () => {
    const { movesWith, plan, load, links, v1, breakNew, draftLinks, deployments } = await deployed();
    const before = deployments().length;
    breakNew();
    const broken = load();
    const { result } = await ended(movesWith().rollback(plan.move, { force: true, drainMs: 0 }));
    expect(result).toMatchObject({ state: 'rolled-back', onNew: [], failures: [] });
    await broken();
    const end = load();
    expect(await links()).toEqual([`prod ${v1}`]);
    expect(draftLinks()).toEqual([v1, v1]);
    expect(deployments().length).toBeLessThanOrEqual(before + 1);
    expect(await end()).toMatchObject({ lost: 0, done: true });
  });

  it('is reported as it is served, and is kept by abort and finish', async () => {
    const { movesWith, plan, links, v2, load, simulation } = await deployed();
    const end = load();
    expect(await movesWith().status()).toMatchObject([{ units: [{ at: 'new' }] }]);
    const { result } = await ended(movesWith().abort(plan.move));
    expect(result).toMatchObject({ state: 'aborted', onNew: [expect.stringContaining('prod')], onOld: [] });
    await simulation.advance(HOUR);
    const finished = await ended(movesWith().finish(plan.move));
    expect(finished.result).toMatchObject({ state: 'finished', onNew: [expect.stringContaining('prod')] });
    expect(await links()).toEqual([`prod ${v2}`]);
    expect(await end()).toMatchObject({ lost: 0, done: true });
  });

  it('goes on with run, and no call is lost', async () => {
    const { movesWith, plan, links, v2, load } = await deployed();
    const end = load();
    const { result } = await ended(movesWith().run(plan, { finish: true, drainMs: 60_000 }));
    expect(result).toMatchObject({ state: 'finished', failures: [] });
    expect(await links()).toEqual([`prod ${v2}`]);
    expect(await end()).toMatchObject({ lost: 0, done: true });
  });
});
