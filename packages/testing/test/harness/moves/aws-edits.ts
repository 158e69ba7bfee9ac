import { REGION } from '../../../../aws/test/world/simulated.js';
import type { Edit } from '../../../src/internal/harness.js';
import type { ServiceName, Simulation } from '@postern/simulator/internal/simulation';

export type Row = Readonly<Record<string, any>>;

/** Calls of a service by hand, each with `common`. */
export const caller =
  (service: ServiceName, common: Row = {}) =>
  (simulation: Simulation) =>
  (operation: string, input: Row = {}): any =>
    simulation.call({ service, operation, region: REGION }, { ...common, ...input });

/** What a second operator may do while routes move. */
export function httpEdits({
  apiId: ApiId,
  groupId: GroupId,
  from,
}: {
  readonly apiId: string;
  readonly groupId: string;
  readonly from: string;
}): Readonly<Record<string, Edit>> {
  const api = caller('apigatewayv2', { ApiId });
  const ec2 = caller('ec2');
  const oldOne = (sim: Simulation): Row =>
    api(sim)('GetIntegrations').Items.find((one: Row) => one['ConnectionId'] === from);
  const route = (sim: Simulation): Row => api(sim)('GetRoutes').Items.at(-1);
  return {
    'add-rule': {
      make: (sim) =>
        ec2(sim)('AuthorizeSecurityGroupIngress', {
          GroupId,
          IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.9.0.0/16' }] }],
        }),
    },
    'add-route': {
      stops: true,
      make: (sim) =>
        api(sim)('CreateRoute', { RouteKey: 'GET /new', Target: `integrations/${oldOne(sim)['IntegrationId']}` }),
    },
    'set-timeout': {
      stops: true,
      make: (sim) =>
        api(sim)('UpdateIntegration', { IntegrationId: oldOne(sim)['IntegrationId'], TimeoutInMillis: 9_000 }),
    },
    'route-to-old': {
      stops: true,
      make: (sim) =>
        api(sim)('UpdateRoute', {
          RouteId: route(sim)['RouteId'],
          Target: `integrations/${oldOne(sim)['IntegrationId']}`,
        }),
    },
    'delete-route': {
      breaks: true,
      stops: true,
      make: (sim) => api(sim)('DeleteRoute', { RouteId: route(sim)['RouteId'] }),
    },
  };
}
