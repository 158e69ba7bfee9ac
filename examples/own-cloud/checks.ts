// The checks of Tunnel Cloud's own products. They run with all others, in every report.
import { defineCheck, ranked } from '@postern/core/checks';
import { gatewayIdsBy } from '@postern/core/kinds';

/** A router looks routes up in a table of this size; each further route makes every call slower. */
const FAST_ROUTES = 20;

/** `tunnel/router-load`: its ID begins with the name of the cloud. */
const routerLoad = defineCheck({
  id: 'tunnel/router-load',
  severity: 'warning',
  title: 'The router has at most 20 routes',
  about: 'A router of Tunnel Cloud keeps 20 routes in memory. With more routes every call of the router is slower.',
  sources: [],
  codes: ['ROUTER_NOT_READ', 'MANY_ROUTES', 'FEW_ROUTES'],
  *run({ integrations }, say) {
    for (const { name, spec, link, gateway } of integrations) {
      const [id] = gatewayIdsBy('tunnelRouter', [spec.gateway]);
      if (id === undefined) continue;
      const about = { integration: name, subject: `gateway ${id}` };
      const missing = link.region.missing('gateways', id);
      if (missing !== undefined)
        yield say.unknown(about, 'ROUTER_NOT_READ', { id }, missing, (p) => `${p.id} has at most 20 routes`);
      if (gateway === undefined || missing !== undefined) continue;
      const facts = { id, routes: gateway.routes.length };
      const evidence = [{ kind: 'gateway', id, text: `${facts.routes} routes` }];
      if (facts.routes > FAST_ROUTES)
        yield say.fail(about, 'MANY_ROUTES', facts, (p) => ({
          message: `${p.id} has ${p.routes} routes, and only ${FAST_ROUTES} are in memory: every call is slower`,
          remedy: 'Move routes to another router.',
          evidence,
        }));
      else
        yield say.pass(
          about,
          'FEW_ROUTES',
          () => facts,
          (p) => ({ message: `${p.id} has ${p.routes} routes`, evidence }),
        );
    }
  },
});

/** After the checks of core. */
export const checks = ranked({ 8810: routerLoad });

/** What checks of core say of Tunnel Cloud besides. */
export const remarks = {
  'link/quota': { about: 'Tunnel Cloud allows five tunnels in each network, unless the quota was raised.' },
};
