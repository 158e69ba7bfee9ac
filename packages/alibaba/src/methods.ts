import type { DriverMethods, LinkKindMethods } from '@postern/core/adapter';
import { admission } from './apig/admission.js';
import { readGatewayEgress } from './apig/egress.js';
import { gatewayLinks } from './apig/gateway-links.js';
import { httpApiRoutes } from './apig/routes.js';
import { serviceTargets } from './apig/targets.js';
import { createSession } from './client/session.js';
import { routes } from './gateway/route.js';
import { allowlist } from './link/accessible-cidr.js';
import { readEgress } from './link/egress.js';
import { instanceLinks } from './link/instance-links.js';
import { groupMoves } from './moves/group-moves.js';
import { routeServices } from './moves/route-services.js';
import { groupRules } from './network/security-group.js';
import { observe } from './observe/observe.js';
import type { AlibabaOptions } from './options.js';
import { targets } from './target/target.js';

/** Everything that the driver does. Loaded with its first call. */
export function createMethods(options: AlibabaOptions, region: string): DriverMethods {
  const session = createSession(options, region);
  // Bought one way or the other, an instance is read, changed and deleted with the same calls.
  const instance: LinkKindMethods = {
    links: instanceLinks(session),
    targets: targets(session),
    allowlist: allowlist(session),
    egress: (linkId, ctx) => readEgress(session, linkId, ctx),
  };
  const gateway: LinkKindMethods = {
    links: gatewayLinks(session),
    targets: serviceTargets(session),
    allowlist: admission(session),
    egress: (linkId, ctx) => readGatewayEgress(session, linkId, ctx),
  };
  return {
    identity: session.identity,
    observe: (scope, ctx) => observe(session, scope, ctx),
    links: { 'integration-instance': instance, 'dedicated-instance': instance, 'apig-gateway': gateway },
    gateways: { 'api-group': routes(session), 'apig-http-api': httpApiRoutes(session) },
    moves: { 'api-group': groupMoves(session), 'apig-http-api route': routeServices(session) },
    groupRules: groupRules(session),
  };
}
