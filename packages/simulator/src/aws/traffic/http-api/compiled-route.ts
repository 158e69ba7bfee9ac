import type { DeploymentRow, IntegrationRow, RouteRow } from '../../state/api-gateway-state.js';
import { mappingFrom, type Mapping } from './mapping.js';
import { Router, variablesOf, type PathVariable } from './router.js';

/** An integration, with its mappings read. */
export interface CompiledIntegration {
  readonly row: IntegrationRow;
  readonly request: Mapping;
  /** By the status that the backend answers. */
  readonly responses: ReadonlyMap<number, Mapping>;
}

/** A route of a deployment, ready to be called. */
export interface CompiledRoute {
  readonly row: RouteRow;
  /** `GET /orders/{id}` */
  readonly key: string;
  readonly variables: readonly PathVariable[];
  /** Undefined: the route has no target. */
  readonly integration: CompiledIntegration | undefined;
}

const compiled = new WeakMap<DeploymentRow, Router<CompiledRoute>>();

/** The routes of a deployment. They are read once: a deployment never changes. */
export function routerOf(deployment: DeploymentRow): Router<CompiledRoute> {
  const known = compiled.get(deployment);
  if (known) return known;
  const router = new Router<CompiledRoute>();
  const integrations = new Map(deployment.integrations.map((row) => [row.IntegrationId, compile(row)]));
  for (const row of deployment.routes) {
    const integration = integrations.get(row.Target?.replace(/^integrations\//, '') ?? '');
    router.add(row.RouteKey, { row, key: row.RouteKey, variables: variablesOf(row.RouteKey), integration });
  }
  compiled.set(deployment, router);
  return router;
}

function compile(row: IntegrationRow): CompiledIntegration {
  const responses = Object.entries(row.ResponseParameters ?? {});
  return {
    row,
    request: mappingFrom(row.RequestParameters),
    responses: new Map(responses.map(([status, parameters]) => [Number(status), mappingFrom(parameters)])),
  };
}
