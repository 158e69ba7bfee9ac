import { asStep, failing, outcomeOf, valueOf } from '../../do/apply/step.js';
import type { StepOutcome } from '../../do/apply/run.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { PROBE_CHECK } from '../validate/accept.js';
import type { MoveProbe, PlannedUnit } from '../plan/move-plan.js';
import { unitsByGateway } from '../plan/units-of.js';
import type { RunMoveOptions } from './options.js';
import { isAccepted } from './run-options.js';
import { orLeft } from './leave.js';
import { testByRoute, type Shown } from './test-route.js';
import { act, type MoveTools } from './tools.js';

/** What decides how backends are tested, and what a test that shows nothing means. */
type Probing = Pick<RunMoveOptions, 'accept' | 'callGateway'>;

/**
 * Tests every backend through the new link before anything is switched: gateways side by side, the backends of one after
 * the other. The first that is not reached ends it.
 */
export async function probeAll(tools: MoveTools, how: Probing): Promise<void> {
  let ended: StepOutcome<void> = { ok: true, value: undefined };
  const inTurn = async (units: readonly PlannedUnit[]): Promise<void> => {
    for (const planned of units) {
      const probed = ended.ok ? await outcomeOf(probeUnit(tools, planned, how)) : ended;
      if (ended.ok) ended = probed;
    }
  };
  await tools.each([...unitsByGateway(tools.plan.units).values()], inTurn);
  valueOf(ended);
}

async function probeUnit(tools: MoveTools, planned: PlannedUnit, how: Probing): Promise<void> {
  for (const probe of planned.probes) await probeOne(tools, planned, probe, how);
}

async function probeOne(
  tools: MoveTools,
  planned: PlannedUnit,
  probe: MoveProbe,
  { accept, callGateway }: Probing,
): Promise<void> {
  const { unit } = planned;
  const { id, key, targetId, byRoute, subject } = probe;
  const resource = { type: 'target', name: targetId ?? key };
  // Callers use the new link: a route beside theirs shows nothing more.
  if (byRoute !== undefined && tools.history.begun(unit.id, 'shift')) return;

  await asStep(tools, { unit: unit.id, step: `probe ${id}`, kind: 'probe', resource }, async (report) => {
    const test =
      byRoute === undefined
        ? act(tools, unit.id, `probe ${id}`, (ctx) => testCall(tools, planned, probe, ctx), { report })
        : testByRoute(tools, planned, { ...probe, byRoute }, { callGateway, report });
    // The test of a gateway that does not exist any more fails. One that shows no path is about the backend, too.
    const answer = await orLeft(tools, planned, test, report);
    if (answer === undefined) return;

    const { outcome, because } = answer;
    report.progress(`${outcome}: ${because}`);
    if (outcome === 'failed')
      throw failing('PROBE_FAILED', `${targetId ?? key} was not reached from ${unit.to.id}: ${because}`);
    if (outcome === 'connected' || isAccepted(probe, accept)) return;

    const unknown = failing(
      'FINDINGS_FAILED',
      `${PROBE_CHECK}: cannot be determined: whether ${unit.to.id} reaches ${targetId ?? key}: ${because}`,
      `Correct it, or accept it: --accept-unknown "${PROBE_CHECK}${subject === undefined ? '' : `:${subject}`}".`,
    );
    await orLeft(tools, planned, Promise.reject(unknown), report);
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
