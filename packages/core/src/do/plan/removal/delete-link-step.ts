import { linkRef } from '../../model/reference.js';
import type { Link } from '../../model/link.js';
import type { Owner } from '../../model/owner.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { isOurs } from '../../world/resolve/link-identity.js';
import { isProtected } from '../links/link-marks.js';
import { networkOfLink } from '../../world/resolve/network-of-link.js';
import type { Step } from '../plan.js';
import { waiting } from '../links/drain.js';
import { step, type DeleteLinkInput } from '../step-input.js';
import { heldBack } from './unused-groups.js';

/** Why an undeclared link of the project is kept, as text: its mark is copied, or it is protected. */
export function keptBecause(link: Link, project: string): string | undefined {
  if (!isOurs(link, project)) return 'carries the mark of this project in a changed form';
  if (isProtected(link)) return 'is protected';
  return undefined;
}

/** Deletes a link, and with `release` the group that held its allowlist. */
export function deleteLinkStep(
  region: RegionSnapshot,
  link: Link,
  owner: Owner,
  options: {
    readonly reason: string;
    readonly release: boolean;
    readonly timeoutMs?: number | undefined;
    readonly drainMs: number;
    /** See `DeleteLinkInput.unusedMs`. */
    readonly unusedMs?: number | undefined;
    /** Why it can never be bought again. */
    readonly ended?: string | undefined;
  },
): Step {
  const list = region.allowlists.find(({ linkId }) => linkId === link.id);
  const release = options.release && list?.owned === true && list.securityGroupId !== undefined;
  const input: DeleteLinkInput = {
    linkRef: linkRef(link),
    owner,
    release: release ? { networkId: networkOfLink(region, link) } : undefined,
    going: link.state === 'deleting' ? true : undefined,
    timeoutMs: options.timeoutMs,
    unusedMs: options.unusedMs,
  };
  const resource = { type: 'link', name: owner.integration, id: link.id } as const;
  const group = release ? list.securityGroupId : undefined;
  const fields = {
    id: `delete link ${owner.integration} (${link.id})`,
    kind: 'delete',
    resource,
    reason: `${options.reason}; ${nameAndAge(link)}`,
    ...waiting(options.drainMs),
    ...(options.ended === undefined ? {} : { warning: `it can never be bought again: ${options.ended}` }),
    ...(group === undefined ? {} : { changes: [{ field: 'security group', from: group }], ...heldBack(region, group) }),
  } as const;
  return step(fields, input);
}

/** The link's own name, which whoever approves the plan knows it by, and when it was created: `its name is orders, created 2026-05-01`. */
function nameAndAge({ name, createdAt }: Link): string {
  const since = createdAt === undefined ? '' : `, created ${createdAt.slice(0, 'yyyy-mm-dd'.length)}`;
  return name === '' ? `it has no name${since}` : `its name is ${name}${since}`;
}
