import type { AwsStage } from './account.js';
import { GROUPS, subnets } from './moves.js';
import type { Show } from '../show.js';

/** The rule that a new group has. */
const everything = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

/** The spec requires other subnets for the link, so that a new link is created. */
const renew = (stage: AwsStage) => subnets(stage, stage.parts.subnets.a, stage.parts.subnets.spare);

/** Adds members to the link. */
const more = (stage: AwsStage, text: string) => stage.write(/( {4}securityGroups: .*\n)/, `$1    ${text}\n`);

const groups = (stage: AwsStage, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => {
    const made = { VpcId: stage.parts.vpc, GroupName: `more-${n}`, Description: 'more' };
    return stage.ec2('CreateSecurityGroup', made).GroupId;
  });

const tags = (count: number) => Array.from({ length: count }, (_, n) => `t${n}: x`).join(', ');

const routes = ({ call, parts }: AwsStage): readonly any[] =>
  call('apigatewayv2', 'GetRoutes', { ApiId: parts.api, MaxResults: '500' }).Items;

/** Undeclared routes fill the API. */
const fillRoutes = ({ call, parts }: AwsStage) => {
  for (let n = 0; n < 299; n += 1) call('apigatewayv2', 'CreateRoute', { ApiId: parts.api, RouteKey: `GET /r${n}` });
};

/** Undeclared integrations fill the API. */
const fillIntegrations = ({ call, parts }: AwsStage) => {
  for (let n = 0; n < 299; n += 1) {
    call('apigatewayv2', 'CreateIntegration', {
      ApiId: parts.api,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      IntegrationUri: `https://r${n}.example.com`,
      PayloadFormatVersion: '1.0',
    });
  }
};

const oneMore = (stage: AwsStage) =>
  stage.write("routes: { 'ANY /orders': orders }", "routes: { 'ANY /orders': orders, 'GET /more': orders }");

const QUOTAS = ['servicequotas:ListServiceQuotas', 'servicequotas', 'ListServiceQuotas'] as const;

function oldRoute(routes: readonly { readonly RouteKey: string; readonly RouteId: string }[]): string | undefined {
  return routes.find(({ RouteKey }) => RouteKey === 'GET /old')?.RouteId;
}

/**
 * Shows of what the cloud, or a plan, refuses to create: resources over a quota, and allowlists that restrict nothing.
 */
