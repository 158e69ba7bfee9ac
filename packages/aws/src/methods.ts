import { canonicalJson, type DriverMethods } from '@postern/core/adapter';
import { createSession } from './client/session.js';
import { HTTP_PROTOCOL } from './http-apis/protocol.js';
import { routes } from './http-apis/route.js';
import { WEB_SOCKET_PROTOCOL } from './http-apis/web-socket-protocol.js';
import { allowlist } from './vpc-links/allowlist.js';
import { readEgress } from './vpc-links/egress.js';
import { balancerAllowlist, readBalancerEgress } from './vpc-links/balancer-allowlist.js';
import { balancerLinks } from './vpc-links/balancer-link.js';
import { vpcLinks } from './vpc-links/vpc-link.js';
import { httpApiMoves } from './http-apis/moves/http-api.js';
import { listenerShares } from './load-balancing/listener-shares.js';
import { restApiMoves } from './rest-apis/moves/rest-api.js';
import { stageCanaries } from './rest-apis/moves/stage-canary.js';
import { quotaRequests } from './quota-requests.js';
import { groupRules } from './networks/security-group.js';
import { observe } from './observe/observe.js';
import type { AwsOptions } from './options.js';
import { restRoutes } from './rest-apis/routes.js';
import { routeSession } from './rest-apis/write/write-session.js';
import { balancerTargets, targets } from './load-balancing/target.js';

/** Everything that the driver does. Loaded with its first call. */
export function createMethods(options: AwsOptions, region: string): DriverMethods {
  const session = createSession(options, region);
  const rest = routeSession(session);
  return {
    identity: session.identity,
    // Many links that look again at the same time ask for the same.
    observe: (scope, ctx) =>
      session.share(`observe ${canonicalJson(scope)}`, () => observe(session, scope, ctx), ctx.signal),
    links: {
      'vpc-link-v2': {
        links: vpcLinks(session),
        targets: targets(session),
        allowlist: allowlist(session),
        egress: (linkId, ctx) => readEgress(session, linkId, ctx),
      },
      'vpc-link-v1': {
        links: balancerLinks(session),
        targets: balancerTargets(session),
        allowlist: balancerAllowlist(session),
        egress: (linkId, ctx) => readBalancerEgress(session, linkId, ctx),
      },
    },
    gateways: {
      'http-api': routes(session, HTTP_PROTOCOL),
      'websocket-api': routes(session, WEB_SOCKET_PROTOCOL),
      'rest-api': restRoutes(rest),
    },
    moves: {
      'http-api': httpApiMoves(session),
      'rest-api': restApiMoves(rest),
      listener: listenerShares(session),
      'rest-api stage': stageCanaries(session),
    },
    groupRules: groupRules(session),
    quotas: quotaRequests(session),
  };
}
