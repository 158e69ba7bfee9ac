import { fail, unknown } from '../../../do/findings/say.js';
import { aboutThings, thing } from '../../../do/findings/subject.js';
import { gatewayId } from '../../../do/kinds/gateway/gateway-spec.js';
import { gapFacts, isOfPlan } from '../../../do/world/index/gap-facts.js';
import { isElsewhere, leftRoutes } from '../../../do/world/routes/deployed-routes.js';
import { defineCheck } from '../define-check.js';

export const undeclaredRoute = defineCheck({
  id: 'gateway/undeclared-route',
  severity: 'warning',
  title: 'No route of the spec is live that the spec does not declare',
  about:
    'A route that was removed from the spec is live until it is deleted, with the authorization that it had. ' +
    '`postern apply` deletes it, also on a gateway and in a region that the spec does not name any more. The check ' +
    'looks where the journal of the folder shows that the spec had routes. Without a journal it reads up to 20 ' +
    'gateways of each region that the spec does not name.',
  codes: {
    ROUTE_LEFT: fail(
      '{key} of {gateway} in {region} carries the mark of this spec, which does not declare it: its calls reach their backend, {authorization}',
      'Run `postern apply`, which deletes it, or declare it again.',
    ),
    PLACE_NOT_READ: unknown('a route of the spec that it does not declare is live in {place}'),
  },
  *run({ snapshot, spec }, say) {
    const named = new Set(Object.values(spec.integrations).map((one) => gatewayId(one.gateway)));
    for (const region of snapshot.regions) {
      const { provider, account, unread, gateways } = region;
      const place = `${provider} ${region.region} of account ${account}`;
      const about = aboutThings(undefined, thing('region', place));
      if (unread !== undefined && isElsewhere(region))
        yield say.PLACE_NOT_READ(about, { place }, { what: place, remedy: unread.remedy ?? unread.message });
      // That a gateway which the spec names was not read is said by `gateway/exists`.
      const gap = region.gaps.find(
        (one) => one.of === 'gateways' && !(one.id !== undefined && named.has(one.id)) && !isOfPlan(one),
      );
      if (gap !== undefined) yield say.PLACE_NOT_READ(about, { place }, gapFacts(region)('gateways', gap.id));
      for (const gateway of gateways)
        for (const { id, key, open } of leftRoutes(gateway, spec)) {
          const name = gateway.name || gateway.id;
          const authorization = open === true ? 'without authorization' : 'with the authorization that they had';
          const about = aboutThings(undefined, thing('gateway', gateway.id), thing('route', key));
          const evidence = { kind: 'route', id, text: `${key} of ${name}` };
          yield say.ROUTE_LEFT(about, { key, gateway: name, region: region.region, authorization }, [evidence]);
        }
    }
  },
});
