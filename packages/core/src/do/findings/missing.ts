import type { Missing } from '../world/views.js';
import type { Evidence, Params } from './finding.js';

type MissingFact = Pick<Missing, 'what' | 'permission' | 'permissions'>;

/** The sentence where it cannot be determined `whether …`, and the fact that is missing. */
export function undetermined(
  whether: string,
  missing: Missing | undefined,
): { readonly message: string; readonly remedy?: string } {
  const message = `cannot determine whether ${whether}`;
  return missing === undefined
    ? { message }
    : { message: `${message}: ${missing.what} could not be read`, remedy: missing.remedy };
}

/** A missing fact as a param: `{ what: 'route tables of eu-west-1', permission: 'ec2:DescribeRouteTables' }`. */
export function missingParams({ what, permission, permissions }: MissingFact): Params {
  const own = permission ?? permissions?.[0];
  return own === undefined ? { what } : { what, permission: own };
}

/** A missing fact as evidence; its id is the permission that would supply it, where one would. */
export function missingEvidence({ what, permission }: MissingFact): Evidence {
  return {
    kind: 'missing fact',
    id: permission ?? what,
    text: permission === undefined ? what : `${what} (${permission})`,
  };
}
