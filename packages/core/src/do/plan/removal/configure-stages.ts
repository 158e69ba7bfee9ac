import { defined } from '../../../ground/defined.js';
import { deployedStage } from '../../kinds/gateway/gateway-spec.js';
import type { Gateway, Stage, StageChange, StageWriter } from '../../model/gateway.js';
import { gatewayRef } from '../../model/reference.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import type { IntegrationSpec } from '../../spec.js';
import type { Step } from '../plan.js';
import type { PlanPart, UnitPart, PlanScope } from '../plan-scope.js';
import { gatewayUnitRef } from '../references.js';
import { inputOf, step } from '../step-input.js';
import {
  declaredDifferences,
  goneThrottles,
  settingsOfStage,
  type Difference,
  type StageSetting,
} from './stage-differences.js';

interface Ending {
  /** Its integrations on the stage. */
  readonly here: readonly IntegrationSpec[];
  /** The settings that its mark names. */
  readonly own: readonly string[];
  /** Why the stage needs its settings on; undefined: it does not. */
  readonly because: string | undefined;
}

/** What a spec that ends takes away from a stage: what it wrote, where nothing else changed it, or needs it. Notes say what stays. */
function endedSettings(
  scope: PlanScope,
  gateway: Gateway,
  stage: Stage,
  { here, own, because }: Ending,
): { readonly differences: readonly Difference[]; readonly notes: readonly string[] } {
  const found = settingsOfStage(stage, here)
    .filter(({ isSet, isSame, setting }) => isSet && (isSame || own.includes(setting)))
    .map((one) => ({ one, kept: own.includes(one.setting) ? keptBecause(scope, stage, one, because) : NOT_MARKED }));
  return {
    differences: found.flatMap(({ one: { setting, field, from, removal }, kept }) =>
      kept === undefined ? [{ setting, field, from, to: 'none', change: removal }] : [],
    ),
    notes: found.flatMap(({ one, kept }) => (kept === undefined ? [] : [keptText(gateway, stage, one, kept)])),
  };
}

/** What is said of settings that a spec does not declare any more. */
function releasedSettings(gateway: Gateway, stage: Stage, released: readonly string[]): readonly string[] {
  return settingsOfStage(stage, [])
    .filter(({ setting, isSet }) => isSet && released.includes(setting))
    .map((one) => keptText(gateway, stage, one, 'the spec does not declare it any more'));
}

/** The other specs that wrote a setting of a stage, by their marks. */
function othersOf(
  { project, spec }: PlanScope,
  { configuredBy = [] }: Stage,
  setting: string | undefined,
): readonly string[] {
  return configuredBy
    .filter((one) => one.project !== project || one.spec !== spec)
    .filter(({ settings }) => setting !== undefined && settings.includes(setting))
    .map((one) => `spec ${one.spec ?? 'without an identity'} of project ${one.project}`);
}

/** `stage prod of a1b2 keeps its cache (0.5 GB, kept for 300 s): it serves routes of others`. */
function keptText(
  { id }: Gateway,
  { name }: Stage,
  { field, from, setting }: Pick<Difference, 'field' | 'from' | 'setting'>,
  because: string,
): string {
  const charged = setting === 'cache' ? '. It is charged by the hour until it is deleted' : '';
  return `stage ${name} of ${id} keeps its ${field} (${from}): ${because}${charged}`;
}

const NOT_MARKED = 'the stage has no mark of this spec for it';

function keptBecause(
  scope: PlanScope,
  stage: Stage,
  { setting, isDeclared, isSame }: StageSetting,
  because: string | undefined,
): string | undefined {
  const [other] = othersOf(scope, stage, setting);
  if (other !== undefined) return `it is declared by ${other}, too`;
  if (isDeclared && !isSame) return 'it was changed after this spec wrote it';

  return because;
}

/** What `configureStages` needs besides the gateway. */
interface Configuration {
  /** The managed integrations of the gateway. */
  readonly integrations: readonly IntegrationSpec[];
  /** The keys of the routes that the plan deletes. */
  readonly gone: readonly string[];
  /** How many routes the gateway has after the plan. */
  readonly remaining: number;
  readonly after: readonly string[];
  /** The plan deletes all that the spec has. */
  readonly ends?: boolean | undefined;
  /** The stages that the plan deletes. */
  readonly deleted: ReadonlySet<string>;
}

/** What becomes of the settings of a stage. */
interface Outcome {
  readonly differences: readonly Difference[];
  /** The settings that the mark of the spec names afterwards. */
  readonly marked: readonly string[];
  readonly reason: string;
  readonly notes: readonly string[];
}

/**
 * The settings of stages that differ from the spec: a step for each stage, after its deployment. What deleted routes had on a stage
 * is removed with them. Where a spec ends, or declares nothing of a stage any more, what its mark names is removed, unless the stage
 * serves routes that need it.
 */
