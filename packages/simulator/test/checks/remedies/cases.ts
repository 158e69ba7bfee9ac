import { PrivateIntegrations, type Finding } from '@postern/core/internal/library';
import { authorize as authorizeApi, type AlibabaStage } from '../alibaba/account.js';
import { copyLink } from '../alibaba/link-shows.js';
import { acl, apiIds, entry } from '../alibaba/moves.js';
import { rule } from '../aws/moves.js';
import { deploymentOf, patchStage, useRestApi } from '../aws/rest-shows.js';
import { driverOf, REGION, type AwsStage } from '../aws/account.js';

/** What a case needs: a world with calls, the findings that it is about, and what their remedy says. */
interface CaseOf<T> {
  readonly name: string;
  readonly of: 'aws' | 'alibaba';
  readonly code: string;
  /** Makes the world, before calls begin. */
  readonly setting: (stage: T) => unknown;
  /** The paths that are called, besides the stage's own. */
  readonly paths?: readonly string[];
  /** Edits the spec, or the cloud without a loss of calls. */
  readonly breaks?: (stage: T) => unknown;
  /** Called once the remedy has been followed: before it, not all of their calls were answered. */
  readonly after?: readonly string[];
  /** Does to the letter what the remedy says. */
  readonly follow: (stage: T, remedy: string, finding: Finding) => unknown;
}

export type Case = (CaseOf<AwsStage> & { readonly of: 'aws' }) | (CaseOf<AlibabaStage> & { readonly of: 'alibaba' });

/** A second instance in the other vSwitch, which the spec then declares for all routes. */
function secondLink({ parts, write }: AlibabaStage): void {
  const { app, spare } = parts.vswitches;
  write(
    'integrations:\n',
    `  next:
    provider: alibaba
    region: cn-hangzhou
    subnets: [${app}, ${spare}]
    securityGroups: [${parts.group}]
    allowlist: []
    instanceCidr: 192.168.0.0/16
    spec: api.s1.small
integrations:
`,
  );
  write('    link: cn\n', '    link: next\n');
}

/** The blocks that a remedy lists between two words. */
const blocksIn = (remedy: string): readonly string[] => remedy.match(/\d+\.\d+\.\d+\.\d+\/\d+/g) ?? [];

/** The access control list has these entries and no others. */
function keep(stage: AlibabaStage, blocks: readonly string[]): void {
  const now = entriesOf(stage);
  for (const block of blocks) if (!now.includes(block)) entry(stage, 'Add', block);
  for (const block of now) if (!blocks.includes(block)) entry(stage, 'Remove', block);
}

const entriesOf = ({ call, parts }: AlibabaStage): readonly string[] =>
  call('Slb', 'DescribeAccessControlListAttribute', { AclId: parts.accessList }).AclEntrys.AclEntry.map(
    ({ AclEntryIP }: { readonly AclEntryIP: string }) => AclEntryIP,
  );

const open = (stage: AlibabaStage): Promise<void> => {
  for (const id of apiIds(stage)) authorizeApi(stage.call, stage.parts.apiGroup, id, 'ANONYMOUS');
  return stage.wait();
};

/** The allowlist of the link in place of its groups, with entries inside each other. */
async function listed(stage: AwsStage, blocks: string): Promise<void> {
  stage.write(/securityGroups: .*/, `allowlist: [${blocks}]`);
  const permission = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.20.0.0/16' }] };
  stage.admit(stage.parts.groups.balancer, permission);
  await stage.apply();
}

