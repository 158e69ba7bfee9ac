import type { Simulation } from '@postern/simulator';
import type { Edit } from '../../../../src/internal/harness.js';
import { REGION, type AwsShop } from './shop.js';

/** A route of others, through a link of the project. */
const OTHERS = 'GET /outside';

type Row = Readonly<Record<string, any>>;

/** Changes outside of Postern that a trial may make while a run is in progress. */
export function editsOf({ api }: AwsShop): Readonly<Record<string, Edit>> {
  const http =
    (simulation: Simulation) =>
    (operation: string, input: Row = {}): any =>
      simulation.call({ service: 'apigatewayv2', operation, region: REGION }, input);
  const own = (simulation: Simulation): Row =>
    http(simulation)('GetVpcLinks').Items.find(
      (one: Row) => one['Name'] !== 'theirs' && one['Tags']?.['postern:project'] !== undefined,
    );
  const route = (simulation: Simulation): Row =>
    http(simulation)('GetRoutes', { ApiId: api }).Items.find(
      (one: Row) => one['RouteKey'] !== 'GET /theirs' && one['RouteKey'] !== OTHERS,
    );
  const over = (simulation: Simulation, ConnectionId: string, IntegrationUri: string): string => {
    const how = { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', PayloadFormatVersion: '1.0' };
    const to = { ConnectionType: 'VPC_LINK', ConnectionId, IntegrationUri };
    return `integrations/${http(simulation)('CreateIntegration', { ApiId: api, ...how, ...to }).IntegrationId}`;
  };
  const arn = (id: string): string => `arn:aws:apigateway:${REGION}::/vpclinks/${id}`;
  return {
    'delete-link': {
      breaks: true,
      make: (sim) => http(sim)('DeleteVpcLink', { VpcLinkId: own(sim)['VpcLinkId'] }),
    },
    'delete-route': {
      breaks: true,
      make: (sim) => http(sim)('DeleteRoute', { ApiId: api, RouteId: route(sim)['RouteId'] }),
    },
    'repoint-route': {
      breaks: true,
      stops: true,
      make: (sim) => {
        const theirs = http(sim)('GetRoutes', { ApiId: api }).Items.find(
          (one: Row) => one['RouteKey'] === 'GET /theirs',
        );
        http(sim)('UpdateRoute', { ApiId: api, RouteId: route(sim)['RouteId'], Target: theirs.Target });
      },
    },
    'others-come': {
      stops: true,
      make: (sim) => {
        const { VpcLinkId } = own(sim);
        const all: Row[] = http(sim)('GetIntegrations', { ApiId: api }).Items;
        const uri: string = all.find(({ ConnectionId }) => ConnectionId === VpcLinkId)?.['IntegrationUri'];
        http(sim)('CreateRoute', { ApiId: api, RouteKey: OTHERS, Target: over(sim, VpcLinkId, uri) });
      },
      calls: ({ traffic }) => {
        const gateway = `${api}.execute-api.${REGION}.amazonaws.com`;
        return traffic.load({ gateway, paths: [OTHERS.slice('GET '.length)], perSecond: 1, seconds: 0 });
      },
    },
    'others-leave': {
      make: (sim) => {
        const { RouteId, Target } = http(sim)('GetRoutes', { ApiId: api }).Items.find(
          (one: Row) => one['RouteKey'] === OTHERS,
        );
        const all: Row[] = http(sim)('GetIntegrations', { ApiId: api }).Items;
        const former = all.find(({ IntegrationId }) => Target === `integrations/${IntegrationId}`);
        const { VpcLinkId } = http(sim)('GetVpcLinks').Items.find((one: Row) => one['Name'] === 'theirs');
        http(sim)('UpdateRoute', { ApiId: api, RouteId, Target: over(sim, VpcLinkId, former?.['IntegrationUri']) });
        http(sim)('DeleteIntegration', { ApiId: api, IntegrationId: former?.['IntegrationId'] });
      },
    },
    'unmark-link': {
      stops: true,
      make: (sim) => {
        const { VpcLinkId, Tags } = own(sim);
        http(sim)('UntagResource', { ResourceArn: arn(VpcLinkId), TagKeys: Object.keys(Tags) });
      },
    },
    'forge-mark': {
      make: (sim) => {
        const { VpcLinkId } = http(sim)('GetVpcLinks').Items.find((one: Row) => one['Name'] === 'theirs');
        http(sim)('TagResource', { ResourceArn: arn(VpcLinkId), Tags: own(sim)['Tags'] });
      },
    },
  };
}
