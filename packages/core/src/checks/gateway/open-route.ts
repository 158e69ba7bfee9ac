import { aboutThings, thing, type About } from '../../findings/subject.js';
import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import type { Gateway } from '../../model/gateway.js';
import type { Missing } from '../../world/views.js';
import type { Check, Outcome } from '../../findings/check.js';
import { routesByKey } from './routes-by-key.js';
import { unreadGateway } from './unread.js';
import { fails, holds, unsure } from '../../findings/outcome.js';

/** `gateway/open-route`. */
export const openRoute: Check = {
  id: 'gateway/open-route',
  title: 'Routes to private targets ask who is calling',
  severity: 'warning',
  about:
    'A route without any authorisation opens a private backend to everybody who can call the API. A route that ' +
    '`postern apply` makes is such a one, until somebody gives it an authorisation; later runs leave that as it is. A resource ' +
    'policy, a firewall before the API or a check in the backend itself is not seen here: where there is one, say so with `ignore`.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi',
  ],
  *run(input) {
    for (const { name, spec, gateway, link, unresolved } of input.integrations) {
      if (gateway === undefined) {
        const unread = unreadGateway(link.region, spec.gateway, unresolved);
        if (unread === undefined) continue;
        for (const key of Object.keys(spec.routes)) {
          yield unsure(aboutThings(name, thing('route', key)), `${key} asks who is calling`, unread);
        }
        continue;
      }
      const routes = routesByKey(gateway);
      for (const key of Object.keys(spec.routes)) {
        const route = routes.get(key);
        const about = aboutThings(name, thing('route', key));
        if (route === undefined) {
          if (spec.owner === 'external') continue; // never made: `gateway/live-route` says that it is missing
          yield toBeMade(about, key, name, gateway, link.region.missing('gateways', gateway.id));
          continue;
        }
        const evidence = () => [
          {
            kind: 'route',
            id: route.id,
            text: `${key} of ${gateway.name || gateway.id}: ${route.authorization ?? 'authorisation not read'}`,
          },
        ];
        if (route.open === undefined) {
          const missing = link.region.missing('gateways', gateway.id) ?? {
            what: `the authorisation of ${key}`,
            remedy: `Look at the authorisation of ${key} in ${gateway.name || gateway.id}.`,
          };
          yield unsure(about, `${key} asks who is calling`, missing, { evidence: evidence() });
        } else if (route.open) {
          yield fails(about, {
            message: `anybody may call ${key} of ${gateway.name || gateway.id}, which leads to a private backend`,
            evidence: evidence(),
            remedy: movesAsOne(gateway)
              ? `Give the API ${key} the security authentication of apps (or OpenID Connect), then publish it.`
              : `Attach an authoriser (JWT, Lambda or IAM) to ${key} of ${gateway.id}.`,
          });
        } else {
          yield holds(input, about, () => ({
            message: `${key} asks who is calling: ${route.authorization ?? 'it has an authorisation'}`,
            evidence: evidence(),
          }));
        }
      }
    }
  },
};

/** Neither adapter gives a route that it makes any authorisation: which one is right, nobody but its owner knows. */
function toBeMade(
  about: About,
  key: string,
  integration: string,
  gateway: Gateway,
  missing: Missing | undefined,
): Outcome {
  const evidence = [{ kind: 'spec', id: `integrations.${integration}.routes.${key}`, text: 'not there yet' }];
  if (missing !== undefined) return unsure(about, `${key} asks who is calling`, missing, { evidence });
  return fails(about, {
    message: `${key} of ${gateway.name || gateway.id} is not there yet, and \`postern apply\` makes it so that anybody may call it`,
    evidence,
    remedy: movesAsOne(gateway)
      ? `Run \`postern apply\`, then give the API ${key} the security authentication of apps (or OpenID Connect) and publish it.`
      : `Run \`postern apply\`, then attach an authoriser (JWT, Lambda or IAM) to ${key} of ${gateway.id}.`,
  });
}
