import { gatewayTraits } from '../kinds/cloud/gateway-kinds.js';
import type { NoAddress } from '../kinds/gateway/gateway-rules.js';
import { servingKey } from '../kinds/gateway/serving-route.js';
import type { Gateway } from '../model/gateway.js';
import { mappingOf } from '../world/routes/custom-domains.js';
import type { IntegrationView } from '../world/views.js';
import { PLACEHOLDER, placeholderPath } from './probe-path.js';

/** The key of the route that takes a call, of those that the gateway has. */
function takerOf({ link, spec }: IntegrationView, gateway: Gateway, method: string, path: string): string | undefined {
  const traits = gatewayTraits(link.region.clouds, spec.gateway);
  const keys = gateway.routes.map(({ key }) => key);
  // A call of a gateway whose keys are no paths opens its connection.
  return traits.paths && servingKey(`${method} ${path}`, keys, traits);
}

/** A path with placeholders that the route takes, if there is one: the rest of a path may need more parts than another route has. */
export function pathFor(view: IntegrationView, key: string, method: string): string {
  const path = placeholderPath(key);
  const { gateway } = view;
  if (gateway === undefined || !/(?:\{[^{}]+\+\}|\*)$/.test(key)) return path;

  const longer = [path, `${path}/${PLACEHOLDER}`, `${path}/${PLACEHOLDER}/${PLACEHOLDER}`];
  return longer.find((one) => takerOf(view, gateway, method, one) === key) ?? path;
}

/**
 * Why a call does not come to a route: another one of the gateway takes it, or the domain leads it to another gateway.
 * @param name by which callers reach the gateway, with a base path, where one is given
 */
export function takenByOther(
  view: IntegrationView,
  gateway: Gateway,
  { route, method, path }: { readonly route: string; readonly method: string; readonly path: string },
  name = '',
): ({ readonly is: 'none' } & NoAddress) | undefined {
  const [, host = '', before = ''] =
    /^(?:https?:\/\/)?([^/:]*)(?::\d+)?([^]*)$/.exec(name.replace(/(?<!\/)\/+$/, '')) ?? [];
  const whole = `${before}${path}`;
  const { mapping } = mappingOf(view.link.region.region.customDomains ?? [], host, whole) ?? {};
  const remedy = `Give a path that ${route} takes, with --path (\`paths\` in a program).`;
  if (mapping !== undefined && mapping.gatewayId !== gateway.id)
    return { is: 'none', because: `${host} leads calls of ${whole} to gateway ${mapping.gatewayId}`, remedy };

  const base = `${(mapping?.path ?? '') === '' ? '' : `/${mapping?.path}`}${gateway.settings?.basePath ?? ''}`;
  const seen = mapping !== undefined && whole.startsWith(base) ? whole.slice(base.length) || '/' : path;
  const taker = takerOf(view, gateway, method, seen);
  return taker === undefined || taker === route
    ? undefined
    : { is: 'none', because: `route ${taker} of gateway ${gateway.id} takes ${method} ${seen}, not ${route}`, remedy };
}
