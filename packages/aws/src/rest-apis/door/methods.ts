import type { WingMethods } from '../../gateways/wings.js';
import { restApiReader } from '../gateway-reader.js';
import { restApiMoves } from '../moves/rest-api.js';
import { stageCanaries } from '../moves/stage-canary.js';
import { restRoutes } from '../routes.js';
import { routeSession } from '../write/resource-trees.js';

/** What the driver does with REST APIs. */
export const restApis: WingMethods = {
  reader: restApiReader,
  open: (session) => {
    const rest = routeSession(session);
    return {
      gateways: { 'rest-api': restRoutes(rest) },
      moves: { 'rest-api': restApiMoves(rest), 'rest-api stage': stageCanaries(session) },
    };
  },
};
