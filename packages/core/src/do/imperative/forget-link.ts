import type { LinkRef } from '../model/reference.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { asStep } from '../../ground/calls/step-context.js';
import type { Driver } from '../driver.js';
import { LINK_TAGS } from '../plan/removal/give-up.js';
import { requireOwn } from './removal.js';
import { requireLink } from './require-link.js';
import { type Claimant } from '../model/ownership.js';

/**
 * Removes the marks of a link and of the resource that holds its allowlist. Link, rules and routes are not
 * changed. Returns the keys of the removed tags: none where the link carried no mark.
 * @throws {CloudError} `NOT_FOUND`. {InvalidInputError} `NOT_OURS` for a link of another project or spec.
 */
export async function forgetLink(
  { links, allowlist }: Driver,
  ref: LinkRef,
  by: Claimant,
  ctx: CallContext,
): Promise<readonly string[]> {
  const { owner, tags } = await requireLink({ links }, ref, 'forget', ctx);
  if (owner === undefined) return [];
  requireOwn(`link ${ref.id}`, owner, by);
  const keys = LINK_TAGS.filter((key) => Object.hasOwn(tags, key));
  // The group first: by its own marks the link is found again where this ends halfway, and the next plan completes the group's.
  await asStep(ctx, 'forget', async (step) => {
    await allowlist.mark(ref, undefined, step);
    await links.untag(ref, keys, step);
  });
  return keys;
}
