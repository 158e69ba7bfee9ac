import type { Gateway } from '@postern/core/snapshot';
import type { RestResourceOutput } from '../sdk-types.js';
import { backendsOfApi, targetIdsOfApi, toApiGateway, type ApiRead } from '../http-apis/api.js';
import { backendsOfRestApi, toRestGateway, usesBalancerLink, type RestApiRead } from '../rest-apis/read-rest-api.js';
import type { BackendPort, Backends } from '../rest-apis/integration-target.js';
import { withServed, restUses } from '../rest-apis/served.js';
import type { DeployedMethod, StageExport } from '../rest-apis/stage-export.js';

/**
 * A gateway that was read. Integrations of some kinds name a load balancer and a port, so where they lead is
 * complete only with links and listeners.
 */
export interface GatewayRead {
  /** The targets that it names by their IDs. */
  readonly targetIds: readonly string[];
  /** Whether the load balancer of an integration is known only from its V1 link. */
  readonly namesBalancerLink: boolean;
  /** The ports of load balancers that it names. */
  readonly backends: (known: Pick<Backends, 'balancersOf'>) => readonly BackendPort[];
  readonly complete: (known: Backends) => Gateway;
}

/** An HTTP API, whose integrations name their targets, or a WebSocket API. */
export function apiGateway(read: ApiRead): GatewayRead {
  return {
    targetIds: targetIdsOfApi(read),
    namesBalancerLink: read.protocol.kind === 'websocket-api' && read.integrations.length > 0,
    backends: (known) => backendsOfApi(read, known),
    complete: (known) => toApiGateway(read, known),
  };
}

/** What the stages of a REST API serve, as far as it was read, and whether all uses of its backends are asked for. */
export interface RestExports {
  readonly exports: readonly StageExport[];
  readonly uses: boolean;
}

/** A REST API; with `exports` also what each of its stages serves. */
export function restGateway(read: RestApiRead, exported: RestExports | undefined): GatewayRead {
  const deployed = (exported?.exports ?? []).flatMap(({ api }) => api?.methods ?? []);
  const served = { ...read, resources: [...read.resources, ...deployed.map(asResource)] };
  return {
    targetIds: [],
    namesBalancerLink: usesBalancerLink(served),
    backends: (known) => backendsOfRestApi(served, known),
    complete: (known) => {
      const gateway = toRestGateway(read, known);
      if (exported === undefined) return gateway;
      const { exports, uses } = exported;
      const stages = withServed(gateway.stages, exports, gateway.routes, known);
      return { ...gateway, stages, ...(uses ? { uses: restUses(read, gateway, exports, known) } : {}) };
    },
  };
}

function asResource({ key, integration }: DeployedMethod): RestResourceOutput {
  const [verb = '', path = ''] = key.split(' ');
  return { path, resourceMethods: { [verb]: { methodIntegration: integration } } };
}
