import { PosternError } from '../../../ground/errors.js';
import { isTemporaryRoute } from '../../kinds/gateway/temporary-route.js';
import { mayDelete } from '../../model/ownership.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { fewText } from '../../../ground/text/few-text.js';
import { linkOwner } from '../../world/resolve/lost-marks.js';
import type { PlanScope } from '../plan-scope.js';
import type { UnitPart } from '../plan-part.js';
import type { Deletions, Plan, Step } from '../plan.js';
import { inputOf } from '../step-input.js';
import { unitsOf } from '../unit-list.js';

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
