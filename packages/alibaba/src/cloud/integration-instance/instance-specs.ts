/** The capacity of an instance of API Gateway. */
export interface InstanceSpec {
  readonly requestsPerSecond: number;
  readonly connections: number;
  readonly newConnections: number;
  /** Connections to backends; a call that finds none free waits half a second and fails with D504CO. */
  readonly outbound: number;
}

const row = (
  requestsPerSecond: number,
  connections: number,
  newConnections: number,
  outbound: number,
): InstanceSpec => ({
  requestsPerSecond,
  connections,
  newConnections,
  outbound,
});

/**
 * By the name of the spec; those above `large` by their last part, since it is documented nowhere how their names are written in full.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances
 */
const SPECS: Readonly<Record<string, InstanceSpec>> = {
  'api.s1.small': row(2_500, 50_000, 5_000, 1_200),
  'api.s1.medium': row(5_000, 100_000, 5_000, 2_400),
  'api.s2.large': row(10_000, 200_000, 5_000, 4_800),
  x2: row(20_000, 400_000, 10_000, 9_600),
  x3: row(30_000, 600_000, 10_000, 14_400),
  x4: row(40_000, 800_000, 20_000, 19_200),
  x5: row(50_000, 1_000_000, 20_000, 24_000),
  x6: row(60_000, 1_000_000, 20_000, 28_800),
};

/** The specs that a page lists by their full names. */
export const LISTED_SPECS: readonly string[] = Object.keys(SPECS).filter((name) => name.startsWith('api.'));

/**
 * Whether an instance can be bought with an instance type: `listed` ones can; `unlisted` ones have the form of a name, and no page
 * lists them: larger ones of the second series, and those of a series that may be new; `none` are no names of instance types.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances
 */
export function specStanding(name: string): 'listed' | 'unlisted' | 'none' {
  if (instanceSpec(name) !== undefined && name.startsWith('api.')) return 'listed';
  return /^api\.[a-z0-9]+(?:[.-][a-z0-9]+)+$/.test(name) ? 'unlisted' : 'none';
}

/** What a spec carries; undefined for one that is not known. `api.s2.x2`, `api.s2.x2large` and `api.s2.2xlarge` are one. */
export function instanceSpec(name: string | undefined): InstanceSpec | undefined {
  if (name === undefined) return undefined;
  const [, before, behind] = /\.(?:x([2-6])(?:large)?|([2-6])x(?:large)?)$/.exec(name) ?? [];
  const times = before ?? behind;
  const key = times === undefined ? name : `x${times}`;
  return Object.hasOwn(SPECS, key) ? SPECS[key] : undefined;
}

/** A capacity in words. */
export function instanceSpecText({ connections, newConnections, outbound }: InstanceSpec): string {
  return `${connections} connections, ${newConnections} new connections per second, ${outbound} connections to backends`;
}

/** The specs with the names that instances are bought by, smallest first. */
export const INSTANCE_TYPES: readonly { readonly name: string; readonly spec: InstanceSpec }[] = Object.entries(
  SPECS,
).map(([name, spec]) => ({ name: name.startsWith('api.') ? name : `api.s2.large.${name}`, spec }));
