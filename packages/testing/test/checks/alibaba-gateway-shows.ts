import type { AlibabaStage } from './alibaba-account.js';
import { subnets } from './alibaba-moves.js';
import type { Show } from './show.js';

const GROUP = ['apigateway:DescribeApiGroup', 'cloudapi', 'DescribeApiGroup'] as const;

/** Somebody makes an API by hand, and publishes it unless it stays a draft. */
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
    RequestConfig: JSON.stringify({
      RequestProtocol: 'HTTP',
      RequestHttpMethod: 'GET',
      RequestPath: path,
      RequestMode: 'PASSTHROUGH',
    }),
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

/** The API that somebody made by hand. */
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
    // a draft is published nowhere
  }
  call('CloudAPI', 'DeleteApi', api);
}

/** The spec wants other vSwitches, so that the group is to be brought to a new instance. */
const wantNew = (stage: AlibabaStage): void => subnets(stage, stage.parts.vswitches.j, stage.parts.vswitches.spare);

/** The instance that belongs to nobody, on which groups are made. */
const shared = ({ call }: AlibabaStage): string =>
  call('CloudAPI', 'DescribeInstances', {}).Instances.InstanceAttribute.find((one: any) =>
    /shared/.test(one.InstanceId),
  ).InstanceId;

/** Shows of what an API group holds, and which instance it is on. */
export const GATEWAY_SHOWS: readonly Show<AlibabaStage>[] = [
  {
    check: 'gateway/route-owner',
    breaks: (stage) => {
      handMade(stage, { draft: true });
      stage.write("{ 'ANY /orders'", "{ 'GET /legacy': orders, 'ANY /orders'");
    },
    severity: 'error',
    subject: 'route GET /legacy',
    evidence: (stage) => [legacy(stage)],
    remedy: ['Delete that route'],
    heals: removeLegacy,
    denied: GROUP,
  },
  {
    check: 'gateway/on-link',
    how: 'a group that somebody moved away',
    breaks: (stage) => {
      const { call, parts, wait } = stage;
      call('CloudAPI', 'ModifyApiGroupInstance', { GroupId: parts.apiGroup, TargetInstanceId: shared(stage) });
      return wait();
    },
    severity: 'error',
    evidence: ({ parts }) => [parts.apiGroup],
    remedy: ['Run `postern apply`: it moves'],
    heals: ({ apply }) => apply(),
    denied: GROUP,
  },
  {
    check: 'gateway/on-link',
    how: 'others have something published in a group that is to move',
    breaks: (stage) => {
      handMade(stage);
      wantNew(stage);
    },
    severity: 'error',
    evidence: (stage) => [legacy(stage)],
    remedy: ['Use a group of your own'],
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
    severity: 'error',
    evidence: (stage) => [legacy(stage), '10.10.77.1'],
    remedy: ['links.cn.allowlist', 'out of the group'],
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
    severity: 'error',
    evidence: () => ['integrations.orders.link', 'integrations.more.link'],
    remedy: ['Lead both through one link'],
    heals: ({ write }) => write('link: other', 'link: cn'),
  },
];
