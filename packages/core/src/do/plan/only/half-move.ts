import { mayChange } from '../../model/marks.js';
import { isSamePlace } from '../../model/product.js';
import { isSameRef } from '../../model/reference.js';
import type { Spec } from '../../spec.js';
import { fewText } from '../../../ground/text/few-text.js';
import type { Problems } from '../../world/resolve/problems.js';
import type { LinkPlan } from '../links/link-plan.js';
import type { IntegrationPlan } from '../plan-integration.js';

/**
 * Refuses the plan of a part that would move routes which it leaves out: a gateway that is on one link as a whole
 * moves with its first route.
 */
export function refuseHalfMove(
  spec: Spec,
  integrations: readonly IntegrationPlan[],
  links: ReadonlyMap<string, LinkPlan>,
  problems: Problems,
): void {
  for (const { resolved, created, moved } of integrations) {
    const { name, gateway, link, region } = resolved;
    const { linkId } = gateway;
    if (created + moved.size === 0 || !spec.clouds.movesAsOne(gateway)) continue;
    if (linkId === undefined || linkId === links.get(link.name)?.current?.id) continue;
    const here = integrations.filter(
      (one) => isSameRef(one.resolved.gateway, gateway) && isSamePlace(one.resolved.region, region),
    );
    const planned = new Set(here.flatMap((one) => Object.keys(one.resolved.spec.routes)));
    const others = gateway.routes.filter(({ owner, key }) => mayChange(owner, spec) && !planned.has(key));
    if (others.length === 0) continue;
    const keys = fewText(others.map(({ key }) => key).toSorted(), 5);
    const message = `gateway ${gateway.id} moves from ${linkId} to link ${link.name} as a whole, and --only leaves out ${keys}`;
    problems.add('UNSUPPORTED', `integrations.${name}.gateway`, message, {
      remedy: 'Name the integrations of these routes with --only as well, or plan the whole spec.',
    });
  }
}
