import { counted, fewText, lengthOfTime } from '../../../ground/text/quantities.js';
import { displayText, type Style, type ReportTextOptions } from '../../../ground/text/display.js';
import type { Json } from '../../../ground/json.js';
import { targetLabel } from '../../words/target-label.js';
import { settingText, sidesOf } from '../../world/routes/setting-text.js';
import type { Plan, Step, Unit } from '../plan.js';
import { routeInputOf } from '../step-input.js';

/** What a step does, in the words of a summary: `2 to create`. */
type Goal = 'create' | 'replace' | 'change' | 'deploy' | 'delete';

/** In the order of a summary. */
const GOALS: readonly Goal[] = ['create', 'replace', 'change', 'deploy', 'delete'];

function goalOf(kind: Step['kind']): Goal {
  return kind === 'create' || kind === 'replace' || kind === 'deploy' || kind === 'delete' ? kind : 'change';
}

/** Of changes alike in one unit, so many are shown in a plan that is condensed. */
const EACH = 3;

/** A unit of which steps are left out. */
interface CondensedUnit {
  readonly unit: Unit;
  readonly steps: readonly Step[];
  /** What is left out: so many resources of a type, by what is done to them. */
  readonly more: readonly { readonly count: number; readonly type: Step['resource']['type']; readonly goal: Goal }[];
}

/** The part of a plan that is shown, and how many of its steps and units that is. */
interface CondensedPlan {
  readonly units: readonly CondensedUnit[];
  readonly shown: number;
  readonly all: number;
  readonly hiddenUnits: number;
}

/**
 * A plan of more than `most` steps without those that are like others: of each unit the first three of a kind, and units until `most`
 * steps are shown. What is deleted, replaced or bought, and what has a warning, is shown first.
 */
function condensed({ units }: Plan, most: number): CondensedPlan {
  const all = units.reduce((sum, { steps }) => sum + steps.length, 0);
  if (all <= most)
    return { units: units.map((unit) => ({ unit, steps: unit.steps, more: [] })), shown: all, all, hiddenUnits: 0 };

  let loud = most;
  let quiet = most;
  let shown = 0;
  const kept = units.flatMap((unit): readonly CondensedUnit[] => {
    const counts = new Map<string, { count: number; type: Step['resource']['type']; goal: Goal }>();
    const steps: Step[] = [];
    for (const step of unit.steps) {
      const { type } = step.resource;
      const goal = goalOf(step.kind);
      const key = `${type} ${goal}`;
      const alike = counts.get(key) ?? { count: 0, type, goal };
      counts.set(key, alike);
      const isKept = isLoud(step) ? loud-- > 0 : quiet > 0 && alike.count < EACH;
      alike.count += 1;
      if (!isKept) continue;

      steps.push(step);
      quiet -= 1;
    }
    if (steps.length === 0) return [];

    shown += steps.length;
    const more = [...counts.values()].map(({ count, type, goal }) => {
      const own = steps.filter((step) => step.resource.type === type && goalOf(step.kind) === goal);
      return { count: count - own.length, type, goal };
    });
    return [{ unit, steps, more: more.filter(({ count }) => count > 0) }];
  });
  return { units: kept, shown, all, hiddenUnits: units.filter(({ steps }) => steps.length > 0).length - kept.length };
}

const isLoud = ({ kind, purchase, warning }: Step): boolean =>
  kind === 'delete' || kind === 'replace' || purchase !== undefined || warning !== undefined;

/** The sign before a step: its effect on the current state. */
const SIGNS: Readonly<Record<Step['kind'], string>> = {
  create: '+',
  adopt: '>',
  rename: '~',
  tag: '~',
  replace: '±',
  retarget: '~',
  allow: '+',
  revoke: '-',
  deploy: '^',
  configure: '~',
  delete: '-',
};

/** The style of a step: creation, change or removal. */
const STYLES: Readonly<Record<string, Style>> = { '+': 'pass', '-': 'error', '±': 'error' };

type Paint = NonNullable<ReportTextOptions['paint']>;

/**
 * A plan as readable text: units in the order in which they can begin, each with its steps and reasons, then
 * notes and a count. Text from outside is escaped. `paint` colors pieces, as in `reportText`. A plan of more than `most`
 * steps has what is deleted, replaced or bought, and some of the others. Ends with a newline.
 */
