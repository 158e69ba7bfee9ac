import { REGION as AWS } from '../../../../aws/test/world/simulated.js';
import type { BuiltMove, MoveScenario } from '../../../../testing/src/internal/harness.js';
import { STAGE_MOVES } from '../../../../testing/test/harness/moves/rest-apis/stage-moves.js';
import type { Simulation } from '../../../src/index.js';
import type { Change, Repeated, Row } from '../repeated.js';

const rest = (sim: Simulation, operation: string, input: Row = {}): any =>
  sim.call({ service: 'apigateway', operation, region: AWS }, input);
const patched = (sim: Simulation, { routes }: BuiltMove, patchOperations: readonly Row[]): unknown =>
  rest(sim, 'UpdateStage', { restApiId: routes[0]?.gatewayId, stageName: 'prod', patchOperations });

/** The address that answers: the echo names it. */
function backendOf(sim: Simulation): string {
  const [row] = sim.traffic.counters().by.filter(({ outcome }) => outcome === 'delivered');
  return row?.target.replace(/:\d+$/, '') ?? '';
}

/** A canary with a share of the calls; then promoted; the link, then its backend, then the stage are lost. */
const REST: readonly Change[] = [
  [5, () => undefined],
  [
    20,
    (sim, built) => {
      const { id } = rest(sim, 'CreateDeployment', { restApiId: built.routes[0]?.gatewayId });
      patched(sim, built, [
        { op: 'replace', path: '/canarySettings/deploymentId', value: id },
        { op: 'replace', path: '/canarySettings/percentTraffic', value: '30' },
      ]);
    },
  ],
  [10, (sim, built) => patched(sim, built, [{ op: 'remove', path: '/canarySettings' }])],
  [30, (sim) => sim.backends.add({ address: backendOf(sim), port: 8080, behavior: { status: 500 } })],
  [20, (sim) => sim.backends.add({ address: backendOf(sim), port: 8080, behavior: { delayMs: 1_234 } })],
  [10, (sim) => sim.backends.remove()],
  [5, (sim, built) => rest(sim, 'DeleteStage', { restApiId: built.routes[0]?.gatewayId, stageName: 'prod' })],
];

const [MOVE] = STAGE_MOVES;

export const REPEATED_STAGE: Repeated = ['a REST API: canary, backend, stage', MOVE as MoveScenario, REST, 7];
