import { defined } from '../../ground/defined.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { laterReads, type LaterReads } from '../../ground/calls/answers.js';
import type { Driver } from '../driver.js';
import { clouds } from '../kinds/cloud/clouds.js';
import type { GatewayRef } from '../model/reference.js';
import type { Plan, Step, Unit, UnitKind } from '../plan/plan.js';
import { inputOf } from '../plan/step-input.js';
import type { CallGateway } from '../probe/call-gateway.js';
import { type RunEvent, stepKey } from './events.js';
import type { Run, UnitResult, StepCounts, UnitLinks } from './run.js';
import { beginStep, progressOf, timed, type StepProgress, type StepTools } from './step.js';
import type { StillPlanned } from './plan-again.js';
import type { UnitTools } from './units/unit-tools.js';
import { gatewayUnit } from './units/gateway-unit.js';
import { integrationUnit } from './units/integration-unit.js';
import { linkUnit } from './units/link-unit.js';

/** Carries out the steps of a unit of one kind. */
type Performer = (unit: Unit, tools: UnitTools) => Promise<StepCounts & { readonly links?: UnitLinks }>;

const PERFORMERS: Readonly<Record<UnitKind, Performer>> = {
  link: linkUnit,
  'link-removal': linkUnit,
  'link-narrowing': linkUnit,
  'allowlist-removal': linkUnit,
  integration: integrationUnit,
  'target-removal': integrationUnit,
  gateway: gatewayUnit,
};

/**
 * Executes a unit once the units that it depends on have ended. A unit whose dependency failed or was skipped
 * is skipped with all its steps.
 */
export async function performUnit(unit: Unit, tools: Omit<UnitTools, 'links'>): Promise<UnitResult> {
  const { run } = tools;
  const before: UnitResult[] = [];
  for (const id of unit.dependsOn) before.push(await run.result(id));
  const given = new Map(before.flatMap(({ links }) => links));
  if (before.some(({ failed, skipped }) => failed > 0 || skipped > 0)) {
    return { done: 0, failed: 0, skipped: unit.steps.length, links: [...given] };
  }

  const { links = [], ...counts } = await PERFORMERS[unit.kind](unit, { ...tools, links: given });
  return { ...counts, links: [...given, ...links] };
}

/** What a unit of a plan is executed with: in one process, or by an engine. */
export interface ExecuteUnitOptions {
  readonly run: Run;
  readonly driver: Driver;
  readonly account: string;
  /** Its clock is that of the events. */
  readonly context: Pick<CallContext, 'clock'>;
  readonly emit: (event: RunEvent) => void;
  /** See `ApplyOptions.drain`. */
  readonly drain?: number | undefined;
  /** See `ApplyOptions.probe`. */
  readonly probe?: boolean | undefined;
  /** See `ApplyOptions.callGateway`. */
  readonly callGateway?: CallGateway | undefined;
  /** What a step asks before it deletes or narrows; undefined: it is not asked. */
  readonly stillPlanned?: StillPlanned | undefined;
  /** Steps that may have had an effect that was not recorded, by `<unit> <step>`; an engine that records steps has none. */
  readonly interrupted?: ReadonlySet<string> | undefined;
  /** Reads that the units of a run share. */
  readonly reads?: LaterReads | undefined;
}

/** Executes one unit of a plan once `run.result` has the results of those that it depends on. */
export function executeUnit(plan: Pick<Plan, 'units'>, unit: Unit, options: ExecuteUnitOptions): Promise<UnitResult> {
  const { run, driver, account, context, emit, drain, interrupted = new Set() } = options;
  return performUnit(unit, {
    run,
    driver,
    clouds: clouds([driver.cloud]),
    stillPlanned: options.stillPlanned,
    drainMs: ({ drainMs = 0 }) => (drainMs === 0 || drain === undefined ? drainMs : drain * 1_000),
    probe: options.probe ?? true,
    routeSteps: (gateway) => routeStepsOf(plan, unit, gateway),
    callGateway: options.callGateway,
    ...stepReports(unit, context, interrupted, emit),
    gatewayKey: ({ kind, id }) => `${kind} ${driver.provider}/${driver.region}/${account}/${id}`,
    reads: options.reads ?? laterReads(),
  });
}

/** The steps that create or change routes of a gateway in the region and account of `unit`. */
function routeStepsOf(
  { units }: Pick<Plan, 'units'>,
  { provider, region, account }: Unit,
  { kind, id }: GatewayRef,
): readonly Step[] {
  const near = units.filter((one) => one.provider === provider && one.region === region && one.account === account);
  return near
    .filter((one) => one.kind === 'integration')
    .flatMap(({ steps }) => steps.filter((one) => one.resource.type === 'route' && ROUTE_WRITES.has(one.kind)))
    .filter((one) => {
      const { gatewayRef } = inputOf(one, 'create route', 'retarget route');
      return gatewayRef.kind === kind && gatewayRef.id === id;
    });
}

const ROUTE_WRITES: ReadonlySet<Step['kind']> = new Set(['create', 'retarget']);

function stepReports(
  { id: unit, kind, name }: Unit,
  { clock }: Pick<CallContext, 'clock'>,
  interrupted: ReadonlySet<string>,
  emit: (event: RunEvent) => void,
): Pick<UnitTools, 'report' | 'begin'> {
  const tools: StepTools = {
    emit: (event) => emit(timed<RunEvent>(event, new Date(clock.now()).toISOString())),
    elapsedMs: () => clock.monotonicMs(),
  };
  const of = { unit, ...defined({ integration: integrationOf({ kind, name }) }) };
  const report = ({ id }: Step): StepProgress => progressOf(tools, { ...of, step: id });
  return {
    report,
    begin(step) {
      const { type, name } = step.resource;
      const end = beginStep(tools, { ...of, step: step.id, kind: step.kind, resource: { type, name } });
      if (interrupted.has(stepKey({ unit, step: step.id }))) report(step).progress(INTERRUPTED);
      return (outcome) => end(outcome, outcome.ok ? outcome.value : null);
    },
  };
}

const INTERRUPTED = 'a previous run ended before the outcome of this step was recorded; the current state decides';

/** The integration that a unit belongs to. */
export function integrationOf({ kind, name }: Pick<Unit, 'kind' | 'name'>): string | undefined {
  return kind === 'integration' || kind === 'target-removal' ? name : undefined;
}
