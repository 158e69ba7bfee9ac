import type { WingMethods } from '../../client/wings.js';
import { admission } from '../gateway.js';
import { gatewayLinks, serviceTargets } from '../gateway-links.js';
import { routeServices } from '../moves/route-services.js';
import { readGatewayEgress, cloudNativeObservation } from '../observation.js';
import { httpApiRoutes } from '../routes.js';

/** What the driver does with gateways and HTTP APIs of Cloud-native API Gateway. */
export const cloudNative: WingMethods = {
  observation: cloudNativeObservation,
  open: (session) => ({
    links: {
      'apig-gateway': {
        links: gatewayLinks(session),
        targets: serviceTargets(session),
        allowlist: admission(session),
        egress: (linkId, ctx) => readGatewayEgress(session, linkId, ctx),
      },
    },
    gateways: { 'apig-http-api': httpApiRoutes(session) },
    moves: { 'apig-http-api route': routeServices(session) },
  }),
};
