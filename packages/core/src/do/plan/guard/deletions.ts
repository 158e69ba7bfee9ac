import { PosternError, InvalidInputError } from '../../../ground/errors.js';
import { isTemporaryRoute } from '../../kinds/gateway/gateway-spec.js';
import { mayDelete } from '../../model/ownership.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { fewText } from '../../../ground/text/quantities.js';
import { linkOwner } from '../../world/resolve/link-identity.js';
import { type PlanScope, type UnitPart, unitsOf } from '../plan-scope.js';
import type { Deletions, Plan, Step } from '../plan.js';
import { inputOf } from '../step-input.js';
import type { Spec } from '../../spec.js';
import { canonicalJson } from '../../../ground/hash.js';

/** What carries calls, and cannot be had back: the rest goes with one of these, or is used by nothing. */
const COUNTED: ReadonlySet<Step['resource']['type']> = new Set(['link', 'target', 'route']);

/**
 * The links, targets and routes that a plan deletes, and how many the spec owns. Not among the deletions are
 * `replaced` ones (IDs): they are deleted only after their replacement serves.
 */
export function deletionsOf(
  scope: PlanScope,
  units: readonly UnitPart[],
  regions: readonly RegionSnapshot[],
  replaced: ReadonlySet<string>,
): Deletions | undefined {
  const steps = unitsOf(units).flatMap((unit) => unit.steps);
  const resources = steps.filter((step) => isDeletion(step, replaced)).map(({ id }) => id.slice('delete '.length));
  if (resources.length === 0) return undefined;

  return { resources, owned: regions.reduce((sum, region) => sum + ownedIn(scope, region), 0) };
}

/** Names in advance the option that `apply` will require. */
export function deletionNotes(deletions: Deletions | undefined): readonly string[] {
  if (deletions === undefined || deletions.resources.length <= defaultLimit(deletions.owned)) return [];

  const { length } = deletions.resources;
  return [`this plan deletes ${partText(deletions)}; apply needs --max-deletes ${length} for that`];
}

/**
 * Refuses a plan with more deletions than `maxDeletes`: the spec was probably cut off. By default a fifth
 * of what the spec owns may be deleted, at least two and at most five. A plan of `destroy` is never refused.
 * @throws {PosternError} `TOO_MANY_DELETIONS`, with all that would be deleted in `details.deletions`.
 */
export function refuseDeletions({ deletions }: Pick<Plan, 'deletions'>, maxDeletes?: number): void {
  if (deletions === undefined) return;

  const { resources, owned } = deletions;
  const allowed = maxDeletes ?? defaultLimit(owned);
  // Not `>`: a limit that is not a number allows nothing.
  if (resources.length <= allowed) return;

  throw new PosternError(
    'TOO_MANY_DELETIONS',
    `the plan deletes ${partText(deletions)}; the limit is ${allowed}: ${fewText(resources, 5)}`,
    {
      remedy: `Check that the spec is complete. If these are to be deleted, add --max-deletes ${resources.length} (\`maxDeletes\`). To delete all that the spec owns, run \`postern destroy\`.`,
      details: { deletions: [...resources], owned, allowed },
    },
  );
}

/** At least two, because the smallest change can be two: a route, and the authorization that only it used. */
function defaultLimit(owned: number): number {
  return Math.min(5, Math.max(2, Math.floor(owned / 5)));
}

/** `7 of the 12 links, targets and routes that the spec owns`. */
function partText({ resources, owned }: Deletions): string {
  return `${resources.length} of the ${owned} links, targets and routes that the spec owns`;
}

function isDeletion(step: Step, replaced: ReadonlySet<string>): boolean {
  const { kind, resource } = step;
  if (kind !== 'delete' || !COUNTED.has(resource.type) || resource.id === undefined) return false;
  if (isTemporaryRoute({ key: resource.name })) return false;

  const isGoing = resource.type === 'link' && inputOf(step, 'delete link').going === true;
  return !isGoing && !replaced.has(resource.id);
}

/** How many links, targets and routes of a region this spec may delete where it does not declare them. */
function ownedIn(scope: PlanScope, region: RegionSnapshot): number {
  const { links, gateways, targets } = region;
  const marks = [
    ...links.map((link) => linkOwner(region, link)),
    ...gateways.flatMap(({ routes }) => routes.filter((one) => !isTemporaryRoute(one)).map(({ owner }) => owner)),
    ...targets.map(({ owner }) => owner),
  ];
  return marks.filter((mark) => mayDelete(mark, scope)).length;
}

/**
 * Refuses a spec that declares nothing: the file was probably cut off. `destroy` is how all is deleted.
 * @throws {InvalidInputError} `EMPTY_SPEC`
 */
export function refuseEmpty({ links, integrations, places }: Pick<Spec, 'links' | 'integrations' | 'places'>): void {
  if (Object.keys(links).length + Object.keys(integrations).length > 0) return;

  throw new InvalidInputError('EMPTY_SPEC', 'the spec declares no links and no integrations', {
    place: places?.('project'),
    remedy: 'Check that the file is complete. To delete all that the spec owns, run `postern destroy`.',
  });
}

/** What cannot be taken back, or costs money: a reader of another plan has not agreed to it. */
const GRAVE: ReadonlySet<Step['kind']> = new Set<Step['kind']>(['delete', 'replace', 'revoke']);

/** Whether a step deletes, replaces, or removes from an allowlist. */
export function takesAway({ kind }: Pick<Step, 'kind'>): boolean {
  return GRAVE.has(kind);
}

/**
 * Whether a plan deletes, replaces, removes from an allowlist or buys what an earlier one does not: then it needs an answer of
 * its own.
 */
export function takesMoreThan(plan: Pick<Plan, 'units'>, earlier: Pick<Plan, 'units'>): boolean {
  const agreed = new Set(graveSteps(earlier));
  return graveSteps(plan).some((one) => !agreed.has(one));
}

/** The effects of grave steps: what is removed, and of an allowlist which entries. */
function graveSteps({ units }: Pick<Plan, 'units'>): readonly string[] {
  return units.flatMap(({ provider, region, account, steps }) =>
    steps
      .filter((step) => takesAway(step) || step.purchase !== undefined)
      .flatMap(({ kind, resource: { type, id, name }, changes = [], purchase = null }) => {
        const effect = [provider, region, account, kind, type, id ?? name];
        const parts = kind === 'revoke' ? changes.map(({ from = null }) => from) : [purchase?.summary ?? null];
        return parts.map((part) => canonicalJson([...effect, part]));
      }),
  );
}
