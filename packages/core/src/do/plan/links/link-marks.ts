import { entryOf } from '../../../ground/json.js';
import { linkRef } from '../../model/reference.js';
import type { Link } from '../../model/link.js';
import { ownerTags } from '../../model/marks.js';
import { formerNames } from '../../model/moves.js';
import type { Owner } from '../../model/owner.js';
import type { Spec } from '../../spec.js';
import { isOurs, linkHash } from '../../world/resolve/link-identity.js';
import { lostHash } from '../../world/resolve/lost-marks.js';
import { ownershipOf } from '../../model/ownership.js';
import type { Step } from '../plan.js';
import type { ResolvedLink } from '../../world/resolve/resolve.js';
import { step, type TagLinkInput } from '../step-input.js';
import { PROTECT_TAG, declaredTags } from '../../world/link-facts.js';

/**
 * On a link that Postern adopted and did not create: Postern never plans its deletion, however the spec names
 * it.
 */
export const ADOPTED_TAG = 'postern:adopted';

/** Whether the link's tags say that it may not be deleted. */
export function isProtected(link: Link): boolean {
  return tagOf(link, PROTECT_TAG) === 'true';
}

/** Whether the link's tags say that it was adopted, not created. */
export function isAdopted(link: Link): boolean {
  return tagOf(link, ADOPTED_TAG) === 'true';
}

export function tagSteps(spec: Spec, resolved: ResolvedLink, link: Link): readonly Step[] {
  const { name } = resolved;
  const owner = ownerOf(spec, name);
  const resource = { type: 'link', name, id: link.id } as const;
  const declared = declaredTags(resolved);
  if (!resolved.spec.protect && tagOf(link, PROTECT_TAG) === 'true') declared[PROTECT_TAG] = 'false';
  const wrong = Object.entries(declared).filter(([key, value]) => tagOf(link, key) !== value);
  const isOwn = isOurs(link, spec.project);
  const before = link.owner?.integration;
  const marked = isOwn && before === name;
  const assigned = ownershipOf(link.owner, spec) === 'own';
  if (!marked || !assigned) {
    const lost = lostHash(resolved.region, link);
    const adopted = isOwn || lost ? {} : { [ADOPTED_TAG]: 'true' };
    const tags = { ...declared, ...adopted, ...ownerTags({ ...owner, specHash: linkHash(owner, link) }) };
    const changes = Object.entries(tags)
      .filter(([key, value]) => tagOf(link, key) !== value)
      .map(([key, value]) => ({ field: `tag ${key}`, from: tagOf(link, key), to: value }));
    // What holds its allowlist carries the same marks.
    const input: TagLinkInput = {
      linkRef: linkRef(link),
      tags,
      ...(before === name || before === undefined ? {} : { owner }),
    };
    if (marked) {
      const reason = `its mark lacks a tag; it becomes owned by this spec (${spec.spec})`;
      return [step({ id: `mark link ${name}`, kind: 'tag', resource, reason, changes }, input)];
    }
    if (lost) {
      const reason = `its mark lacks a tag; the security group of its allowlist shows that it is link ${name}`;
      return [step({ id: `mark link ${name}`, kind: 'tag', resource, reason, changes }, input)];
    }
    if (isOwn && formerNames(spec, 'link', name).some((former) => former === before)) {
      const reason = `renamed from ${before}; ${link.id} is kept, only its marks change`;
      return [step({ id: `move link ${name}`, kind: 'tag', resource, reason, changes }, input)];
    }

    const reason = 'the spec names it by ID, and it does not carry the mark of this project';
    return [step({ id: `adopt link ${name}`, kind: 'adopt', resource, reason, changes }, input)];
  }
  if (wrong.length === 0) return [];

  const changes = wrong.map(([key, value]) => ({ field: `tag ${key}`, from: tagOf(link, key), to: value }));
  const reason = 'its tags differ from the spec';
  return [
    step(
      { id: `tag link ${name}`, kind: 'tag', resource, reason, changes },
      { linkRef: linkRef(link), tags: Object.fromEntries(wrong) },
    ),
  ];
}

/** The owner that this spec writes on a link, or on what belongs to an integration. */
export function ownerOf({ project, spec }: Pick<Owner, 'project' | 'spec'>, integration: string, name?: string): Owner {
  return { project, spec, integration, name };
}

/** Only own members count: tags come from outside. */
function tagOf(link: Link, key: string): string | undefined {
  return entryOf(link.tags, key);
}
