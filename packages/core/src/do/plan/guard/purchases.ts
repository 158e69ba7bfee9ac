import { PosternError } from '../../../ground/errors.js';
import type { Plan, Step } from '../plan.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import { variableClash } from '../../kinds/gateway/gateway-spec.js';
import type { Gateway } from '../../model/gateway.js';
import type { Problems } from '../../world/resolve/problems.js';
import type { ResolvedIntegration } from '../../world/resolve/resolve.js';
import { routeKeyOf, type RouteChanges } from '../references.js';

/**
 * Refuses a plan that would buy something.
 * @throws {PosternError} `CREATION_CLOSED` for what is not sold any more; `PURCHASE_NOT_ALLOWED`, with what it costs and on which terms
 *   in `details.purchases`.
 */
export function refusePurchases({ units }: Pick<Plan, 'units'>): void {
  const purchases = units
    .flatMap(({ steps }) => steps)
    .flatMap(({ id, purchase }: Step) => (purchase === undefined ? [] : [{ step: id, ...purchase }]));
  const [first] = purchases;
  if (first === undefined) return;

  const closed = purchases.find((one) => one.closed !== undefined);
  if (closed !== undefined) throw new PosternError('CREATION_CLOSED', `${closed.step}: ${closed.closed}`);

  const list = purchases.map(({ step, summary }) => `${step}: ${summary}`).join('; ');
  throw new PosternError('PURCHASE_NOT_ALLOWED', `the plan buys resources, and purchases are not allowed: ${list}`, {
    remedy:
      'Read the price in the plan. Then allow the purchase with --allow-purchase (`allowPurchase`), or adopt a link by its ID.',
    details: { purchases },
  });
}

/** Refuses routes whose path variable has another name on a route that stays: the gateway would refuse its creation. */
export function refuseClashes(
  clouds: Clouds,
  { leaving }: Pick<RouteChanges, 'leaving'>,
  gateway: Gateway,
  integrations: readonly Pick<ResolvedIntegration, 'name' | 'spec'>[],
  problems: Problems,
): void {
  const { routes } = gateway;
  const traits = clouds.gateway(gateway.kind);
  const keys = new Set(routes.map(({ key }) => key));
  const stay = routes.filter(({ id }) => !leaving.has(routeKeyOf(gateway, id)));
  for (const { name, spec } of integrations) {
    if (spec.owner === 'external') continue;

    for (const key of Object.keys(spec.routes)) {
      if (keys.has(key)) continue;

      for (const other of stay) {
        const clash = variableClash(traits, key, other.key);
        if (clash === undefined) continue;

        const message = `${clash.one} of route ${key} is beside ${clash.other} of route ${other.key} on ${gateway.id}`;
        const remedy = `Write ${clash.other}: ${traits.title} has one variable at each place of its paths.`;
        problems.add('ALREADY_EXISTS', `integrations.${name}.routes.${key}`, message, { remedy });
        break;
      }
    }
  }
}
