import type { DeploymentRow, IntegrationRow } from '../../http-api/state.js';
import { mappingFrom } from './mapping.js';
import { type CompiledIntegration, type CompiledRoute } from './exchange.js';
import { Router, variablesOf } from './router.js';

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
