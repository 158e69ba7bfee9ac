import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { httpShop } from '../../../aws/test/world/http-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import type { ExitWorld } from './exit-world.js';
import { stageExits } from './rest-apis/stage-exits.js';
import { assume, MINUTE, moreGroups, movingShop } from './scene.js';
import { REGION as ALIBABA_REGION } from '../traffic/alibaba/shop.js';

/** Two routes of one integration, one of another, and another link. */
async function routes(): Promise<ExitWorld> {
  const { simulation, call, open, ApiId, callGateway, run, links } = await httpShop({
    routes: `{ 'GET /orders': t, 'GET /carts': t }`,
  });
  await run(0, open);
  const [from = ''] = links();
  const api = (operation: string, input: object = {}): any => call('apigatewayv2', operation, { ApiId, ...input });
  const [{ IntegrationUri }] = api('GetIntegrations').Items;
  const over = { ConnectionType: 'VPC_LINK', ConnectionId: from, IntegrationUri, Description: 'by hand' };
  const integration = { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', PayloadFormatVersion: '1.0', ...over };
  const { IntegrationId } = api('CreateIntegration', integration);
  api('CreateRoute', { RouteKey: 'GET /more', Target: `integrations/${IntegrationId}` });
  const { SubnetIds } = api('GetVpcLink', { VpcLinkId: from });
  const to: string = api('CreateVpcLink', { Name: 'other', SubnetIds, SecurityGroupIds: [open] }).VpcLinkId;
  await simulation.advance(15 * MINUTE);
  const removeRoutes = (isGone: (key: string) => boolean): void => {
    for (const { RouteKey, RouteId } of api('GetRoutes').Items) if (isGone(RouteKey)) api('DeleteRoute', { RouteId });
  };
  /** What leads to a link goes first: a link that integrations use is not deleted. */
  const removeLink = (VpcLinkId: string): void => {
    for (const one of api('GetIntegrations').Items) {
      if (one.ConnectionId !== VpcLinkId) continue;
      const Target = `integrations/${one.IntegrationId}`;
      for (const route of api('GetRoutes').Items) {
        if (route.Target === Target) api('DeleteRoute', { RouteId: route.RouteId });
      }
      api('DeleteIntegration', { IntegrationId: one.IntegrationId });
    }
    api('DeleteVpcLink', { VpcLinkId });
  };
  return {
    simulation,
    driverOf: (by) => aws({ region: REGION, clients: by.clients(REGION) }),
    request: { api: ApiId, from, to },
    how: {},
    callGateway,
    gone: {
      nothing: () => undefined,
      'a route': () => removeRoutes((key) => key === 'GET /carts'),
      'all routes': () => removeRoutes(() => true),
      'the API': () => api('DeleteApi'),
      'the former link': () => removeLink(from),
      'the new link': () => removeLink(to),
    },
  };
}

/** Two API groups of an instance. */
async function groups(): Promise<ExitWorld> {
  const shop = await movingShop();
  const { sim: simulation, by, from, to, groupId, serverGroup } = shop;
  const [second = ''] = await moreGroups(shop, 1);
  const remove = (GroupId: string): void => {
    const { ApiSummarys } = by('CloudAPI', 'DescribeApis', { GroupId, PageSize: 100, PageNumber: 1 });
    for (const { ApiId } of ApiSummarys.ApiSummary) {
      by('CloudAPI', 'AbolishApi', { GroupId, ApiId, StageName: 'RELEASE' });
      by('CloudAPI', 'DeleteApi', { GroupId, ApiId });
    }
    by('CloudAPI', 'DeleteApiGroup', { GroupId });
  };
  const removeInstance = (InstanceId: string): void => {
    for (const GroupId of [groupId, second]) {
      if (by('CloudAPI', 'DescribeApiGroup', { GroupId }).InstanceId === InstanceId) remove(GroupId);
    }
    by('CloudAPI', 'DeleteInstance', { InstanceId });
  };
  return {
    simulation,
    driverOf: (machine) => alibaba({ region: ALIBABA_REGION, api: machine.alibaba(ALIBABA_REGION) }),
    request: { from, to },
    how: { assume, manage: [serverGroup] },
    gone: {
      nothing: () => undefined,
      'a group': () => remove(second),
      'all groups': () => [groupId, second].forEach(remove),
      'the former instance': () => removeInstance(from),
      'the new instance': () => removeInstance(to),
    },
  };
}

export const EXIT_WORLDS: Readonly<Record<string, () => Promise<ExitWorld>>> = {
  routes,
  groups,
  stage: stageExits,
};
