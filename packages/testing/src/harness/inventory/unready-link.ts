import type { Simulation } from '@postern/simulator';
import type { Inventory } from './inventory.js';
import type { Row } from './row-of.js';
import type { Place } from '../places.js';

type Service = Parameters<Simulation['call']>[0]['service'];

/** States of a link over which calls pass, or which only calls end. */
const READY: ReadonlySet<unknown> = new Set(['AVAILABLE', 'INACTIVE']);

/** Reads one region of AWS. */
type Read = (service: Service, operation: string, input?: Row) => Row;

/** A route, and the link that it leads to. */
interface LinkRoute {
  readonly key: string;
  readonly linkId: unknown;
}

/**
 * Why a route leads to a link that is not ready; undefined where none does. Gateways of AWS; what was there at the start is left
 * out.
 */
export function unreadyLink(simulation: Simulation, places: readonly Place[], start: Inventory): string | undefined {
  for (const { provider, region } of places) {
    if (provider !== 'aws') continue;

    const read: Read = (service, operation, input = {}) =>
      simulation.call({ service, operation, region }, input) as Row;
    const states = new Map([
      ...rows(read('apigatewayv2', 'GetVpcLinks'), 'Items').map(
        (row) => [row['VpcLinkId'], row['VpcLinkStatus']] as const,
      ),
      ...rows(read('apigateway', 'GetVpcLinks'), 'items').map((row) => [row['id'], row['status']] as const),
    ]);
    for (const { key, linkId } of [...httpRoutes(read, start), ...restRoutes(read)]) {
      const state = states.get(linkId);
      if (!READY.has(state)) return `${key} leads to link ${String(linkId)}: ${String(state)}`;
    }
  }
  return undefined;
}

/** Routes of HTTP and WebSocket APIs. */
function httpRoutes(read: Read, start: Inventory): readonly LinkRoute[] {
  const list = (operation: string, input?: Row): readonly Row[] =>
    rows(read('apigatewayv2', operation, input), 'Items');
  return list('GetApis').flatMap(({ ApiId }) => {
    const integrations = new Map(list('GetIntegrations', { ApiId }).map((row) => [row['IntegrationId'], row]));
    return list('GetRoutes', { ApiId }).flatMap(({ RouteId, RouteKey, Target }): LinkRoute[] => {
      const integration = integrations.get(String(Target).replace('integrations/', ''));
      const isOwn = integration?.['ConnectionType'] === 'VPC_LINK' && !start.has(`Route ${String(RouteId)}`);
      return isOwn ? [{ key: String(RouteKey), linkId: integration['ConnectionId'] }] : [];
    });
  });
}

/** Methods of REST APIs. */
function restRoutes(read: Read): readonly LinkRoute[] {
  return rows(read('apigateway', 'GetRestApis'), 'items').flatMap(({ id: restApiId }) => {
    const resources = read('apigateway', 'GetResources', { restApiId, embed: ['methods'], limit: 500 });
    return rows(resources, 'items').flatMap(({ path, resourceMethods }) =>
      Object.entries((resourceMethods ?? {}) as Readonly<Record<string, Row>>).flatMap(([method, row]): LinkRoute[] => {
        const { connectionType, connectionId } = (row['methodIntegration'] ?? {}) as Row;
        return connectionType === 'VPC_LINK' ? [{ key: `${method} ${String(path)}`, linkId: connectionId }] : [];
      }),
    );
  });
}

function rows(answer: Row, key: string): readonly Row[] {
  return (answer[key] ?? []) as readonly Row[];
}
