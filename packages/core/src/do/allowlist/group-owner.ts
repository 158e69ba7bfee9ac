import { isName } from '../forms/text-rules.js';
import { INTEGRATION_TAG, mayChange, OWNER_TAG, ownerFromTags, parseMark, PROJECT_TAG } from '../model/marks.js';
import type { Owner } from '../model/owner.js';

/** A security group, as far as it names its owner. */
export interface MarkedGroup {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The owner of the allowlist that a group holds: what its tags say, where its name and description agree.
 * Name and description are fixed when a group is created. Tags that were copied to another group, or written
 * on it by a policy, therefore make the group unmanaged. Where tags are missing and no other tag
 * contradicts, name and description decide, and the owner is `unbound`: the group was forgotten, or lost a
 * tag.
 */
export function ownerOfGroup({ name = '', description, tags }: MarkedGroup): Owner | undefined {
  const tagged = ownerFromTags(tags);
  const written = parseMark(description);
  if (written === undefined || !allowlistGroupNames(written).includes(name)) return undefined;
  // The group of a link that got another name in the spec keeps its own, and its mark has the name before as its part.
  const isMoved = tagged?.name !== undefined;
  if (tagged !== undefined && mayChange(written, tagged) && (isMoved || written.integration === tagged.integration))
    return tagged;
  const has = (key: string, value: string | undefined): boolean => tags[key] === undefined || tags[key] === value;
  if (!has(PROJECT_TAG, written.project) || !has(OWNER_TAG, written.spec)) return undefined;
  const integration = tags[INTEGRATION_TAG] ?? written.integration;
  return isName(integration) ? { ...written, integration, unbound: true } : undefined;
}

/** How many groups with the name of one link a VPC may hold: its own, and those of links that had this name in the spec before. */
const MOST_GROUP_NAMES = 9;

/**
 * The names that the group for a link's allowlist may have, in the order in which they are tried:
 * `postern-shop-eu`, `postern-shop-eu:2`, … EC2 allows a name once in a VPC, and a group keeps its name when
 * its link gets another one in the spec. Two specs of one project may have a link of the same name. No name
 * of a link contains the colon.
 */
export function allowlistGroupNames({ project, spec, integration }: Owner): readonly string[] {
  const first = `postern-${project}-${spec === undefined ? '' : `${spec}-`}${integration}`;
  return Array.from({ length: MOST_GROUP_NAMES }, (_, index) => (index === 0 ? first : `${first}:${index + 1}`));
}