export function planText(
  plan: Plan,
  {
    paint = (_, text) => text,
    most = Number.POSITIVE_INFINITY,
  }: Pick<ReportTextOptions, 'paint'> & { readonly most?: number | undefined } = {},
): string {
  const lines: string[] = [];
  const labels = targetLabels(plan);
  const { units, shown, all, hiddenUnits } = condensed(plan, most);
  for (const { unit, steps, more } of units) {
    lines.push(paint('heading', unitLine(unit)));
    for (const step of steps) lines.push(...stepLines(step, paint, labels));
    for (const { count, type, goal } of more) lines.push(`    and ${counted(count, `more ${type}`)} to ${goal}`);
    lines.push('');
  }
  if (shown < all) {
    const rest = hiddenUnits === 0 ? '' : `; ${counted(hiddenUnits, 'more unit')} not shown`;
    lines.push(paint('quiet', `Shown are ${shown} of ${all} changes${rest}: \`postern plan --full\` lists all.`), '');
  }
  if (plan.notes.length > 0) {
    lines.push(paint('heading', 'Notes:'), ...plan.notes.map((note) => `  ${displayText(note)}`), '');
  }
  lines.push(planSummary(plan), '');
  return lines.join('\n');
}

/** One line: `2 to create, 1 to change, 0 to delete; 5 unchanged.` or `No changes; 5 unchanged.` */
export function planSummary({ units, unchanged, notRead = [] }: Plan): string {
  const steps = units.flatMap((unit) => unit.steps);
  const rest = notRead.length === 0 ? '' : ` Not read: ${fewText(notRead, 5, ' and ')}.`;
  if (steps.length === 0 && rest !== '') return `No changes in what was read; ${unchanged} unchanged.${rest}`;
  if (steps.length === 0) return `No changes; ${unchanged} unchanged.`;

  const counts = GOALS.map((goal) => [steps.filter(({ kind }) => goalOf(kind) === goal).length, goal] as const)
    .filter(([number]) => number > 0)
    .map(([number, goal]) => `${number} to ${goal}`);
  return `${counts.join(', ')}; ${unchanged} unchanged.${rest}`;
}

function unitLine({ id, provider, region, account, dependsOn }: Unit): string {
  const after = dependsOn.length === 0 ? '' : `, after ${dependsOn.join(', ')}`;
  return displayText(`${id} (${provider} ${region}, account ${account}${after})`);
}

/** The readable names of the targets of a plan's routes, by ID: as far as a step names them. */
function targetLabels({ units }: Plan): ReadonlyMap<string, string> {
  const inputs = units.flatMap(({ steps }) => steps.map(routeInputOf));
  return new Map(inputs.flatMap((input) => (input?.target ? [[input.target.id, targetLabel(input.target)]] : [])));
}

type Change = NonNullable<Step['changes']>[number];

function stepLines(
  { kind, id, reason, changes = [], purchase, warning, drainMs }: Step,
  paint: Paint,
  labels: ReadonlyMap<string, string>,
): readonly string[] {
  const sign = SIGNS[kind];
  return [
    `  ${paint(STYLES[sign] ?? 'warning', `${sign} ${displayText(id)}`)}: ${displayText(reason)}`,
    ...(warning === undefined ? [] : [`      ${paint('warning', `warning: ${displayText(warning)}`)}`]),
    ...(drainMs === undefined ? [] : [`      waits ${lengthOfTime(drainMs)} for calls in flight first`]),
    ...changes.map((change) => `      ${displayText(changeText(withOwnGroup(change, changes), labels))}`),
    ...(purchase === undefined || purchase.closed !== undefined // the warning says it
      ? []
      : [`buys: ${purchase.summary}`, ...purchase.terms.map((term) => `terms: ${term}`)].map(
          (line) => `      ${displayText(line)}`,
        )),
  ];
}

/** A link that is created with an allowlist and without groups of the spec gets a group for the allowlist. */
function withOwnGroup(change: Change, changes: readonly Change[]): Change {
  const hasOwn =
    Array.isArray(change.to) && change.to.length === 0 && changes.some(({ field }) => field === 'allowlist');
  return change.field === 'securityGroups' && hasOwn ? { ...change, to: 'one of its own' } : change;
}

function changeText({ field, from, to }: Change, labels: ReadonlyMap<string, string>): string {
  const named = (value: Json): string =>
    field === 'target' && typeof value === 'string' ? (labels.get(value) ?? targetLabel({ id: value })) : text(value);
  const { label, ...sides } = sidesOf({ field, from, to }, named);
  if (from !== undefined && from !== null) return `${label}: ${sides.from} → ${sides.to}`;

  // What is created has no former side that it could read like.
  return `${label}: ${to === undefined || to === null ? 'none' : (settingText(field, to) ?? named(to))}`;
}

function text(value: Json | undefined): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((item: Json) => text(item)).join(', ');

  return JSON.stringify(value);
}
