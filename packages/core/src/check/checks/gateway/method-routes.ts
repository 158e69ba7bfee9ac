import { aboutThings, thing } from '../../../do/findings/subject.js';
import { gatewayId } from '../../../do/kinds/gateway/gateway-spec.js';
import type { Gateway } from '../../../do/model/gateway.js';
import type { Route } from '../../../do/model/route.js';
import { servedOn } from '../../../do/world/routes/served.js';
import type { CheckInput, IntegrationView } from '../../../do/world/views.js';
import { titleOf, type RouteSay } from './route-findings.js';
import type { Outcome } from '../../../do/findings/check.js';

/**
 * Declared routes of all methods (`ANY /orders`) beside which a live route of one method has the same path, another target, and no
 * declaration: it is the more specific one, and gets the calls of its method.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
 */
export function* elsewhere(
  say: RouteSay,
  input: CheckInput,
  { name, spec, link }: IntegrationView,
  gateway: Gateway,
): Generator<Outcome> {
  const whole = Object.keys(spec.routes).filter((key) => key.startsWith('ANY /'));
  if (whole.length === 0) return;
  const declared = new Set(
    input.integrations.flatMap((one) =>
      gatewayId(one.spec.gateway) === gateway.id ? Object.keys(one.spec.routes) : [],
    ),
  );
  const served = servedOn(link.region.clouds, gateway, spec.gateway).flatMap(({ routes = [] }) => routes);
  // A run deploys the routes of an API of its own as they are.
  const routes = served.length === 0 || spec.owner !== 'external' ? [...served, ...gateway.routes] : served;
  for (const key of whole) {
    const own = routes.find((one) => one.key === key);
    const path = key.slice('ANY'.length);
    const others = routes.filter((one) => !declared.has(one.key) && one.key.replace(/^[A-Z]+/, '') === path);
    const away = own === undefined ? [] : others.filter((one) => !leadsAs(one, own));
    if (away.length === 0) continue;
    const keys = [...new Set(away.map((one) => one.key))].toSorted();
    yield say.METHOD_ELSEWHERE(
      aboutThings(name, thing('route', key)),
      { key, others: keys, titleOf: titleOf(gateway), integration: name },
      away.map((one) => ({
        kind: 'route',
        id: one.id,
        text: `${one.key} to ${one.targetId ?? 'no target in a network'}`,
      })),
    );
  }
}

/** Whether the backend gets the calls of both in the same way. */
function leadsAs(one: Route, other: Route): boolean {
  const facts = ({ linkId, targetId, tls, path, lacks, method }: Route): string =>
    JSON.stringify([linkId, targetId, tls, path, lacks, method]);
  return facts(one) === facts(other);
}
