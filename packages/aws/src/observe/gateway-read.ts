import type { Gateway } from '@postern/core/adapter';
import { backendsOfApi, targetIdsOfApi, toApiGateway, type ApiRead } from '../gateway/api.js';
import { backendsOfRestApi, toRestGateway, usesBalancerLink, type RestApiRead } from '../rest-api/read-rest-api.js';
import type { BackendPort, Backends } from '../rest-api/integration-target.js';
import type { StageExport } from '../rest-api/stage-export.js';
import { restUses } from '../rest-api/rest-uses.js';

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

/** A REST API; with `exports` also what each of its stages serves. */
export function restGateway(read: RestApiRead, exports: readonly StageExport[] | undefined): GatewayRead {
  return {
    targetIds: [],
    namesBalancerLink: usesBalancerLink(read),
    backends: (known) => backendsOfRestApi(read, known),
    complete: (known) => {
      const gateway = toRestGateway(read, known);
      return exports === undefined ? gateway : { ...gateway, uses: restUses(read, gateway, exports, known) };
    },
  };
}
