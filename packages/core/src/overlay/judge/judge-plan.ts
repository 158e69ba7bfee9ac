import { countedCheck } from '../../check/checks/run.js';
import { sortSnapshot } from '../../do/snapshot/arrange.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { snapshotTime } from '../../do/world/derived.js';
import { prepare } from '../../do/world/prepare.js';
import { writtenSpec } from '../../spec/generate/from-snapshot.js';
import { specFrom } from '../../spec/parse/parse-read.js';
import type { Laid } from '../lay/laid.js';
import { layPlan } from '../lay/lay-plan.js';
import { unmasked } from '../lay/masks.js';
import { emptyBase, placesOf, type DefaultPlace, type PlanPlace } from '../lay/places.js';
import type { Choice, Choose } from '../draft/choice.js';
import type { TerraformDocument } from '../terraform/document.js';
import { terraformPlan } from '../terraform/plan.js';
import { changeSetPlan } from '../cloudformation/plan.js';
import type { ChangeSet } from '../cloudformation/read-change-set.js';
import type { Template } from '../cloudformation/read-template.js';
import { pulumiPlan } from '../pulumi/plan.js';
import type { PulumiPreview } from '../pulumi/read.js';
import type { JudgedWorld } from './judged-world.js';
import { learn, withoutChanges } from '../declared/values.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import { destinationsIn } from './moved-calls.js';
import { judgeRoutes, type JudgedRoute } from './routes.js';
import { pathOf } from './refused.js';
import { servedIn } from './served.js';
import type { DeclaredStack } from '../templates/declared-stacks.js';
import { templatePlans } from '../templates/template-plan.js';
import { planSet, type PlanSet } from '../rows/plan-set.js';
import type { PlansOption } from '../rows/plans-of-cloud.js';
import { worlds, type Taken } from './worlds.js';
import type { AskedPlan } from '../carry/ask-plan.js';
import { compared, type PlanJudgement } from './compare.js';

/** Options of {@link judgeTerraform} and its neighbors. */
export interface JudgePlanOptions extends DefaultPlace, PlansOption {
  /** The moment of the check in milliseconds; by default that of the snapshot. */
  readonly now?: number | undefined;
  /** The base was read just now, so it is newer than the plan: the clock of a simulated cloud may be in the past. */
  readonly live?: boolean | undefined;
  /** What was found by carrying the plan out: see `askTerraform`. Undefined: it was not. */
  readonly ask?: AskedPlan | undefined;
}

/**
 * Lays a plan of Terraform over the live network, or over a snapshot, and judges each private integration before and
 * after. Without a base the state in the document alone is before. Pure.
 *
 * ```ts
 * const { integrations } = judgeTerraform(readTerraform(text), snapshot, { plans: [plans] });
 * for (const { address, before, after } of integrations) console.log(address, before, after);
 * ```
 *
 * @throws {InvalidInputError} `INVALID_INPUT` where the region of a resource is not in the plan, no types are given, or two clouds of
 *   `plans` have one type.
 */
export function judgeTerraform(
  document: TerraformDocument,
  base: Snapshot | undefined,
  options: JudgePlanOptions,
): PlanJudgement {
  return judgeUnmasked(document, base, options, () => terraformPlan(document));
}

/** Options of {@link terraformPlaces} and its neighbors. */
export interface PlanPlacesOptions extends PlansOption {
  /** Where resources are whose provider does not say it. */
  readonly region?: string | undefined;
}

/** The regions of a document's resources that can be laid: what a base has to show. */
export function terraformPlaces(document: TerraformDocument, options: PlanPlacesOptions): readonly PlanPlace[] {
  const set = planSet(options);
  return placesOf(terraformPlan(document), options.region, set);
}

/**
 * As {@link judgeTerraform}, of a change set of CloudFormation and its template. Without the template, what new resources
 * name is unknown.
 */
export function judgeChangeSet(
  changeSet: ChangeSet,
  template: Template | undefined,
  base: Snapshot | undefined,
  options: JudgePlanOptions,
): PlanJudgement {
  return judgeUnmasked({ changeSet, template }, base, options, (one, set) =>
    changeSetPlan(changeSet, template, one, set.cloudFormation),
  );
}

/** As {@link judgeTerraform}, of templates of CloudFormation without a change set: the snapshot tells what exists. */
export function judgeTemplates(
  stacks: readonly DeclaredStack[],
  base: Snapshot | undefined,
  options: JudgePlanOptions,
): PlanJudgement {
  return judgeUnmasked(stacks, base, options, (one, set) => templatePlans(stacks, one, options, set)());
}

/** The regions of the resources of templates: what a base has to show. */
export function templatePlaces(stacks: readonly DeclaredStack[], options: PlanPlacesOptions): readonly PlanPlace[] {
  const set = planSet(options);
  return placesOf(templatePlans(stacks, undefined, options, set)(), options.region, set);
}

/** The regions of a change set's resources: what a base has to show. */
export function changeSetPlaces(
  changeSet: ChangeSet,
  template: Template | undefined,
  options: PlansOption,
): readonly PlanPlace[] {
  const set = planSet(options);
  return placesOf(changeSetPlan(changeSet, template, undefined, set.cloudFormation), undefined, set);
}

