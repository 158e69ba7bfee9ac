import type { Missing, RegionIndex } from '../world/views.js';

/** A limit that a cloud refuses to go beyond. */
export interface Quota {
  /** In `RegionSnapshot.quotas`. */
  readonly name: string;
  /** `routes of an API`. */
  readonly what: string;
  /** What every account has. */
  readonly byDefault: number;
  /** By which accounts can have it raised: `L-…` of Service Quotas. Undefined: nobody can. */
  readonly code?: string | undefined;
}

/** What accounts of AWS may have; those with a code only until they ask for more. */
export const AWS_QUOTAS = {
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
  routes: { name: 'routes-per-api', what: 'routes of an HTTP API', byDefault: 300, code: 'L-65B5C802' },
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
  integrations: { name: 'integrations-per-api', what: 'integrations of an HTTP API', byDefault: 300 },
  /** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups */
  groups: {
    name: 'security-groups-per-interface',
    what: 'security groups of a network interface',
    byDefault: 5,
    code: 'L-2AFB9258',
  },
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html */
  tags: { name: 'tags-per-resource', what: 'tags of a resource', byDefault: 50 },
} as const satisfies Readonly<Record<string, Quota>>;

/** How many of something there may be; `missing` where that many may be too many, and nobody read how many this account may have. */
export function limitFor(
  region: RegionIndex,
  { name, what, byDefault, code }: Quota,
  count: number,
): { readonly limit: number; readonly missing?: Missing | undefined } {
  const applied = region.region.quotas?.[name];
  if (applied !== undefined || code === undefined || count <= byDefault) return { limit: applied ?? byDefault };
  const gap = region.missing('quotas', name);
  if (gap?.failed === true) return { limit: byDefault, missing: gap };
  const remedy = `Allow servicequotas:ListServiceQuotas for these credentials, or look ${code} up in the console of Service Quotas.`;
  return {
    limit: byDefault,
    missing: {
      what: `the quota of ${what} in ${region.region.region}`,
      remedy,
      permission: 'servicequotas:ListServiceQuotas',
    },
  };
}
