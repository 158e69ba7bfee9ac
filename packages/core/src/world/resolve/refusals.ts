import { InvalidInputError, type SourcePlace } from '../../errors.js';
import { canonicalJson } from '../../hash.js';
import type { Json } from '../../json.js';
import type { CheckedUse } from '../../model/target-use.js';
import type { IntegrationSpec, TargetSpec } from '../../model/spec.js';
import type { TargetRef } from '../../model/target.js';
import type { Refusal, RegionSnapshot } from '../../snapshot/snapshot.js';

/** What a refusal of a target is about: its reference, and how routes of ours would use it. */
export function targetSubject(ref: TargetRef, use?: CheckedUse): string {
  return canonicalJson({ target: ref as unknown as Json, use: use as unknown as Json | undefined });
}

/** How routes of ours would use a target; undefined where they are somebody else's, and are as they are. */
export function checkedUse(
  { owner }: Pick<IntegrationSpec, 'owner'>,
  { tls }: Pick<TargetSpec, 'tls'>,
): CheckedUse | undefined {
  return owner === 'external' ? undefined : { tls };
}

/** What a refusal to create a link is about: what can never change about it. */
export function linkSubject(request: {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}): string {
  return canonicalJson({
    link: { subnets: request.subnetIds.toSorted(), securityGroups: request.securityGroupIds.toSorted() },
  });
}

/** What a refusal of a block of a link's allowlist is about. */
export function blockSubject(link: string): string {
  return canonicalJson({ allowlist: link });
}

/** What the adapter said against `subject` when the snapshot was taken. */
export function refusalsOf(region: RegionSnapshot, subject: string): readonly Refusal[] {
  return region.refusals?.filter((refusal) => refusal.subject === subject) ?? [];
}

/** A refusal as the error that it was. */
export function refusalError(refusal: Refusal, place: SourcePlace): InvalidInputError {
  return new InvalidInputError(refusal.code, refusal.message, {
    place,
    remedy: refusal.remedy,
    details: refusal.details,
  });
}