export const CASES: readonly Case[] = [
  {
    name: 'access list, none',
    of: 'alibaba',
    code: 'EXPOSED',
    setting: (stage) => {
      acl(stage, 'off');
      return open(stage);
    },
    breaks: secondLink,
    follow: (stage, remedy) => {
      keep(stage, blocksIn(remedy));
      acl(stage, 'on');
    },
  },
  {
    name: 'access list, wide',
    of: 'alibaba',
    code: 'LIST_WIDER',
    setting: (stage) => {
      entry(stage, 'Add', '10.10.0.0/16');
      return open(stage);
    },
    breaks: secondLink,
    follow: (stage, remedy) => keep(stage, blocksIn(remedy)),
  },
  {
    name: 'admits',
    of: 'alibaba',
    code: 'LIST_WIDER',
    setting: open,
    breaks: (stage) => {
      stage.write(/(orders: \{ instance: \S+, port: 8080) \}/, '$1, admits: [10.10.0.0/16] }');
      secondLink(stage);
      for (const block of ['10.10.20.0/24', '10.10.30.0/24']) entry(stage, 'Add', block);
    },
    // The backend's own allowlist is the group of the machine here.
    follow: ({ call, parts, write }, remedy) => {
      write(/admits: \[[^\]]*\]/, `admits: [${blocksIn(remedy).join(', ')}]`);
      const SecurityGroupId = parts.group;
      const { Permission } = call('Ecs', 'DescribeSecurityGroupAttribute', { SecurityGroupId }).Permissions;
      const Permissions = blocksIn(remedy).map((SourceCidrIp) => ({
        IpProtocol: 'TCP',
        PortRange: '8080/8080',
        SourceCidrIp,
      }));
      call('Ecs', 'AuthorizeSecurityGroup', { SecurityGroupId, Permissions });
      for (const { SecurityGroupRuleId, SourceCidrIp, Direction } of Permission) {
        if (Direction !== 'ingress' || !SourceCidrIp || blocksIn(remedy).includes(SourceCidrIp)) continue;
        call('Ecs', 'RevokeSecurityGroup', { SecurityGroupId, SecurityGroupRuleId: [SecurityGroupRuleId] });
      }
    },
  },
  {
    name: 'spare link',
    of: 'alibaba',
    code: 'SPARE',
    setting: async (stage) => {
      await copyLink(stage);
      await open(stage);
    },
    // The calls come over the instance that is to go.
    breaks: async ({ call, parts, say, wait }) => {
      const [finding] = (await say('link/spare')).filter(({ verdict }) => verdict === 'fail');
      const [, TargetInstanceId] = /consent to delete (\S+),/.exec(finding?.remedy ?? '') ?? [];
      call('CloudAPI', 'ModifyApiGroupInstance', { GroupId: parts.apiGroup, TargetInstanceId });
      await wait();
    },
    follow: (stage) => stage.apply({ deleteInstances: true }),
  },
  {
    name: 'redundant entry',
    of: 'aws',
    code: 'ENTRIES_OVERLAP',
    setting: (stage) => listed(stage, '10.20.0.0/16, 10.20.10.0/24'),
    follow: async (stage, remedy) => {
      for (const block of blocksIn(remedy)) stage.write(`, ${block}`, '');
      await stage.apply();
    },
  },
  {
    name: 'redundant entry, revoked',
    of: 'aws',
    code: 'ENTRIES_OVERLAP',
    setting: async (stage) => {
      await listed(stage, '10.20.0.0/16');
      const Filters = [{ Name: 'group-name', Values: ['postern-shop-shop-eu'] }];
      const [{ GroupId, IpPermissionsEgress }] = stage.ec2('DescribeSecurityGroups', { Filters }).SecurityGroups;
      const [{ IpRanges, ...rule }] = IpPermissionsEgress;
      const more = { ...rule, IpRanges: [{ ...IpRanges[0], CidrIp: '10.20.10.0/24' }] };
      stage.ec2('AuthorizeSecurityGroupEgress', { GroupId, IpPermissions: [more] });
      stage.write(/ {4}subnets: .*\n {4}allowlist: .*\n/, `    id: ${stage.link()}\n`);
    },
    follow: ({ simulation, link }, remedy) => {
      const driver = driverOf(simulation, REGION);
      const program = new PrivateIntegrations(driver, { project: 'shop', clock: simulation.clock });
      return program.revoke(link(), blocksIn(remedy), { force: remedy.includes('--revoke-needed') });
    },
  },
  {
    name: 'route of a method',
    of: 'aws',
    code: 'METHOD_ELSEWHERE',
    paths: ['/orders'],
    setting: async (stage) => {
      const { call, parts } = stage;
      const of = { ApiId: parts.api };
      const [own] = call('apigatewayv2', 'GetIntegrations', of).Items;
      const { IntegrationId } = call('apigatewayv2', 'CreateIntegration', {
        ...of,
        IntegrationType: 'HTTP_PROXY',
        IntegrationMethod: 'ANY',
        IntegrationUri: own.IntegrationUri,
        ConnectionType: 'VPC_LINK',
        ConnectionId: own.ConnectionId,
        PayloadFormatVersion: '1.0',
        TlsConfig: own.TlsConfig,
        RequestParameters: { 'overwrite:path': '/elsewhere' },
      });
      call('apigatewayv2', 'CreateRoute', { ...of, RouteKey: 'GET /orders', Target: `integrations/${IntegrationId}` });
    },
    follow: ({ call, parts }) => {
      const { Items } = call('apigatewayv2', 'GetRoutes', { ApiId: parts.api });
      const { RouteId } = Items.find(({ RouteKey }: { readonly RouteKey: string }) => RouteKey === 'GET /orders');
      call('apigatewayv2', 'DeleteRoute', { ApiId: parts.api, RouteId });
    },
  },
  {
    name: 'unused integrations',
    of: 'aws',
    code: 'QUOTA_EXCEEDED',
    setting: ({ call, parts }) => {
      for (let at = 0; at < 299; at += 1)
        call('apigatewayv2', 'CreateIntegration', {
          ApiId: parts.api,
          IntegrationType: 'HTTP_PROXY',
          IntegrationMethod: 'ANY',
          IntegrationUri: 'https://example.com',
          PayloadFormatVersion: '1.0',
        });
    },
    breaks: addTarget,
    follow: async (stage) => {
      const of = { ApiId: stage.parts.api };
      for (;;) {
        const { Items } = stage.call('apigatewayv2', 'GetIntegrations', of);
        const used = stage.call('apigatewayv2', 'GetRoutes', of).Items.map(({ Target = '' }) => Target.split('/')[1]);
        const unused = Items.filter(({ IntegrationId }: { IntegrationId: string }) => !used.includes(IntegrationId));
        if (unused.length === 0) break;
        for (const { IntegrationId } of unused)
          stage.call('apigatewayv2', 'DeleteIntegration', { ...of, IntegrationId });
      }
      await stage.apply();
    },
  },
  {
    name: 'unused links',
    of: 'aws',
    code: 'QUOTA_EXCEEDED',
    setting: ({ call, parts }) => {
      for (let at = 0; at < 9; at += 1)
        call('apigatewayv2', 'CreateVpcLink', { Name: `unused-${at}`, SubnetIds: [parts.subnets.spare] });
    },
    breaks: (stage) => {
      const { a, spare } = stage.parts.subnets;
      stage.write(/subnets: \[[^\]]*\]/, `subnets: [${a}, ${spare}]`);
    },
    follow: async (stage) => {
      const links = stage.call('apigatewayv2', 'GetVpcLinks', {}).Items;
      const unused = links.find(({ Name }: { readonly Name: string }) => Name.startsWith('unused'));
      stage.call('apigatewayv2', 'DeleteVpcLink', { VpcLinkId: unused.VpcLinkId });
      await stage.wait();
      await stage.apply();
    },
  },
  {
    name: 'canary',
    of: 'aws',
    code: 'CANARY_TAKES_CALLS',
    paths: ['/prod/orders'],
    after: ['/prod/more'],
    setting: async (stage) => {
      await useRestApi(stage);
      stage.write('authorizer: iam', 'authorizer: none');
      await stage.apply();
      const value = deploymentOf(stage);
      stage.write("routes: { '", "routes: { 'ANY /more': orders, '");
      await stage.apply();
      patchStage(
        stage,
        { op: 'replace', path: '/canarySettings/deploymentId', value },
        { op: 'replace', path: '/canarySettings/percentTraffic', value: '10' },
      );
      await stage.wait();
    },
    follow: (stage, remedy) => {
      if (!remedy.startsWith('Remove the canary')) throw new Error(`this cannot be followed: ${remedy}`);
      patchStage(stage, { op: 'remove', path: '/canarySettings' });
    },
  },
  {
    name: 'dead target group',
    of: 'aws',
    code: 'FORWARD_DEAD',
    setting: async (stage) => {
      const { elb, parts } = stage;
      const group = { Name: 'dead', VpcId: parts.vpc, Protocol: 'HTTP', Port: 8080, TargetType: 'ip' };
      const { TargetGroupArn } = elb('CreateTargetGroup', group).TargetGroups[0];
      // Calls of the path come to it only; those of the route are shared by the default action.
      const TargetGroups = [
        { TargetGroupArn: parts.targetGroup, Weight: 9 },
        { TargetGroupArn, Weight: 1 },
      ];
      rule(stage, 1, '/never', { Type: 'forward', ForwardConfig: { TargetGroups } });
      await stage.wait();
      stage.write("'ANY /orders': orders", "'ANY /orders': orders, 'ANY /never': orders");
      await stage.apply();
    },
    follow: ({ elb, parts }) => {
      const { Rules } = elb('DescribeRules', { ListenerArn: parts.listener });
      const { RuleArn, Actions } = Rules.find(({ Priority }: { readonly Priority: string }) => Priority === '1');
      const [{ ForwardConfig }] = Actions;
      const TargetGroups = ForwardConfig.TargetGroups.map((one: { readonly TargetGroupArn: string; Weight: number }) =>
        one.TargetGroupArn === parts.targetGroup ? one : { ...one, Weight: 0 },
      );
      elb('ModifyRule', { RuleArn, Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }] });
    },
  },
];

/** A second target of the route's integration: it needs an integration of its own. */
function addTarget(stage: AwsStage): void {
  const { elb, parts } = stage;
  elb('CreateListener', {
    LoadBalancerArn: parts.balancer,
    Protocol: 'HTTPS',
    Port: 8443,
    Certificates: [{ CertificateArn: parts.certificate }],
    DefaultActions: [{ Type: 'forward', TargetGroupArn: parts.targetGroup }],
  });
  stage.write(
    /\n {4}routes: .*/,
    `
      more: { listener: { loadBalancer: orders-alb, port: 8443 }, tls: { serverName: orders.shop.example.com } }
    routes: { 'ANY /orders': orders, 'ANY /more': more }`,
  );
}
