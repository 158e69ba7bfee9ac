import type { ServiceName, Simulation } from '@postern/simulator/internal/simulation';
import type { Removal } from '../../../src/internal/harness.js';

type Row = Readonly<Record<string, any>>;
type Call = (operation: string, input?: Row) => any;

/** What others may remove of the gateways of a region while a spec is applied or a move goes on. */
export function awsRemovals(region: string): Readonly<Record<string, Removal>> {
  const caller =
    (service: ServiceName) =>
    (simulation: Simulation): Call =>
    (operation, input = {}) =>
      simulation.call({ service, operation, region }, input);
  const [http, rest] = [caller('apigatewayv2'), caller('apigateway')];
  /** The routes of all APIs that lead over a link, the newest last. */
  const routesOf = (call: Call): readonly Row[] =>
    call('GetApis').Items.flatMap(({ ApiId }: Row) => {
      const over = new Set<string>(
        call('GetIntegrations', { ApiId })
          .Items.filter(({ ConnectionId }: Row) => ConnectionId !== undefined)
          .map(({ IntegrationId }: Row) => `integrations/${IntegrationId}`),
      );
      const routes: readonly Row[] = call('GetRoutes', { ApiId }).Items;
      return routes.filter(({ Target }) => over.has(Target as string)).map((route) => ({ ...route, ApiId }));
    });
  const last = <T>(rows: readonly T[]): T => {
    const row = rows.at(-1);
    if (row === undefined) throw new Error('there is none');
    return row;
  };
  const restApis = (call: Call): readonly string[] =>
    call('GetRestApis').items.flatMap(({ id }: Row) =>
      call('GetStages', { restApiId: id }).item.length > 0 ? id : [],
    );
  return {
    'delete-api': (sim) => {
      const { ApiId } = last(routesOf(http(sim)));
      http(sim)('DeleteApi', { ApiId });
      return ({ gatewayId }) => gatewayId === ApiId;
    },
    'delete-route': (sim) => {
      const { ApiId, RouteId, RouteKey } = last(routesOf(http(sim)));
      http(sim)('DeleteRoute', { ApiId, RouteId });
      return ({ gatewayId, route }) => gatewayId === ApiId && route === RouteKey;
    },
    'lead-elsewhere': (sim) => {
      const { ApiId, RouteId, RouteKey } = last(routesOf(http(sim)));
      const { IntegrationId } = http(sim)('CreateIntegration', {
        ApiId,
        IntegrationType: 'HTTP_PROXY',
        IntegrationMethod: 'GET',
        IntegrationUri: 'https://example.com/elsewhere',
        PayloadFormatVersion: '1.0',
      });
      http(sim)('UpdateRoute', { ApiId, RouteId, Target: `integrations/${IntegrationId}` });
      return ({ gatewayId, route }) => gatewayId === ApiId && route === RouteKey;
    },
    'delete-http-stage': (sim) => {
      const { ApiId } = last(routesOf(http(sim)));
      const [{ StageName }] = http(sim)('GetStages', { ApiId }).Items;
      http(sim)('DeleteStage', { ApiId, StageName });
      return ({ gatewayId }) => gatewayId === ApiId;
    },
    'delete-link': (sim) => {
      // The cloud refuses to delete one that is used.
      const { VpcLinkId } = last<Row>(http(sim)('GetVpcLinks').Items.filter(({ Name }: Row) => Name !== 'theirs'));
      http(sim)('DeleteVpcLink', { VpcLinkId });
      // Calls may still use it for some seconds after the last route left it.
      return () => true;
    },
    'delete-rest-api': (sim) => {
      const restApiId = last(restApis(rest(sim)));
      rest(sim)('DeleteRestApi', { restApiId });
      return ({ gatewayId }) => gatewayId === restApiId;
    },
    'delete-stage': (sim) => {
      const restApiId = last(restApis(rest(sim)));
      const [{ stageName }] = rest(sim)('GetStages', { restApiId }).item;
      rest(sim)('DeleteStage', { restApiId, stageName });
      return ({ gatewayId }) => gatewayId === restApiId;
    },
  };
}
