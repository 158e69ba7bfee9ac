import type { AlibabaStage } from './account.js';
import { allow, apiIds, APP, INSTANCES, subnets } from './moves.js';
import { edit, type Show } from '../show.js';
import { requestConfig } from '../../alibaba/request-config.js';

/** A custom domain of the group. */
const NAME = 'orders.shop.example.com';

const GROUP = ['apigateway:DescribeApiGroup', 'cloudapi', 'DescribeApiGroup'] as const;

/** Creates an API outside of Postern, and publishes it unless it is a draft. */
function handMade(
  { call, parts }: AlibabaStage,
  { path = '/legacy', to = 'http://example.com:80', draft = false } = {},
): string {
  const GroupId = parts.apiGroup;
  const { ApiId } = call('CloudAPI', 'CreateApi', {
    GroupId,
    ApiName: 'legacy',
    Visibility: 'PRIVATE',
    AuthType: 'APP',
    Description: 'made by hand',
    RequestConfig: requestConfig(path),
    ServiceConfig: JSON.stringify({
      ServiceProtocol: 'HTTP',
      ServiceAddress: to,
      ServicePath: path,
      ServiceHttpMethod: 'GET',
      ServiceTimeout: 1000,
      ServiceVpcEnable: 'FALSE',
      Mock: 'FALSE',
    }),
  });
  if (!draft) call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'made by hand' });
  return ApiId;
}

/** The API that was created outside of Postern. */
function legacy({ call, parts }: AlibabaStage): string {
  const { ApiSummary } = call('CloudAPI', 'DescribeApis', { GroupId: parts.apiGroup }).ApiSummarys;
  return ApiSummary.find((one: any) => one.ApiName === 'legacy').ApiId;
}

function removeLegacy(stage: AlibabaStage): void {
  const { call, parts } = stage;
  const api = { GroupId: parts.apiGroup, ApiId: legacy(stage) };
  try {
    call('CloudAPI', 'AbolishApi', { ...api, StageName: 'RELEASE' });
  } catch {
    // a draft is not published
  }
  call('CloudAPI', 'DeleteApi', api);
}

/** The spec requires other vSwitches, so that the group must move to a new instance. */
const wantNew = (stage: AlibabaStage): void => subnets(stage, stage.parts.vswitches.j, stage.parts.vswitches.spare);

const isInstance =
  (id: string) =>
  (row: Readonly<Record<string, unknown>>): boolean =>
    row['id'] === id && row['status'] !== undefined;

/** A subscription instance that expires after this number of days. */
const subscription = ({ clock }: AlibabaStage['simulation'], days: number) => ({
  chargeType: 'PrePaid',
  expiresAt: clock.now() + days * 86_400_000,
});

/** The shared instance, on which groups are created. */
const shared = ({ call }: AlibabaStage): string =>
  call('CloudAPI', 'DescribeInstances', {}).Instances.InstanceAttribute.find((one: any) =>
    /shared/.test(one.InstanceId),
  ).InstanceId;

