import { canonicalJson, type DriverMethods } from '@postern/core/adapter';
import { createSession } from './client/session.js';
import { HTTP_PROTOCOL } from './gateway/protocol.js';
import { routes } from './gateway/route.js';
import { WEB_SOCKET_PROTOCOL } from './gateway/web-socket-protocol.js';
import { allowlist } from './link/allowlist.js';
import { readEgress } from './link/egress.js';
import { balancerAllowlist, readBalancerEgress } from './link/balancer-allowlist.js';
import { balancerLinks } from './link/balancer-link.js';
import { vpcLinks } from './link/vpc-link.js';
import { httpApiMoves } from './moves/http-api.js';
import { listenerShares } from './moves/listener-shares.js';
import { restApiMoves } from './moves/rest-api.js';
import { stageCanaries } from './moves/stage-canary.js';
import { quotaRequests } from './quota-requests.js';
import { groupRules } from './network/security-group.js';
import { observe } from './observe/observe.js';
import type { AwsOptions } from './options.js';
import { restRoutes } from './rest-api/routes.js';
import { routeSession } from './rest-api/write/write-session.js';
import { balancerTargets, targets } from './target/target.js';

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
