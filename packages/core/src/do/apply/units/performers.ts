import type { Unit, UnitKind } from '../../plan/plan.js';
import { gatewayUnit } from './gateway-unit.js';
import { integrationUnit } from './integration-unit.js';
import { linkUnit } from './link-unit.js';
import type { UnitTools } from './unit-tools.js';
import type { StepCounts, UnitLinks, UnitResult } from '../run.js';

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
