import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { judge } from '@postern/core/internal/check';
import { REGION, simulated } from '../../../alibaba/test/world/simulated.js';
import type { Scenario } from './data-path.js';
import type { Core } from './replacement.js';
import { mistakesIn } from '../mistakes-in.js';

/** A group of APIs that is applied, and the verdicts of the cloud's own calls of its backend, before and after a rule is removed. */
export const TEST_CALL: Scenario<Core> = {
  title: 'test calls of the cloud, of a backend that is reached and of one that is not',
  run: async (module) => {
    const { driver, ctx: context, world, call } = await simulated();
    const drivers = module.driversOf(driver);
    const [, ecs] = world.targets as unknown as readonly [unknown, { readonly instance: string }];
    const [group = ''] = world.securityGroupIds;
    const other: string = call('Ecs', 'CreateSecurityGroup', {
      VpcId: world.networkId,
      SecurityGroupName: 'link',
    }).SecurityGroupId;
    const rule = { SecurityGroupId: group, IpProtocol: 'tcp', PortRange: '8080/8080', SourceGroupId: other };
    call('Ecs', 'AuthorizeSecurityGroup', rule);
    const spec = parseSpec(`version: 1
project: shop
defaults: { region: ${REGION} }
links:
  cn: { provider: alibaba, subnets: [${world.subnetIds.join(', ')}], securityGroups: [${other}], spec: api.s1.small }
integrations:
  orders:
    link: cn
    gateway: { apiGroup: ${world.gateway.id}, stages: [RELEASE] }
    targets: { ecs: { instance: ${ecs.instance}, port: 8080 } }
    routes: { 'GET /orders': ecs }
`);
    const plan = module.diff(await module.observeSpec(spec, drivers, context, { all: true }), spec, {
      clouds: CLOUDS,
      all: true,
    });
    const how = { judge, spec, drivers, context, allowPurchase: true, ignoreFindings: ['*'] };
    for await (const event of module.apply(plan, how)) if (event.type === 'step.failed') throw new Error(event.step);
    const verdict = async (): Promise<string | undefined> => {
      const snapshot = await module.observeSpec(spec, drivers, context, { checks: true });
      const report = module.check(snapshot, spec, { clouds: CLOUDS, passes: false, live: true });
      const routes = module.probeRoutes(snapshot, spec, { clouds: CLOUDS, via: 'test-call' });
      const [result] = await module.runProbe(routes, { spec, clouds: CLOUDS, report, drivers, context });
      return result?.verdict;
    };
    const before = await verdict();
    call('Ecs', 'RevokeSecurityGroup', rule);
    return [before, await verdict()];
  },
  wanted: ['works', 'failed'],
  mistakes: mistakesIn('core/src/do/probe/probe-result.ts', [
    [
      'probe: a test that failed counts as passed',
      "if (outcome === 'connected') return { ...facts, verdict: 'works' };",
      "if (outcome !== 'unknown') return { ...facts, verdict: 'works' };",
    ],
  ]),
};
