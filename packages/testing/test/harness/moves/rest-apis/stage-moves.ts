import { aws } from '@postern/aws';
import type { RunMoveOptions } from '@postern/core/internal/moves';
import { REGION } from '../../../../../aws/test/world/simulated.js';
import { restShop, type RestShopOptions } from '../../../../../aws/test/rest-apis/rest-shop.js';
import type { MoveCommand, MoveScenario } from '../../../../src/internal/harness.js';
import type { SimulateOptions } from '@postern/simulator';
import { ABORT, FINISH, ROLLBACK, RUN, STOPPED } from '../commands.js';
import { restEdits } from './stage-edits.js';

const SETTINGS: SimulateOptions = { seed: 7, throttle: false };
/** A change of a stage takes effect within a minute. */
const REST_RUN: RunMoveOptions = { pauseMs: 30_000, drainMs: 75_000 };

/** How a scenario of a REST API differs. */
interface RestOptions extends RestShopOptions {
  readonly commands: readonly MoveCommand[];
  readonly run?: RunMoveOptions;
}

function rest(name: string, options: RestOptions): MoveScenario {
  return {
    name: `aws move: ${name}`,
    settings: SETTINGS,
    build: async (simulation) => {
      const shop = await restShop(options);
      simulation.load(shop.simulation.world());
      const host = `${shop.restApiId}.execute-api.${REGION}.amazonaws.com`;
      const at = { gatewayId: shop.restApiId, host, method: 'GET' };
      return {
        place: { provider: 'aws', region: REGION },
        request: { restApi: shop.restApiId, stage: 'prod', to: shop.v2, targetBalancer: 'orders-alb' },
        settlesMs: 90_000,
        run: { ...REST_RUN, ...options.run },
        commands: options.commands,
        routes: ['orders', 'carts'].map((one) => ({ ...at, route: `GET /${one}`, path: `/prod/${one}` })),
        edits: restEdits({ restApiId: shop.restApiId, v1: shop.v1 }),
      };
    },
    driver: (process) => aws({ region: REGION, clients: process.clients(REGION) }),
  };
}

const CANARY: RunMoveOptions = { canary: { percent: 10 } };

/** Moves of stages of REST APIs, by name. */
export const STAGE_MOVES: readonly MoveScenario[] = [
  rest('a stage of a REST API', { commands: [RUN, FINISH] }),
  rest('a stage of a REST API, canary', { commands: [RUN, FINISH], run: CANARY }),
  rest('a stage of a REST API, rollback', { commands: [RUN, ROLLBACK] }),
  rest('a stage of a REST API, canary, rollback after the drain', {
    commands: [RUN, { does: 'rollback', afterMs: 120_000 }],
    run: CANARY,
  }),
  rest('a stage of a REST API, abort, finish', { commands: [STOPPED, ABORT, FINISH], byVariable: true }),
];
