import { GATEWAY_KINDS } from '../../kinds/gateway/gateway-table.js';
import type { MoveProbe, PlannedUnit } from '../plan/move-plan.js';
import { DONE, act, failing, shown, type MoveTools, type Outcome } from './tools.js';

/** Tests every backend through the new link before anything is switched. The first that is not reached ends it. */
export async function probeAll(tools: MoveTools): Promise<Outcome<null>> {
  for (const planned of tools.plan.units) {
    if (isOfWorkingCopy(planned)) continue; // after it was prepared
    const outcome = await probeUnit(tools, planned);
    if (!outcome.ok) return outcome;
  }
  return DONE;
}

/** Tests a unit whose working copy the cloud calls. Callers do not use it yet. */
export function probePrepared(tools: MoveTools, planned: PlannedUnit): Promise<Outcome<null>> {
  return isOfWorkingCopy(planned) ? probeUnit(tools, planned) : Promise.resolve(DONE);
}

async function probeUnit(tools: MoveTools, planned: PlannedUnit): Promise<Outcome<null>> {
  for (const probe of planned.probes) {
    const outcome = await probeOne(tools, planned, probe);
    if (!outcome.ok) return outcome;
  }
  return DONE;
}

function isOfWorkingCopy({ unit }: PlannedUnit): boolean {
  return GATEWAY_KINDS[unit.gateway.kind].testCall?.ofWorkingCopy === true;
}

function probeOne(tools: MoveTools, { unit }: PlannedUnit, probe: MoveProbe): Promise<Outcome<null>> {
  const { id, key, targetId, method, path } = probe;
  const { routes } = tools.driver;
  const step = {
    unit: unit.id,
    step: `probe ${id}`,
    kind: 'probe',
    resource: { type: 'target', name: targetId ?? key },
  };
  return shown(tools, step, async (told) => {
    const answer = await act(
      tools,
      unit.id,
      `probe ${id}`,
      async (ctx) => {
        const said = await routes.testCall?.(
          { gateway: unit.gateway, key, link: unit.to, targetId, method, path },
          ctx,
        );
        return { outcome: said?.outcome ?? 'unknown', because: said?.because ?? 'the adapter has no test call' };
      },
      { told },
    );
    if (!answer.ok) return answer;
    const { outcome, because } = answer.value;
    told.progress(`${outcome}: ${because}`);
    return outcome === 'failed'
      ? failing('PROBE_FAILED', `${targetId ?? key} was not reached from ${unit.to.id}: ${because}`)
      : DONE;
  });
}
