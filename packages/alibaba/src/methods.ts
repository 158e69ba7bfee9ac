import type { DriverMethods, LinkKindMethods } from '@postern/core/adapter';
import { admission } from './cloud-native/admission.js';
import { readGatewayEgress } from './cloud-native/egress.js';
import { gatewayLinks } from './cloud-native/gateway-links.js';
import { httpApiRoutes } from './cloud-native/routes.js';
import { serviceTargets } from './cloud-native/targets.js';
import { createSession } from './client/session.js';
import { routes } from './traditional/groups/route.js';
import { allowlist } from './traditional/instances/accessible-cidr.js';
import { readEgress } from './traditional/instances/egress.js';
import { instanceLinks } from './traditional/instances/instance-links.js';
import { groupMoves } from './traditional/moves/group-moves.js';
import { routeServices } from './traditional/moves/route-services.js';
import { groupRules } from './network/security-group.js';
import { observe } from './observe/observe.js';
import type { AlibabaOptions } from './options.js';
import { targets } from './traditional/groups/target.js';

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
