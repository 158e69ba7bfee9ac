import { asStep } from '../../do/apply/step.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { PROBE_CHECK } from '../validate/accept.js';
import type { MoveProbe, PlannedUnit } from '../plan/move-plan.js';
import { unitsByGateway } from '../plan/units-of.js';
import type { RunMoveOptions } from './options.js';
import { isAccepted } from './run-options.js';
import { orLeft } from './leave.js';
import { testByRoute, type Shown } from './test-route.js';
import { DONE, act, failing, type Failed, type MoveTools, type StepResult } from './tools.js';

/** What decides how backends are tested, and what a test that shows nothing means. */
type Probing = Pick<RunMoveOptions, 'accept' | 'callGateway'>;

/**
 * Tests every backend through the new link before anything is switched: gateways side by side, the backends of one after
 * the other. The first that is not reached ends it.
 */
export async function probeAll(tools: MoveTools, how: Probing): Promise<StepResult<null>> {
  let failed: StepResult<null> = DONE;
  const inTurn = async (units: readonly PlannedUnit[]): Promise<void> => {
    for (const planned of units) {
      const outcome = failed.ok ? await probeUnit(tools, planned, how) : failed;
      if (!outcome.ok && failed.ok) failed = outcome;
    }
  };
  await tools.each([...unitsByGateway(tools.plan.units).values()], inTurn);
  return failed;
}

async function probeUnit(tools: MoveTools, planned: PlannedUnit, how: Probing): Promise<StepResult<null>> {
  for (const probe of planned.probes) {
    const outcome = await probeOne(tools, planned, probe, how);
    if (!outcome.ok) return outcome;
  }
  return DONE;
}

function probeOne(
  tools: MoveTools,
  planned: PlannedUnit,
  probe: MoveProbe,
  { accept, callGateway }: Probing,
): Promise<StepResult<null>> {
  const { unit } = planned;
  const { id, key, targetId, byRoute, subject } = probe;
  const resource = { type: 'target', name: targetId ?? key };
  // Callers use the new link: a route beside theirs shows nothing more.
  if (byRoute !== undefined && tools.history.begun(unit.id, 'shift')) return Promise.resolve(DONE);

  return asStep(tools, { unit: unit.id, step: `probe ${id}`, kind: 'probe', resource }, async (report) => {
    const answer =
      byRoute === undefined
        ? await act(tools, unit.id, `probe ${id}`, (ctx) => testCall(tools, planned, probe, ctx), { report })
        : await testByRoute(tools, planned, { ...probe, byRoute }, { callGateway, report });
    // The test of a gateway that does not exist any more fails. One that shows no path is about the backend, too.
    const orGone = (failed: Failed) => orLeft<null>(tools, planned, failed, { instead: null, report });
    if (!answer.ok) return orGone(answer);

    const { outcome, because } = answer.value;
    report.progress(`${outcome}: ${because}`);
    if (outcome === 'failed')
      return failing('PROBE_FAILED', `${targetId ?? key} was not reached from ${unit.to.id}: ${because}`);
    if (outcome === 'connected' || isAccepted(probe, accept)) return DONE;

    return orGone(
      failing(
        'FINDINGS_FAILED',
        `${PROBE_CHECK}: cannot be determined: whether ${unit.to.id} reaches ${targetId ?? key}: ${because}`,
        `Correct it, or accept it: --accept-unknown "${PROBE_CHECK}${subject === undefined ? '' : `:${subject}`}".`,
      ),
    );
  });
}

async function testCall(
  { driver: { testCalls } }: MoveTools,
  { unit }: PlannedUnit,
  { key, targetId, method, path }: MoveProbe,
  ctx: CallContext,
): Promise<Shown> {
  const said = await testCalls?.testCall({ gateway: unit.gateway, key, link: unit.to, targetId, method, path }, ctx);
  return { outcome: said?.outcome ?? 'unknown', because: said?.because ?? 'the adapter has no test call' };
}