/** As {@link judgeTerraform}, of a preview of Pulumi. */
export function judgePulumi(
  preview: PulumiPreview,
  base: Snapshot | undefined,
  options: JudgePlanOptions,
): PlanJudgement {
  return judgeUnmasked(preview, base, options, (_, set) => pulumiPlan(preview, set.pulumi));
}

/** The regions of a preview's resources: what a base has to show. */
export function pulumiPlaces(preview: PulumiPreview, options: PlanPlacesOptions): readonly PlanPlace[] {
  const set = planSet(options);
  return placesOf(pulumiPlan(preview, set.pulumi), options.region, set);
}

/** Judges over a snapshot that may be redacted: the plan has account IDs, and the snapshot masks of them. */
function judgeUnmasked(
  document: unknown,
  base: Snapshot | undefined,
  options: JudgePlanOptions,
  planOver: (base: Snapshot | undefined, set: PlanSet) => ToolPlan,
): PlanJudgement {
  const set = planSet(options);
  const over = unmasked(document, base, options.account);
  return over.masked(judgeLaid(planOver(over.base, set), over.base, options, set));
}

/** Judges a plan of any tool. See {@link judgeTerraform}. */
function judgeLaid(plan: ToolPlan, base: Snapshot | undefined, options: JudgePlanOptions, set: PlanSet): PlanJudgement {
  const start = base ?? emptyBase(plan);
  const { instances } = plan;
  for (const [at, values] of options.ask?.decided ?? []) {
    const instance = instances[at];
    if (instance !== undefined) learn(instance, values);
  }
  const sideOf = (side: ToolPlan['instances']): JudgedWorld => {
    const taken: Choice[] = [];
    const choose: Choose = (choice) => {
      if (!taken.some((one) => one.address === choice.address && one.attribute === choice.attribute))
        taken.push(choice);
      return first(choice);
    };
    const judgedWith = (chosen: Taken): Judged =>
      judged(layPlan(plan, side, start, options, chosen, set), options, set, chosen);
    const world = judgedWith(choose);
    return { ...world, routes: worlds(world, taken, judgedWith), destinations: destinationsOf(world, options, taken) };
  };
  const after = sideOf(instances);
  const routes = after.routes.map((one) => doubted(one, after.laid, plan));
  return compared(plan, base, sideOf(withoutChanges(instances)), { ...after, routes }, set, options);
}

/** A route of which it is not known what becomes of something on its path, or whether the plan has all of it. */
function doubted(route: JudgedRoute, { snapshot }: Laid, { doubts, partial, words }: ToolPlan): JudgedRoute {
  if (doubts === undefined) return route;

  const path = [`${route.gatewayId} ${route.routeId}`, ...pathOf(route, snapshot)];
  const because = path.map((id) => doubts.get(id)).find((one) => one !== undefined) ?? partial[0];
  return because === undefined
    ? route
    : { ...route, verdict: 'unknown', because, remedy: words.decide, findings: [], warnings: [] };
}

/** Of a list all candidates, of a single value the first: {@link worlds} tries the others. */
const first: Choose = ({ alternatives }) => alternatives[0] ?? [];

/** A world without what is computed of one alone. */
type Judged = Omit<JudgedWorld, 'destinations'> & { readonly checked: Snapshot };

function destinationsOf(
  { checked, spec, clouds }: Judged,
  { now }: JudgePlanOptions,
  taken: readonly Choice[],
): JudgedWorld['destinations'] {
  let found: ReturnType<typeof destinationsIn> | undefined;
  return ({ gatewayId, key }) => {
    const how = { clouds, now: now ?? snapshotTime(checked), passes: false, planned: true } as const;
    found ??= destinationsIn(prepare(sortSnapshot(checked), spec, how).input, taken);
    return found.get(`${gatewayId} ${key}`);
  };
}

function judged(laid: Laid, { now }: JudgePlanOptions, { clouds }: PlanSet, chosen: Taken): Judged {
  const { checked, called } = servedIn(laid.snapshot, clouds, chosen);
  const { spec: written } = writtenSpec(withoutTwins(called), { project: PROJECT, clouds, judged: true });
  const spec = specFrom(JSON.parse(JSON.stringify(written)), { clouds });
  const { report } = countedCheck(checked, spec, { clouds, passes: false, now, planned: true });
  return { laid, spec, clouds, report, checked, routes: judgeRoutes(called, { spec, clouds }, report, laid) };
}

/** No cloud accepts a second route with a key, and a spec cannot have it: that it is refused is a finding of its own. */
function withoutTwins(snapshot: Snapshot): Snapshot {
  const regions = snapshot.regions.map((region) => ({
    ...region,
    gateways: region.gateways.map((gateway) => {
      const seen = new Set<string>();
      const routes = gateway.routes.filter(({ key }) => !seen.has(key) && seen.add(key) !== undefined);
      return routes.length === gateway.routes.length ? gateway : { ...gateway, routes };
    }),
  }));
  return { ...snapshot, regions };
}

/** A project that owns nothing: every link and route is declared as it is. */
const PROJECT = 'plan';