export function configureStages(
  scope: PlanScope,
  region: RegionSnapshot,
  gateway: Gateway,
  configuration: Configuration,
): Partial<PlanPart> {
  const { integrations, deleted, after } = configuration;
  const unit = gatewayUnitRef(region, gateway);
  const notes: string[] = [];
  const steps = stagesOf(gateway, integrations)
    .filter(({ name }) => !deleted.has(name))
    .flatMap((stage): readonly Step[] => {
      const outcome = outcomeOf(scope, gateway, stage, configuration);
      notes.push(...outcome.notes);
      const writer = changedMark(scope, stage, outcome.marked);
      const { differences, reason } = outcome;
      if (differences.length === 0 && writer === undefined) return [];

      const changes = differences.map(({ field, from, to }) => ({ field, from, to }));
      const change = { ...joined(differences), ...defined({ writer }) };
      const resource = { type: 'stage', name: `${gateway.id} ${stage.name}` } as const;
      const id = `configure stage ${stage.name} of ${gateway.id}`;
      const input = { gatewayRef: gatewayRef(gateway), stage: stage.name, change };
      return [step({ id, kind: 'configure', resource, reason, changes }, input)];
    });
  return { units: [{ unit, region, steps, dependsOn: after }], notes };
}

const GONE = 'routes that are deleted have settings on it';
const UNMARKED = 'the mark of settings that this spec does not declare any more is removed';

function outcomeOf(
  scope: PlanScope,
  gateway: Gateway,
  stage: Stage,
  { integrations, gone, remaining, ends = false }: Configuration,
): Outcome {
  const here = integrations.filter(({ gateway: one }) => (deployedStage(one) ?? stage.name) === stage.name);
  const own = writerOf(scope, stage)?.settings ?? [];
  const needed = neededFor(scope, gateway, stage, remaining);
  const throttles = needed?.because === LAST ? [] : goneThrottles(gateway, stage, gone);
  if (ends || (here.length === 0 && scope.prune !== false)) {
    const ended = endedSettings(scope, gateway, stage, { here, own, because: needed?.because });
    const lasting = needed?.because === LAST ? goneThrottles(gateway, stage, gone) : [];
    return {
      differences: [...ended.differences, ...throttles],
      marked: [],
      reason:
        ended.differences.length > 0
          ? 'it has settings that the spec declares'
          : throttles.length > 0
            ? GONE
            : UNMARKED,
      notes: [...ended.notes, ...lasting.map((one) => keptText(gateway, stage, one, LAST))],
    };
  }

  const differences = declaredDifferences(scope.clouds, gateway, stage, here);
  const written = differences.flatMap(({ setting }) => setting ?? []);
  const declared = settingsOfStage(stage, here).filter(({ isDeclared }) => isDeclared);
  const released = scope.prune === false ? [] : own.filter((name) => !declared.some(({ setting }) => setting === name));
  return {
    differences: [...differences, ...throttles],
    marked: [...new Set([...own, ...written])].filter((name) => !released.includes(name)),
    reason: differences.length > 0 ? 'its settings differ from the spec' : throttles.length > 0 ? GONE : UNMARKED,
    notes: [
      ...releasedSettings(gateway, stage, released),
      ...differences.flatMap(({ field, setting }) =>
        othersOf(scope, stage, setting).map(
          (other) =>
            `${field} of stage ${stage.name} of ${gateway.id} is declared by ${other}, too: its plan differs then`,
        ),
      ),
    ],
  };
}

const LAST = 'it serves its last routes until others are deployed';

/** Why settings of a stage are needed when the routes of the spec are gone; undefined: they are not. */
function neededFor(
  { clouds }: PlanScope,
  { kind }: Gateway,
  { autoDeploy, deploymentId }: Stage,
  remaining: number,
): { readonly because: string } | undefined {
  if (remaining > 0) return { because: 'it serves routes of others' };

  const isCopy = !autoDeploy && deploymentId !== undefined && clouds.gateway(kind).routesNeedDeployment;
  return isCopy ? { because: LAST } : undefined;
}

/** The mark of this spec, where it is to change. */
function changedMark(scope: PlanScope, stage: Stage, settings: readonly string[]): StageWriter | undefined {
  const before = writerOf(scope, stage)?.settings ?? [];
  if (before.length === settings.length && before.every((name) => settings.includes(name))) return undefined;

  const { project, spec } = scope;
  return { project, ...defined({ spec }), settings: settings.toSorted() };
}

function writerOf({ project, spec }: PlanScope, { configuredBy = [] }: Stage): StageWriter | undefined {
  return configuredBy.find((one) => one.project === project && one.spec === spec);
}

/** The names of the stages that steps delete. */
export function deletedStages(units: readonly UnitPart[]): ReadonlySet<string> {
  const steps = units
    .flatMap((unit) => unit.steps)
    .filter(({ kind, resource }) => kind === 'delete' && resource.type === 'stage');
  return new Set(steps.map((one) => inputOf(one, 'delete stage').stage));
}

/** The stages of a gateway, and those that the deployment of an integration creates. */
function stagesOf({ stages }: Gateway, integrations: readonly IntegrationSpec[]): readonly Stage[] {
  const named = new Set(integrations.flatMap(({ gateway }) => deployedStage(gateway) ?? []));
  const missing = [...named].filter((name) => !stages.some((stage) => stage.name === name));
  return [...stages, ...missing.map((name): Stage => ({ name, autoDeploy: false }))];
}

function joined(differences: readonly Difference[]): StageChange {
  const routes = differences.flatMap(({ change }) => change.routes ?? []);
  return {
    ...Object.assign({}, ...differences.map(({ change }) => change)),
    ...(routes.length === 0 ? {} : { routes }),
  };
}