export const LIMIT_SHOWS: readonly Show<AwsStage>[] = [
  {
    check: 'gateway/undeclared-route',
    setting: (stage) => {
      stage.write("{ 'ANY /orders'", "{ 'GET /old': orders, 'ANY /orders'");
      return stage.apply();
    },
    breaks: (stage) => stage.write("'GET /old': orders, ", ''),
    severity: 'warning',
    evidence: ({ call, parts }) => [oldRoute(call('apigatewayv2', 'GetRoutes', { ApiId: parts.api }).Items)],
    remedy: ['Run `postern apply`, which deletes it'],
    heals: ({ apply }) => apply(),
    otherwise: 'nothing',
  },
  {
    check: 'link/adopted',
    setting: (stage) => stage.write(/( {4}subnets: .*\n)/, `    id: ${stage.link()}\n$1`),
    breaks: renew,
    subject: 'link eu',
    evidence: ({ link }) => [link()],
    remedy: ['Remove subnets to keep the link as it is'],
    heals: async (stage) => {
      stage.write(/ {4}subnets: .*\n/, '');
      await stage.apply();
    },
    denied: GROUPS,
  },
  {
    check: 'link/allowlist',
    how: 'another group allows everything',
    // The group of the scene keeps the rule that a new group has.
    setting: (stage) => {
      stage.ec2('RevokeSecurityGroupEgress', { GroupId: stage.parts.groups.link, IpPermissions: [everything] });
      more(stage, 'allowlist: [10.20.0.0/16]');
    },
    breaks: (stage) =>
      stage.ec2('AuthorizeSecurityGroupEgress', { GroupId: stage.parts.groups.link, IpPermissions: [everything] }),
    subject: 'link eu, allowlist',
    evidence: ({ parts }) => [parts.groups.link],
    remedy: ['Narrow or remove that rule'],
    heals: async (stage) => {
      stage.ec2('RevokeSecurityGroupEgress', { GroupId: stage.parts.groups.link, IpPermissions: [everything] });
      await stage.apply();
    },
    denied: GROUPS,
  },
  {
    check: 'link/allowlist',
    how: 'more rules than a group holds',
    setting: (stage) => stage.write(/securityGroups: .*/, 'allowlist: [10.20.0.0/16]'),
    breaks: (stage) => {
      const blocks = Array.from({ length: 61 }, (_, n) => `10.20.${n * 2}.0/24`);
      stage.write('[10.20.0.0/16]', `[${blocks.join(', ')}]`);
    },
    evidence: () => ['links.eu.allowlist'],
    remedy: ['Merge blocks into larger ones'],
    heals: async (stage) => {
      stage.write(/allowlist: .*/, 'allowlist: [10.20.0.0/17]');
      await stage.apply();
    },
  },
  {
    check: 'link/group-quota',
    breaks: (stage) => {
      renew(stage);
      const ids = [stage.parts.groups.link, ...groups(stage, 5)];
      stage.write(/securityGroups: .*/, `securityGroups: [${ids.join(', ')}]`);
    },
    subject: 'link eu',
    evidence: () => ['L-2AFB9258'],
    remedy: ['Write fewer groups under links.eu.securityGroups'],
    heals: async (stage) => {
      stage.write(/(securityGroups: \[\S+, \S+, \S+, \S+, \S+), \S+\]/, '$1]');
      await stage.apply();
    },
    denied: QUOTAS,
    missed: 'once broken',
  },
  {
    check: 'link/tags',
    breaks: (stage) => {
      renew(stage);
      more(stage, `tags: { ${tags(47)} }`);
    },
    subject: 'link eu',
    evidence: () => ['tags-per-resource'],
    remedy: ['Declare 1 fewer under links.eu.tags'],
    heals: async (stage) => {
      stage.write(/tags: .*/, `tags: { ${tags(46)} }`);
      await stage.apply();
    },
    denied: ['apigateway:GET', 'apigatewayv2', 'GetVpcLinks'],
  },
  {
    check: 'gateway/quota',
    how: 'routes',
    setting: fillRoutes,
    breaks: oneMore,
    evidence: () => ['L-65B5C802'],
    remedy: ['Delete unused ones'],
    heals: async (stage) => {
      const [other] = routes(stage).filter(({ RouteKey }) => RouteKey === 'GET /r7');
      stage.call('apigatewayv2', 'DeleteRoute', { ApiId: stage.parts.api, RouteId: other.RouteId });
      await stage.apply();
    },
    denied: ['apigateway:GET', 'apigatewayv2', 'GetRoutes'],
  },
  {
    check: 'gateway/quota',
    how: 'integrations',
    setting: fillIntegrations,
    // A new link would be created, and the route would then use another integration.
    breaks: renew,
    evidence: () => ['integrations-per-api'],
    remedy: ['Delete unused ones'],
    heals: async (stage) => {
      const { Items } = stage.call('apigatewayv2', 'GetIntegrations', { ApiId: stage.parts.api, MaxResults: '500' });
      const { IntegrationId } = Items.find((one: any) => one.IntegrationUri === 'https://r7.example.com');
      stage.call('apigatewayv2', 'DeleteIntegration', { ApiId: stage.parts.api, IntegrationId });
      await stage.apply();
    },
  },
  {
    check: 'gateway/stage',
    how: 'nothing was ever deployed',
    breaks: ({ call, simulation, parts }) => {
      call('apigatewayv2', 'DeleteStage', { ApiId: parts.api, StageName: '$default' });
      call('apigatewayv2', 'CreateStage', { ApiId: parts.api, StageName: '$default', AutoDeploy: false });
      return simulation.advance(60_000);
    },
    severity: 'warning',
    evidence: ({ parts }) => [parts.api],
    remedy: ['postern apply'],
    heals: ({ apply }) => apply(),
  },
  {
    check: 'gateway/throttle',
    breaks: ({ call, parts }) =>
      call('apigatewayv2', 'UpdateStage', {
        ApiId: parts.api,
        StageName: '$default',
        RouteSettings: { 'ANY /orders': { ThrottlingRateLimit: 0, ThrottlingBurstLimit: 0 } },
      }),
    evidence: ({ parts }) => [parts.api],
    remedy: ["Write a rate and a burst above 0 at integrations.orders.routes.'ANY /orders'.throttle", 'postern apply'],
    heals: ({ write, apply }) => {
      write("'ANY /orders': orders", "'ANY /orders': { target: orders, throttle: { rate: 10, burst: 5 } }");
      return apply();
    },
    denied: ['apigateway:GET', 'apigatewayv2', 'GetStages'],
  },
  {
    check: 'gateway/timeout',
    setting: ({ write }) => write("'ANY /orders': orders", "'ANY /orders': { target: orders, timeout: 20s }"),
    breaks: ({ write }) => write('timeout: 20s', 'timeout: 40s'),
    subject: 'route ANY /orders',
    evidence: () => ['integrations.orders.routes.ANY /orders'],
    remedy: ['Write a timeout of 50 ms to 30 s'],
    heals: ({ write }) => write('timeout: 40s', 'timeout: 20s'),
  },
];
