import type { Gateway, Stage } from '../../model/gateway.js';
import type { IntegrationSpec } from '../../spec.js';
import type { PlanScope } from '../plan-scope.js';
import { settingsOfStage, type Difference, type StageSetting } from './stage-differences.js';

interface Ending {
  /** Its integrations on the stage. */
  readonly here: readonly IntegrationSpec[];
  /** The settings that its mark names. */
  readonly own: readonly string[];
  /** Why the stage needs its settings on; undefined: it does not. */
  readonly because: string | undefined;
}

/** What a spec that ends takes away from a stage: what it wrote, where nothing else changed it, or needs it. Notes say what stays. */
export function endedSettings(
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
export function releasedSettings(gateway: Gateway, stage: Stage, released: readonly string[]): readonly string[] {
  return settingsOfStage(stage, [])
    .filter(({ setting, isSet }) => isSet && released.includes(setting))
    .map((one) => keptText(gateway, stage, one, 'the spec does not declare it any more'));
}

/** The other specs that wrote a setting of a stage, by their marks. */
export function othersOf(
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
export function keptText(
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
