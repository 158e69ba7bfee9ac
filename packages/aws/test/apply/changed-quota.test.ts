import { parseSpec } from '../../../core/test/clouds.js';
import { createContext, driversOf, memoryJournal, type Journal, type RunEvent } from '@postern/core';
import { judge } from '@postern/core/check';
import { apply, diff, observeSpec } from '@postern/core/plan';
import { describe, expect, it } from 'vitest';
import { runs, sample } from '../../../core/test/runs.js';
import { aws } from '../../src/index.js';
import { REGION, simulated } from '../world/simulated.js';

type Gateway = 'http' | 'rest';

/** Two links, and two integrations with two routes each. */
async function scene(gateway: Gateway) {
  const cloud = await simulated({ throttle: false });
  const { simulation, world, call } = cloud;
  const created = (service: 'apigateway' | 'apigatewayv2', operation: string, input: object): any =>
    call(service, operation, { ...input });
  const http = { Name: 'shop', ProtocolType: 'HTTP' };
  const api: string =
    gateway === 'rest'
      ? created('apigateway', 'CreateRestApi', { name: 'shop' }).id
      : created('apigatewayv2', 'CreateApi', http).ApiId;
  const ref = gateway === 'rest' ? `{ restApi: ${api}, stage: prod }` : `{ httpApi: ${api} }`;
  if (gateway === 'http') call('apigatewayv2', 'CreateStage', { ApiId: api, StageName: '$default', AutoDeploy: true });
  const link = (at: number): string =>
    `{ provider: aws, subnets: [${world.subnetIds[at]}], securityGroups: [${world.securityGroupIds[0]}] }`;
  const integration = (name: string, of: string): string =>
    `{ link: ${of}, gateway: ${ref}, targets: { t: { listener: { loadBalancer: orders-alb, port: 80 } } }, routes: { 'GET /${name}': t, 'GET /${name}/{id}': t } }`;
  const spec = parseSpec(`version: 1
project: shop
spec: shop
defaults: { region: ${REGION} }
links: { a: ${link(0)}, b: ${link(1)} }
integrations:
  orders: ${integration('orders', 'a')}
  carts: ${integration('carts', 'b')}
`);
  const journal = memoryJournal();
  /** Plans and applies; `atWrite`: before each write, with its number from 1. */
  const run = async (atWrite: (count: number) => void = () => undefined, kept: Journal = journal) => {
    let writes = 0;
    const clients = simulation.clients(REGION, {
      onCall: ({ kind }) => {
        if (kind === 'write') atWrite((writes += 1));
        return undefined;
      },
    });
    const context = createContext({ clock: simulation.clock, random: () => 0.5 });
    const drivers = driversOf(aws({ region: REGION, clients }));
    const plan = diff(await observeSpec(spec, drivers, context, { all: true }), spec, { all: true });
    atWrite(0);
    const events: RunEvent[] = [];
    const how = { spec, drivers, context, judge, journal: kept, ignoreFindings: ['*'] };
    for await (const event of apply(plan, how)) events.push(event);
    const failures = events.flatMap((event) => (event.type === 'step.failed' ? [event.error] : []));
    return { failures, writes, done: events.at(-1), units: plan.units.length };
  };
  const things = () => {
    const list = (service: 'apigateway' | 'apigatewayv2', operation: string, input: object): number => {
      const answer = created(service, operation, input);
      return (answer.Items ?? answer.items ?? answer.item).length;
    };
    const of = { ApiId: api };
    const links = list('apigatewayv2', 'GetVpcLinks', {});
    return gateway === 'rest'
      ? [
          links,
          list('apigateway', 'GetResources', { restApiId: api }),
          list('apigateway', 'GetStages', { restApiId: api }),
        ]
      : [links, list('apigatewayv2', 'GetIntegrations', of), list('apigatewayv2', 'GetRoutes', of)];
  };
  return { simulation, run, things };
}

/** The quotas of what a run creates, and how many writes it makes. */
const ROWS: readonly (readonly [Gateway, string, number])[] = [
  ['http', 'routes-per-api', 8],
  ['rest', 'resources-per-rest-api', 16],
  ['http', 'vpc-links', 2],
  ['http', 'integrations-per-api', 8],
  ['rest', 'stages-per-api', 16],
];

describe('a quota that is lowered after the plan, and raised again', () => {
  it.each(sample(ROWS, 2))(
    '%s, %s: the run ends with its code and a remedy, and the next one ends it; all exists once',
    async (gateway, quota, writes) => {
      const whole = await scene(gateway);
      await whole.run();
      for (let at = quota === 'vpc-links' ? 1 : 0; at < writes; at += runs(5, 1)) {
        const { simulation, run, things } = await scene(gateway);
        const first = await run((count) => {
          if (count === at) simulation.setQuotas({ [quota]: 0 });
        });
        for (const { code, message, remedy } of first.failures) {
          expect(code, message).toBe('QUOTA_EXCEEDED');
          expect(remedy).toMatch(/L-\w{8}|cannot be raised/);
        }
        if (at < 2) expect(first.failures.length, String(at)).toBeGreaterThan(0);
        simulation.setQuotas({ [quota]: 300 });
        expect((await run()).done, String(at)).toMatchObject({ type: 'run.done', failed: 0, skipped: 0 });
        expect(things(), String(at)).toEqual(whole.things());
        expect((await run()).units).toBe(0);
      }
    },
  );

  it('the quota of links between plan and apply: refused before any write', async () => {
    const { simulation, run, things } = await scene('http');
    const lowered = run((count) => {
      if (count === 0) simulation.setQuotas({ 'vpc-links': 0 });
    });
    await expect(lowered).rejects.toMatchObject({ code: 'WORLD_MOVED', cause: { code: 'QUOTA_EXCEEDED' } });
    expect(things()).toEqual([0, 0, 0]);
    simulation.setQuotas({ 'vpc-links': 2 });
    expect((await run()).done).toMatchObject({ type: 'run.done', failed: 0 });
  });
});
