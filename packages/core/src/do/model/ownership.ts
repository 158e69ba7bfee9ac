import { mayChange } from './marks.js';
import type { Owner } from './owner.js';

/** The claimant: the project, and the identity of the spec where it has one. A `Spec` is one. */
export type Claimant = Pick<Owner, 'project' | 'spec'>;

/**
 * The ownership of a resource by its mark, seen from one spec:
 * - `own`: it carries this project and this spec's identity.
 * - `unassigned`: it carries this project and no identity, as marks of older versions and of specs without one do; or it
 *   is in a description without a hash of the resource, and may be a copy (`Owner.unbound`).
 * - `other-spec`: it carries this project and the identity of another spec.
 * - `foreign`: it carries another project, or no mark.
 */
export type Ownership = 'own' | 'unassigned' | 'other-spec' | 'foreign';

/** The only function that decides the ownership of a resource. */
export function ownershipOf(mark: Owner | undefined, by: Claimant): Ownership {
  if (mark?.project !== by.project) return 'foreign';
  if (!mayChange(mark, by)) return 'other-spec';

  return mark.spec === undefined || mark.unbound === true ? 'unassigned' : 'own';
}

/** Whether the mark of a resource of the project names no spec, or may be a copy. */
export function isUnassigned(mark: Owner | undefined, by: Claimant): mark is Owner {
  return ownershipOf(mark, by) === 'unassigned';
}

/**
 * Whether an undeclared resource may be deleted: this spec's own unless `prune` is `false`, and one without
 * an identity only with `prune: true`, because it may belong to another spec. A resource with one of the
 * names in `held` is declared in a region that could not be read.
 */
export function mayDelete(
  mark: Owner | undefined,
  by: Claimant & { readonly prune?: boolean | undefined; readonly held?: ReadonlySet<string> | undefined },
): boolean {
  if (mark !== undefined && by.held?.has(mark.integration) === true) return false;

  const ownership = ownershipOf(mark, by);
  if (by.prune === false) return false;

  return ownership === 'own' || (ownership === 'unassigned' && by.prune === true);
}

/**
 * The owner of a resource that this spec may not change, as text: `owned by another spec (payments-k3x9) of
 * project shop`.
 */
export function ownerText(mark: Owner | undefined, by: Claimant): string {
  if (mark === undefined) return 'unmanaged';
  if (mark.project !== by.project) return `owned by project ${mark.project}`;
  if (ownershipOf(mark, by) === 'unassigned') return `owned by project ${mark.project}; its mark ${lackOf(mark)}`;

  return `owned by another spec (${mark.spec}) of project ${mark.project}`;
}

/** What is missing from the mark of an `unassigned` resource, as text. */
export function lackOf({ spec }: Owner): string {
  return spec === undefined
    ? 'names no spec'
    : 'does not name it (an older version wrote the mark, or it was made by hand)';
}

/**
 * The remedy where a declared resource belongs to another spec. Removing it from the spec that owns it
 * deletes it with the next apply, so a link must be forgotten first.
 */
export function collisionRemedy(mark: Owner, by: Claimant, what: 'link' | 'route'): string {
  const at = by.spec === undefined ? ' beside `project`' : '';
  const mine = `If this is that spec, write \`spec: ${mark.spec}\`${at}. Otherwise `;
  return what === 'link'
    ? `${mine}run \`postern forget\` with ${mark.spec} before you remove the link there, or remove it here: apply deletes a link that its spec no longer declares.`
    : `${mine}remove the route from this spec. If you remove it from ${mark.spec}, apply deletes the route, and its calls fail until it is created again.`;
}

/** The remedy where what is to be released belongs to another spec. */
export function forgetRemedy({ project, spec }: Pick<Owner, 'project' | 'spec'>): string {
  const identity = spec === undefined ? '' : ` --spec-id ${spec}`;
  return `Run \`postern forget\` with the spec that owns it, or where that is lost with --project ${project}${identity}.`;
}
