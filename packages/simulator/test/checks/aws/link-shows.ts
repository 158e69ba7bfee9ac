import { REGION, type AwsStage } from './account.js';
import { edit, type Show } from '../show.js';
import { subnets, authorize, SUBNETS, GROUPS } from './moves.js';
import { calls } from './ways.js';

/** Shows of `link/*` and `gateway/*`. */
export const LINK_SHOWS: readonly Show<AwsStage>[] = [
  {
    check: 'link/exists',
    breaks: (stage) => subnets(stage, stage.parts.subnets.a, 'subnet-0123456789abcdef0'),
    subject: 'link eu',
    evidence: () => ['links.eu'],
    remedy: ['Write the ID of a subnet'],
    heals: (stage) => subnets(stage, stage.parts.subnets.a, stage.parts.subnets.b),
    denied: SUBNETS,
  },
  {
    check: 'link/state',
    breaks: ({ simulation, link }) => {
      const id = link();
      const failed = { VpcLinkStatus: 'FAILED', VpcLinkStatusMessage: 'no address was free' };
      edit(simulation, (row) => row['VpcLinkId'] === id && row['VpcLinkStatus'] !== undefined, failed);
    },
    subject: 'link eu',
    evidence: ({ link }) => [link()],
    remedy: ['replaceFailed'],
    heals: ({ apply }) => apply({ replaceFailed: true }),
  },
  {
    check: 'link/inactive',
    breaks: ({ simulation }) => simulation.advance(61 * 86_400_000),
    evidence: ({ link }) => [link()],
    remedy: ['Call one of its routes'],
    heals: ({ simulation, link, wait }) => {
      simulation.plant(REGION, { kind: 'link-traffic', vpcLinkId: link() });
      return wait();
    },
    calls,
    denied: ['apigateway:GET', 'apigatewayv2', 'GetVpcLinks'],
  },
  {
    check: 'link/single-zone',
    breaks: async (stage) => {
      subnets(stage, stage.parts.subnets.a);
      await stage.apply();
    },
    severity: 'warning',
    evidence: ({ parts }) => [parts.subnets.a],
    remedy: ['Add a subnet in another zone', 'postern apply'],
    heals: async (stage) => {
      subnets(stage, stage.parts.subnets.a, stage.parts.subnets.b);
      await stage.apply();
    },
    denied: SUBNETS,
  },
  {
    check: 'link/zone-served',
    // API Gateway serves no links in euw3-az2.
    setting: (stage) => {
      const call = (operation: string, input: object): any =>
        stage.simulation.call({ service: 'ec2', operation, region: 'eu-west-3' }, input);
      const { Subnets } = call('DescribeSubnets', {});
      const inZone = (zone: string) => Subnets.find((one: any) => one.AvailabilityZoneId === zone).SubnetId;
      stage.spec = `version: 1
project: shop
links:
  eu: { provider: aws, region: eu-west-3, subnets: [${inZone('euw3-az1')}] }
integrations: {}
# ${inZone('euw3-az2')} ${inZone('euw3-az1')}
`;
    },
    breaks: (stage) => {
      const [, unserved = ''] = /# (\S+)/.exec(stage.spec) ?? [];
      stage.write(/subnets: \[[^\]]*\]/, `subnets: [${unserved}]`);
    },
    evidence: ({ spec }) => [/# (\S+)/.exec(spec)?.[1]],
    remedy: ['suitable subnets', 'euw3-az1'],
    heals: (stage) => {
      const [, served = ''] = /# \S+ (\S+)/.exec(stage.spec) ?? [];
      stage.write(/subnets: \[[^\]]*\]/, `subnets: [${served}]`);
    },
    denied: ['ec2:DescribeAvailabilityZones', 'ec2', 'DescribeAvailabilityZones'],
  },
  {
    check: 'link/free-addresses',
    breaks: (stage) => {
      const { ec2, parts } = stage;
      const small = { VpcId: parts.vpc, CidrBlock: '10.20.3.0/28', AvailabilityZone: `${REGION}c` };
      const { SubnetId } = ec2('CreateSubnet', small).Subnet;
      for (let n = 0; n < 11; n += 1) ec2('CreateNetworkInterface', { SubnetId, Description: 'fills it' });
      subnets(stage, parts.subnets.a, SubnetId);
    },
    evidence: ({ spec }) => [/subnets: \[\S+, (\S+)\]/.exec(spec)?.[1]],
    remedy: ['Free addresses in'],
    heals: ({ ec2 }) => {
      const filters = [{ Name: 'description', Values: ['fills it'] }];
      for (const { NetworkInterfaceId } of ec2('DescribeNetworkInterfaces', { Filters: filters }).NetworkInterfaces) {
        ec2('DeleteNetworkInterface', { NetworkInterfaceId });
      }
    },
    denied: SUBNETS,
  },
  {
    check: 'link/one-network',
    breaks: (stage) => subnets(stage, stage.parts.subnets.a, stage.network('10.30.0.0/16').subnet),
    evidence: ({ parts }) => [parts.subnets.a],
    remedy: ['links.eu.subnets'],
    heals: (stage) => subnets(stage, stage.parts.subnets.a, stage.parts.subnets.b),
    denied: SUBNETS,
  },
  {
    check: 'link/shared-subnet',
    breaks: (stage) => {
      stage.write(/ {4}securityGroups: .*\n/, '');
      subnets(stage, stage.parts.subnets.a, stage.parts.subnets.spare);
      edit(stage.simulation, ({ id }) => id === stage.parts.subnets.a, { ownerId: '444455556666' });
    },
    evidence: ({ parts }) => [parts.subnets.a],
    remedy: ['links.eu.securityGroups'],
    heals: (stage) => stage.write('integrations:', `    securityGroups: [${stage.parts.groups.link}]\nintegrations:`),
    denied: SUBNETS,
    missed: 'once broken',
  },
  {
    check: 'link/no-group',
    breaks: async (stage) => {
      subnets(stage, stage.parts.subnets.a, stage.parts.subnets.spare);
      stage.write(/ {4}securityGroups: .*\n/, '');
      await stage.apply();
    },
    severity: 'warning',
    evidence: ({ link }) => [link()],
    remedy: ['links.eu.securityGroups', 'postern apply'],
    heals: async (stage) => {
      stage.write('integrations:', `    securityGroups: [${stage.parts.groups.link}]\nintegrations:`);
      await stage.apply();
    },
    denied: ['apigateway:GET', 'apigatewayv2', 'GetVpcLinks'],
  },
  {
    check: 'link/group-network',
    // The group was deleted while the link had no interfaces.
    breaks: (stage) => {
      const gone = stage.parts.groups.link;
      stage.seen = (snapshot) => ({
        ...snapshot,
        regions: snapshot.regions.map((region) => ({
          ...region,
          securityGroups: region.securityGroups.filter(({ id }) => id !== gone),
        })),
      });
    },
    evidence: ({ parts }) => [parts.groups.link],
    remedy: ['Write groups that exist', '`postern apply`, which replaces the link'],
    heals: (stage) => {
      delete stage.seen;
    },
    denied: GROUPS,
  },
  {
    check: 'link/quota',
    how: 'none spare',
    breaks: async ({ call, parts, wait }) => {
      for (let n = 0; n < 9; n += 1) {
        call('apigatewayv2', 'CreateVpcLink', { Name: `other-${n}`, SubnetIds: [parts.subnets.a] });
      }
      await wait();
    },
    severity: 'warning',
    evidence: () => ['L-608BDCD4'],
    remedy: ['delete an unused one'],
    heals: async ({ call, wait }) => {
      const other = call('apigatewayv2', 'GetVpcLinks', {}).Items.find((one: any) => one.Name === 'other-3');
      call('apigatewayv2', 'DeleteVpcLink', { VpcLinkId: other.VpcLinkId });
      await wait();
    },
    denied: ['servicequotas:ListServiceQuotas', 'servicequotas', 'ListServiceQuotas'],
  },
  {
    check: 'link/quota',
    how: 'full',
    breaks: async (stage) => {
      const { call, parts, wait } = stage;
      for (let n = 0; n < 9; n += 1) {
        call('apigatewayv2', 'CreateVpcLink', { Name: `other-${n}`, SubnetIds: [parts.subnets.a] });
      }
      await wait();
      stage.write(
        'integrations:',
        `  more: { provider: aws, region: ${REGION}, subnets: [${parts.subnets.b}] }\nintegrations:`,
      );
    },
    evidence: () => ['L-608BDCD4'],
    remedy: ['higher quota'],
    heals: async ({ call, wait }) => {
      for (const { Name, VpcLinkId } of call('apigatewayv2', 'GetVpcLinks', {}).Items) {
        if (/^other-[1-3]$/.test(Name)) call('apigatewayv2', 'DeleteVpcLink', { VpcLinkId });
      }
      await wait();
    },
  },
  {
    check: 'link/subnet-quota',
    breaks: (stage) => {
      const { ec2, parts } = stage;
      const more = Array.from({ length: 11 }, (_, n) => {
        const CidrBlock = `10.20.${20 + n}.0/24`;
        return ec2('CreateSubnet', { VpcId: parts.vpc, CidrBlock, AvailabilityZone: `${REGION}a` }).Subnet.SubnetId;
      });
      subnets(stage, ...more);
    },
    evidence: () => ['L-668C9B28'],
    remedy: ['L-668C9B28'],
    heals: (stage) => subnets(stage, stage.parts.subnets.a, stage.parts.subnets.b),
    denied: ['servicequotas:ListServiceQuotas', 'servicequotas', 'ListServiceQuotas'],
    missed: 'once broken',
  },
  {
    check: 'gateway/exists',
    breaks: ({ write, parts }) => write(parts.api, 'a1b2c3d4e5'),
    evidence: () => ['integrations.orders.gateway'],
    remedy: ['Write the ID of an existing gateway'],
    heals: ({ write, parts }) => write('a1b2c3d4e5', parts.api),
    denied: ['apigateway:GET', 'apigatewayv2', 'GetApi'],
  },
  {
    check: 'gateway/stage',
    breaks: ({ call, parts }) => call('apigatewayv2', 'DeleteStage', { ApiId: parts.api, StageName: '$default' }),
    severity: 'warning',
    evidence: ({ parts }) => [parts.api],
    remedy: ['Create a stage'],
    heals: ({ call, parts }) =>
      call('apigatewayv2', 'CreateStage', { ApiId: parts.api, StageName: '$default', AutoDeploy: true }),
    denied: ['apigateway:GET', 'apigatewayv2', 'GetStages'],
  },
  {
    check: 'gateway/open-route',
    how: 'an existing route',
    breaks: (stage) => authorize(stage, 'NONE'),
    severity: 'warning',
    subject: 'route ANY /orders',
    evidence: ({ parts }) => [parts.route],
    remedy: ['Attach an authorizer'],
    heals: (stage) => authorize(stage, 'AWS_IAM'),
  },
];
