import type { Snapshot } from '../../do/snapshot/snapshot.js';
import type { ToolAction, ToolPlan } from '../declared/tool-plan.js';
import type { PlanSet } from '../rows/plan-set.js';
import type { LostName } from './lost-names.js';
import { pathOf } from './refused.js';
import type { JudgedRoute } from './routes.js';

/** What of the actions that a plan runs may change the path of a route that passes: each of a type that is not known to change none. */
export function actionOn(
  route: JudgedRoute | undefined,
  { actions = [], words }: ToolPlan,
  snapshot: Snapshot,
  set: PlanSet,
): LostName | undefined {
  if (route?.verdict !== 'pass' || actions.length === 0) return undefined;

  const path = pathOf(route, snapshot);
  const action = actions.find((one) => !isInert(one, set) && mayChange(one, path, snapshot));
  return (
    action && {
      verdict: 'unknown',
      address: action.address,
      because: `${actionText(action, words.plan)}, and what it does is not judged`,
      remedy: `Check again after the apply, or take ${action.address} out of ${words.plan} and run it alone.`,
    }
  );
}

/** A sentence for each action. */
export function actionNotes({ actions = [], words }: ToolPlan): readonly string[] {
  return actions.map((one) => `${actionText(one, words.plan)}: what it does is not judged`);
}

function actionText({ address, type, when }: ToolAction, plan: string): string {
  return `${plan} runs ${address} (${type})${when === undefined ? '' : ` ${when}`}`;
}

function isInert({ type }: ToolAction, set: PlanSet): boolean {
  return set.all.some(({ acts }) => acts?.inert.some((one) => one.test(type)));
}

/** An action that names things of the network changes these; another one may run a program, which may change all. */
function mayChange({ names }: ToolAction, path: ReadonlySet<string>, { regions }: Snapshot): boolean {
  const interfaces = regions.flatMap((region) => region.interfaces);
  const isOn = (name: string): boolean =>
    path.has(name) || interfaces.some(({ id, attachedTo }) => attachedTo === name && path.has(id));
  const text = JSON.stringify(regions);
  const known = names?.filter((name) => text.includes(JSON.stringify(name)));
  return known === undefined || known.length === 0 || known.some(isOn);
}
