import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/do/findings/check.js';
import { CHECKS } from './all-checks.js';
import { prepare } from '../../../src/do/world/prepare.js';
import { SNAPSHOT_LISTS } from '../../../src/do/snapshot/snapshot.js';
import { runs, sample } from '../../runs.js';
import { restV1World, restWorld, webSocketWorld } from './rest-world.js';
import { outcomesOf } from './run-check.js';
import { BALANCER, GROUP, LISTENER } from './aws-region.js';
import { useNetworkBalancer, useService } from './target/backends.js';
import { alibabaWorld, awsWorld, TAKEN_AT, type World, withhold } from './world.js';
import { CLOUDS } from '../../clouds.js';

/** All findings of a world, by check, integration and subject: the best verdict of each. */
function verdicts(world: World): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const check of CHECKS) {
    for (const { integration = '', subject, verdict } of outcomesOf(check, world)) {
      const key = `${check.id} ${integration} ${subject}`;
      if (all.get(key) !== 'pass') all.set(key, verdict);
    }
  }
  return all;
}

/** Worlds in which something is wrong: a missing fact must not turn a failure into a pass. */
const WORLDS: readonly (readonly [string, (change: (world: World) => void) => World])[] = [
  ['an ALB', (change) => awsWorld(change)],
  ['an ALB, everything wrong', (change) => awsWorld((world) => (spoil(world), change(world)))],
  ['a network load balancer', (change) => awsWorld((world) => (useNetworkBalancer(world), change(world)))],
  ['a Cloud Map service', (change) => awsWorld((world) => (useService(world), change(world)))],
  ['a REST API and a link V2', (change) => restWorld(change)],
  ['a REST API and a link V1', (change) => restV1World((world) => (spoilRest(world), change(world)))],
  ['a WebSocket API', (change) => webSocketWorld((world) => (spoilRest(world), change(world)))],
  ['an integration instance', (change) => alibabaWorld(change)],
  ['an integration instance, everything wrong', (change) => alibabaWorld((world) => (ruin(world), change(world)))],
];

function spoil({ the, region, linkSpec }: World): void {
  for (const subnet of region.subnets) Object.assign(subnet, { zone: 'euw1-az1', freeAddresses: 0 });
  for (const zone of region.zones ?? []) zone.servesLinks = false;
  for (const group of region.securityGroups) group.rules = [];
  Object.assign(linkSpec, { allowlist: ['172.20.0.0/16', '169.254.0.0/24'] });
  Object.assign(the('loadBalancers', BALANCER), {
    active: false,
    state: 'failed',
    networkId: 'vpc-2',
    crossZone: false,
  });
  the('targets', LISTENER).networkId = 'vpc-2';
  Object.assign(the('listeners', LISTENER), { actions: [{ kind: 'redirect', statusCode: '301' }], rules: [] });
  Object.assign(the('targetGroups', GROUP), { crossZone: false, targets: [] });
  Object.assign(the('gateways', 'api-1'), { stages: [] });
  region.quotas = { 'vpc-links': 1 };
}

/** Routes and stages of a REST API or a WebSocket API, and its link V1. */
function spoilRest({ the, integration }: World): void {
  const api = the('gateways', 'api-1');
  const [key = ''] = Object.keys(integration.routes);
  integration.settings = { [key]: { timeoutMs: 20 } };
  Object.assign(api.routes[0] ?? {}, { variables: ['link'], owner: undefined, settings: { timeoutMs: 20 } });
  Object.assign(api.stages[0] ?? {}, { deployed: undefined, canary: { percent: 5 } });
  Object.assign(the('loadBalancers', BALANCER), { privateLinkEnforced: true, idleTimeoutMs: 1000 });
}

function ruin({ the, region }: World): void {
  for (const group of region.securityGroups) Object.assign(group, { rules: [], intraGroup: 'deny' });
  Object.assign(the('instances', 'i-1'), { addresses: ['10.0.3.7'], securityGroupIds: ['sg-x'], state: 'stopped' });
  Object.assign(the('listeners', 'lb-1/http:80'), {
    state: 'stopped',
    accessControl: { kind: 'allow', ids: ['a'], cidrBlocks: ['10.9.0.0/16'] },
  });
  Object.assign(the('links', 'apigateway-hz-1'), { native: { instanceCidr: '10.0.0.0/16' } });
  for (const subnet of region.subnets) subnet.freeAddresses = 0;
  region.serviceRoles = [{ name: 'AliyunServiceRoleForApiGatewayConnectUserVpc', exists: false }];
  region.privateDomains = [{ name: 'a.internal', addresses: ['10.9.0.1'], linkIds: ['apigateway-hz-1'] }];
}

describe('all checks', () => {
  it.each<[string, World]>([
    ['AWS', awsWorld()],
    ['a REST API', restWorld()],
    ['Alibaba Cloud', alibabaWorld()],
  ])('report no problem in a small world of %s', (_, world) => {
    const wrong = [...verdicts(world)].filter(([, verdict]) => verdict !== 'pass');
    expect(wrong).toEqual([]);
  });

  it.each(sample(WORLDS, 3))('never pass because something is missing: %s', (name, make) => {
    const turn = WORLDS.findIndex(([one]) => one === name);
    const whole = verdicts(make(() => undefined));
    expect(whole.size).toBeGreaterThan(20);
    for (const [at, list] of SNAPSHOT_LISTS.entries()) {
      if (at % runs(3, 1) !== turn % runs(3, 1)) continue;
      const permission = `test:Read${list}`;
      const less = verdicts(make(withhold(list, permission)));
      // A hop that could not be read no longer stops the path: later hops then have a verdict of their own.
      const risen = [...less].filter(
        ([key, verdict]) =>
          verdict === 'pass' && whole.get(key) !== 'pass' && (whole.has(key) || !key.startsWith('path/')),
      );
      expect(risen, `without ${list}`).toEqual([]);
    }
  });

  it.each(sample(WORLDS, 3))('return the same together as alone, whatever was looked up before: %s', (_, make) => {
    const world = make(() => undefined);
    const { input } = prepare(world.snapshot, world.spec, { clouds: CLOUDS, now: Date.parse(TAKEN_AT), passes: true });
    for (const check of CHECKS) expect([...check.run(input)], check.id).toEqual(outcomesOf(check, world));
    const backwards = prepare(world.snapshot, world.spec, { clouds: CLOUDS, now: Date.parse(TAKEN_AT), passes: true });
    for (const check of CHECKS.toReversed()) {
      expect([...check.run(backwards.input)], check.id).toEqual(outcomesOf(check, world));
    }
  });

  it.each(sample(WORLDS, 3))('return the same with passes and without: %s', (_, make) => {
    const world = make(() => undefined);
    for (const check of CHECKS) {
      const read = (outcomes: readonly Outcome[]) => ({
        passed: outcomes.filter(({ verdict }) => verdict === 'pass').length,
        others: outcomes.flatMap(({ verdict, message, subject }) =>
          verdict === 'pass' ? [] : [[verdict, subject, message]],
        ),
      });
      expect(read(outcomesOf(check, world, false))).toEqual(read(outcomesOf(check, world)));
    }
  });
});