/** Shows of the contents of an API group and its instance, and of other states that plans and applies refuse. */
export const GATEWAY_SHOWS: readonly Show<AlibabaStage>[] = [
  {
    check: 'gateway/route-owner',
    breaks: (stage) => {
      handMade(stage, { draft: true });
      stage.write("{ 'ANY /orders'", "{ 'GET /legacy': orders, 'ANY /orders'");
    },
    subject: 'route GET /legacy',
    evidence: (stage) => [legacy(stage)],
    remedy: ['owner: external', 'interrupts its calls'],
    heals: removeLegacy,
    denied: GROUP,
  },
  {
    check: 'gateway/on-link',
    how: 'a group that was moved to another instance',
    breaks: (stage) => {
      const { call, parts, wait } = stage;
      call('CloudAPI', 'ModifyApiGroupInstance', { GroupId: parts.apiGroup, TargetInstanceId: shared(stage) });
      return wait();
    },
    evidence: ({ parts }) => [parts.apiGroup],
    remedy: ['Run `postern apply`: it moves'],
    heals: ({ apply }) => apply(),
    denied: GROUP,
  },
  {
    check: 'gateway/on-link',
    how: 'an unmanaged API is published in a group that must move',
    breaks: (stage) => {
      handMade(stage);
      wantNew(stage);
    },
    evidence: (stage) => [legacy(stage)],
    remedy: ['Use an API group of your own'],
    heals: removeLegacy,
    denied: GROUP,
  },
  {
    check: 'gateway/on-link',
    how: 'the service would refuse the move because of a draft',
    breaks: (stage) => {
      handMade(stage, { to: 'http://10.10.77.1:80', draft: true });
      wantNew(stage);
    },
    evidence: (stage) => [legacy(stage), '10.10.77.1'],
    remedy: ['links.cn.allowlist', 'from the group'],
    heals: removeLegacy,
    denied: ['apigateway:DescribeBackendList', 'cloudapi', 'DescribeBackendList'],
    missed: 'once broken',
  },
  {
    check: 'gateway/on-link',
    how: 'two links for one group',
    breaks: (stage) => {
      const { parts } = stage;
      stage.write(
        'integrations:',
        `  other:
    provider: alibaba
    region: cn-hangzhou
    subnets: [${parts.vswitches.spare}]
    securityGroups: [${parts.group}]
    instanceCidr: 192.168.0.0/16
integrations:
  more:
    link: other
    gateway: { apiGroup: ${parts.apiGroup}, stages: [RELEASE] }
    targets: { stock: { instance: ${parts.balancer}, port: 80 } }
    routes: { 'GET /more': stock }`,
      );
    },
    evidence: () => ['integrations.orders.link', 'integrations.more.link'],
    remedy: ['Declare the same link in both'],
    heals: ({ write }) => write('link: other', 'link: cn'),
  },
  {
    check: 'gateway/domain',
    setting: ({ call, parts }) => call('CloudAPI', 'SetDomain', { GroupId: parts.apiGroup, DomainName: NAME }),
    breaks: ({ simulation }) =>
      edit(simulation, (row) => row['name'] === NAME && row['kind'] === 'custom', {
        problem: 'The domain name does not have an ICP filing.',
      }),
    subject: `domain ${NAME}`,
    evidence: () => [NAME],
    remedy: ['Correct the cause'],
    heals: ({ call, parts }) => call('CloudAPI', 'ReactivateDomain', { GroupId: parts.apiGroup, DomainName: NAME }),
  },
  {
    check: 'gateway/domain',
    how: 'bound to a stage without APIs',
    setting: ({ call, parts }) =>
      call('CloudAPI', 'SetDomain', { GroupId: parts.apiGroup, DomainName: NAME, BindStageName: 'RELEASE' }),
    breaks: ({ call, parts }) =>
      call('CloudAPI', 'SetDomain', { GroupId: parts.apiGroup, DomainName: NAME, BindStageName: 'TEST' }),
    subject: `domain ${NAME}`,
    evidence: () => [NAME],
    remedy: ['bind orders.shop.example.com to another stage'],
    heals: ({ call, parts }) => call('CloudAPI', 'SetDomain', { GroupId: parts.apiGroup, DomainName: NAME }),
  },
  {
    check: 'gateway/published',
    how: 'an API that was unpublished manually',
    breaks: (stage) => {
      const [ApiId] = apiIds(stage);
      stage.call('CloudAPI', 'AbolishApi', { GroupId: stage.parts.apiGroup, ApiId, StageName: 'RELEASE' });
    },
    evidence: (stage) => apiIds(stage).slice(0, 1),
    remedy: ['postern apply'],
    heals: ({ apply }) => apply(),
    denied: ['apigateway:DescribeDeployedApis', 'cloudapi', 'DescribeDeployedApis'],
  },
  {
    check: 'gateway/route-target',
    breaks: ({ call, parts }) =>
      call('CloudAPI', 'RemoveVpcAccess', { VpcId: parts.vpc, InstanceId: parts.machine, Port: 8080 }),
    subject: 'route ANY /orders',
    evidence: (stage) => apiIds(stage).slice(0, 1),
    remedy: ['postern apply'],
    heals: ({ apply }) => apply(),
    denied: ['apigateway:DescribeVpcAccesses', 'cloudapi', 'DescribeVpcAccesses'],
  },
  {
    check: 'link/expiry',
    how: 'the subscription has ended',
    setting: ({ simulation, link }) => edit(simulation, isInstance(link()), subscription(simulation, 60)),
    breaks: ({ simulation, link }) => edit(simulation, isInstance(link()), subscription(simulation, -3)),
    subject: 'link cn',
    evidence: () => ['2026-05-29'],
    remedy: ['Renew'],
    heals: ({ simulation, link }) => edit(simulation, isInstance(link()), subscription(simulation, 31)),
    denied: INSTANCES,
  },
  {
    check: 'link/expiry',
    how: 'it ends soon, and renewal has ended',
    setting: async (stage) => {
      const { simulation, link } = stage;
      await simulation.advance(300 * 86_400_000);
      edit(simulation, isInstance(link()), subscription(simulation, 60));
    },
    breaks: ({ simulation, link }) => edit(simulation, isInstance(link()), subscription(simulation, 5)),
    severity: 'warning',
    evidence: () => ['2027-04-02'],
    remedy: ['links.cn.id', 'renewals are no longer offered'],
    heals: ({ simulation, link }) => edit(simulation, isInstance(link()), subscription(simulation, 31)),
  },
  {
    check: 'link/instance-spec',
    otherwise: 'nothing',
    breaks: (stage) => {
      wantNew(stage);
      stage.patch = (spec) => {
        const cn = spec.links['cn'];
        if (cn === undefined) throw new Error('no link');
        return { ...spec, links: { cn: { ...cn, native: { ...cn.native, spec: 'nonsense' } } } };
      };
    },
    evidence: () => ['links.cn.spec'],
    remedy: ['api.s1.small', 'links.cn.spec'],
    heals: (stage) => {
      delete stage.patch;
      subnets(stage, stage.parts.vswitches.j, stage.parts.vswitches.k);
    },
    denied: INSTANCES,
    missed: 'once broken',
  },
  {
    check: 'cidr/redundant',
    how: 'a part of a vSwitch of the link itself',
    breaks: (stage) => allow(stage, APP, '10.10.0.0/25'),
    subject: 'link cn, 10.10.0.0/25',
    evidence: () => ['10.10.0.0/25'],
    remedy: ['Remove 10.10.0.0/25 from links.cn.allowlist'],
    heals: (stage) => allow(stage, APP),
    denied: INSTANCES,
  },
  {
    check: 'cidr/target-outside',
    how: 'the spec no longer lists its block, which still exists in the cloud',
    breaks: (stage) => allow(stage, '10.10.30.0/24'),
    subject: 'target orders',
    evidence: () => [APP],
    remedy: ['Add 10.10.20.0/24 to links.cn.allowlist'],
    heals: async (stage) => {
      allow(stage, APP, '10.10.30.0/24');
      await stage.apply();
    },
    denied: INSTANCES,
  },
  {
    check: 'target/protocol',
    how: 'a plain address has no name',
    breaks: (stage) =>
      stage.write(
        /orders: \{ instance: .*/,
        'orders: { address: 10.10.20.9, port: 443, tls: { serverName: orders.internal } }',
      ),
    subject: 'target orders',
    evidence: () => ['integrations.orders.targets.orders.tls'],
    remedy: ['remove tls.serverName'],
    heals: ({ write }) => write(', tls: { serverName: orders.internal }', ''),
  },
];
