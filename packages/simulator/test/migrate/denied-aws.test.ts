import { CLOUDS } from '../../../core/test/clouds.js';
import { aws, readPolicy } from '@postern/aws';
import { createContext, type Finding } from '@postern/core/internal/library';
import { blockersOf, validateMigration } from '@postern/core/internal/moves';
import { encodeSnapshot } from '@postern/core/internal/snapshot';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsScene, awsStage, REGION, type AwsStage } from '../checks/aws/account.js';
import { PROVE } from '../../../core/test/runs.js';

let scene: Awaited<ReturnType<typeof awsScene>>;
beforeAll(async () => {
  scene = await awsScene();
});

const ACTIONS = readPolicy.filter(({ fills }) => fills.length > 0);
type Permission = (typeof ACTIONS)[number];

async function linkOf(
  { call, wait }: AwsStage,
  SecurityGroupIds: readonly string[],
  SubnetIds: readonly string[],
): Promise<string> {
  const { VpcLinkId } = call('apigatewayv2', 'CreateVpcLink', { Name: 'next', SecurityGroupIds, SubnetIds });
  await wait();
  return VpcLinkId;
}

/** What stops the move of the routes to a link, from what can be read alone. */
async function stopsOf({ simulation, parts, link }: AwsStage, to: string): Promise<readonly Finding[]> {
  const from = link();
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  const region = await aws({ region: REGION, clients: simulation.clients(REGION) }).observe(
    { gateways: [{ httpApi: parts.api }], links: [from, to], checks: true, uses: true },
    ctx,
  );
  const takenAt = new Date(simulation.clock.now()).toISOString();
  const snapshot = decodeSnapshot(encodeSnapshot({ version: 1, takenAt, regions: [region] }));
  return blockersOf(
    validateMigration(snapshot, { provider: 'aws', api: parts.api, from, to }, { clouds: CLOUDS, passes: false }),
  );
}

function deny({ simulation }: AwsStage, { operations }: Permission): void {
  for (const operation of operations) simulation.faults.add({ operation, kind: 'deny' });
}

const names = (stops: readonly Finding[], { action }: Permission): boolean =>
  stops.some(({ verdict, remedy }) => verdict === 'unknown' && remedy?.includes(action) === true);

/**
 * These reads do not concern anything that stops a move here. The API is named; findings on zones and quotas are
 * warnings. Custom domains stay with their API. Both links are in one VPC, which has no encryption controls. The
 * scene has none of the rest: paths out of its VPC, prefix lists in rules, discovery services, rules and settings of
 * load balancers beside the default, client certificates, API keys, groups without a healthy target.
 */
const TOUCHES_NOTHING = new RegExp(
  `^(?:${[
    'GetDomainNames|GetApiMappings|GetBasePathMappings|GetClientCertificates|GetUsagePlans',
    'GetApis|GetRestApis|DescribeAvailabilityZones|ListServiceQuotas',
    'DescribeVpcs|DescribeVpcEncryptionControls|DescribeVpcEndpoints|DescribeVpcEndpointServiceConfigurations',
    'DescribeVpcPeeringConnections|.*(?:TransitGateway|Vpn(?:Gateway|Connection)).*',
    'DescribeVirtualInterfaces|DescribeDirectConnectGatewayAssociations|.*ManagedPrefixList.*',
    'ListClusters|DescribeServices|ListTasks|DescribeTasks|DescribeAutoScalingGroups|DescribeScalingActivities',
    'DescribeLaunchTemplateVersions|ListServices|ListInstances|GetInstancesHealthStatus|DescribeRules|DescribeLoadBalancerAttributes',
  ].join('|')})$`,
);

const entry = ({ ec2, parts }: AwsStage, more: Readonly<Record<string, unknown>>): void => {
  ec2('CreateNetworkAclEntry', {
    NetworkAclId: parts.aclId,
    RuleNumber: 10,
    RuleAction: 'deny',
    Protocol: '-1',
    ...more,
  });
};

/** Each creates the link to move to, and a fault because of which the routes must not move. */
const FAULTS: readonly (readonly [string, (stage: AwsStage) => Promise<string>])[] = [
  [
    'the load balancer does not allow the group of the link',
    (stage) => linkOf(stage, [stage.parts.groups.app], [stage.parts.subnets.a, stage.parts.subnets.b]),
  ],
  [
    'a network ACL denies a zone of the link',
    async (stage) => {
      entry(stage, { CidrBlock: '10.20.2.0/24', Egress: false });
      return linkOf(stage, [stage.parts.groups.link], [stage.parts.subnets.a, stage.parts.subnets.spare]);
    },
  ],
  [
    'a network ACL denies answers to a zone of the link',
    async (stage) => {
      entry(stage, { CidrBlock: '10.20.2.0/24', Egress: true });
      return linkOf(stage, [stage.parts.groups.link], [stage.parts.subnets.a, stage.parts.subnets.spare]);
    },
  ],
  ['the link is in another VPC', (stage) => linkOf(stage, [], [stage.network('10.40.0.0/16').subnet])],
];

describe('routes of an HTTP API, without one permission', () => {
  let seen = 0;
  afterAll(() => console.log(`${seen} pairs of a fault and a permission that is missing: no move can go ahead`));

  it.runIf(PROVE)('of all actions: no check fails, and no move that depends on it can go ahead', async () => {
    const stage = awsStage(scene);
    const { groups, subnets } = stage.parts;
    const to = await linkOf(stage, [groups.link], [subnets.a, subnets.b]);
    expect(await stopsOf(stage, to)).toEqual([]);
    const unnamed: string[] = [];
    for (const one of ACTIONS) {
      const label = `${one.action} (${one.operations.join(', ')})`;
      deny(stage, one);
      const stops = await stopsOf(stage, to);
      stage.simulation.faults.clear();
      expect(
        stops.filter(({ verdict }) => verdict === 'fail'),
        label,
      ).toEqual([]);
      const decides = !one.operations.every((operation) => TOUCHES_NOTHING.test(operation));
      if (decides && !names(stops, one)) unnamed.push(label);
    }
    expect(unnamed).toEqual([]);
  });

  // All faults with all permissions take some seconds.
  it.each(FAULTS.map(([what, plant], at) => [what, plant, at] as const))(
    '%s: with any permission missing, the routes cannot move',
    async (_, plant, at) => {
      const stage = awsStage(scene);
      const to = await plant(stage);
      const found = await stopsOf(stage, to);
      const checks = found.flatMap(({ verdict, check }) => (verdict === 'fail' ? [check] : []));
      expect(checks).not.toEqual([]);
      for (const [number, one] of ACTIONS.entries()) {
        if (!PROVE && one.action !== 'ec2:DescribeSubnets' && (number + at) % FAULTS.length !== 0) continue;
        deny(stage, one);
        const stops = await stopsOf(stage, to);
        stage.simulation.faults.clear();
        seen += 1;
        expect(stops.length, one.action).toBeGreaterThan(0);
        const isFound = stops.some(({ verdict, check }) => verdict === 'fail' && checks.includes(check));
        expect(isFound || names(stops, one), one.action).toBe(true);
      }
    },
  );
});
