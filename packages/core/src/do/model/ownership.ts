import { OWNER_TAG } from './marks.js';
import type { Owner } from './owner.js';

/** The claimant: the project, and the identity of the spec. A `Spec` is one. */
export type Claimant = Pick<Owner, 'project' | 'spec'>;

/**
 * The ownership of a resource by its mark, seen from one spec:
 * - `own`: it carries this project and this spec's identity.
 * - `other-spec`: it carries this project and the identity of another spec.
 * - `foreign`: it carries another project, or no whole mark: one without an identity lost a tag.
 */
export type Ownership = 'own' | 'other-spec' | 'foreign';

/** The only function that decides the ownership of a resource. */
export function ownershipOf(mark: Owner | undefined, by: Claimant): Ownership {
  if (mark?.project !== by.project || mark.spec === undefined) return 'foreign';

  return mark.spec === by.spec ? 'own' : 'other-spec';
}

/** Whether the mark of a resource is the spec's, and may be a copy (`Owner.unbound`). */
export function mayBeCopy(mark: Owner | undefined, by: Claimant): mark is Owner {
  return mark?.unbound === true && ownershipOf(mark, by) === 'own';
}

/**
 * Whether an undeclared resource may be deleted: this spec's own unless `prune` is `false`, and one whose mark may be a
 * copy only with `prune: true`. A resource with one of the names in `held` is declared in a region that could not be read.
 */
export function mayDelete(
  mark: Owner | undefined,
  by: Claimant & { readonly prune?: boolean | undefined; readonly held?: ReadonlySet<string> | undefined },
): boolean {
  if (mark !== undefined && by.held?.has(mark.integration) === true) return false;

  if (by.prune === false || ownershipOf(mark, by) !== 'own') return false;

  return mark?.unbound !== true || by.prune === true;
}

/**
 * The owner of a resource that this spec may not change, as text: `owned by another spec (payments-k3x9) of
 * project shop`.
 */
export function ownerText(mark: Owner | undefined, by: Claimant): string {
  if (mark === undefined) return 'unmanaged';
  if (mark.project !== by.project) return `owned by project ${mark.project}`;

  const own = `owned by project ${mark.project}; its mark`;
  if (mark.spec === undefined) return `${own} names no spec`;
  if (mark.spec === by.spec) return `${own} ${MAY_BE_COPY}`;

  return `owned by another spec (${mark.spec}) of project ${mark.project}`;
}

/** What is wrong with a mark that may be a copy. */
export const MAY_BE_COPY = 'does not name it (it was copied, or written by hand)';

/**
 * The remedy where a declared resource belongs to another spec. Removing it from the spec that owns it
 * deletes it with the next apply, so a link must be forgotten first.
 */
export function collisionRemedy(mark: Owner, what: 'link' | 'route'): string {
  if (mark.spec === undefined)
    return `If it is this spec's, write its tag ${OWNER_TAG} again. Otherwise remove the ${what} here.`;

  const mine = `If this is that spec, write \`spec: ${mark.spec}\`. Otherwise `;
  return what === 'link'
    ? `${mine}run \`postern forget\` with ${mark.spec} before you remove the link there, or remove it here: apply deletes a link that its spec no longer declares.`
    : `${mine}remove the route from this spec. If you remove it from ${mark.spec}, apply deletes the route, and its calls fail until it is created again.`;
}

/** The remedy where what is to be released belongs to another spec. */
export function forgetRemedy({ project, spec }: Pick<Owner, 'project' | 'spec'>): string {
  const identity = spec === undefined ? '' : ` --spec-id ${spec}`;
  return `Run \`postern forget\` with the spec that owns it, or where that is lost with --project ${project}${identity}.`;
}
