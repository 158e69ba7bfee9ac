import type { CallContext } from '../../ground/calls/call-context.js';
import { isPosternError, PosternError, thrownText } from '../../ground/errors.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import type { ResourceList } from '../snapshot/resources/resources.js';

/** The lists that every answer of `observe` has. */
const NEEDED = [
  'links',
  'gateways',
  'targets',
  'allowlists',
  'egress',
  'networks',
  'subnets',
  'securityGroups',
  'loadBalancers',
  'listeners',
  'interfaces',
  'gaps',
] as const satisfies readonly (keyof RegionSnapshot)[];

/** The members of an answer that are no lists. */
const OTHERS: ReadonlySet<string> = new Set<keyof RegionSnapshot>([
  'provider',
  'product',
  'region',
  'account',
  'asked',
  'quotas',
  'native',
  'unread',
]);

/** The members without which no function of core can tell one resource of a list from another. */
const MEMBERS: Readonly<Partial<Record<ResourceList, readonly string[]>>> = {
  links: ['id', 'kind', 'state', 'subnetIds', 'tags'],
  gateways: ['id', 'kind', 'stages', 'routes', 'tags'],
  targets: ['id', 'kind'],
  allowlists: ['linkId', 'entries'],
  egress: ['linkId'],
};

/**
 * What the driver of a cloud answered to `observe`. Its place and its lists are looked at, and of a list of gateways and links the
 * first resource: a program without types may lack any of them, and each function of core would fail at another point.
 * @throws {PosternError} `BAD_DRIVER` with the provider and the list
 */
export function observedRegion(provider: string, answer: RegionSnapshot): RegionSnapshot {
  const fault = faultIn(answer);
  if (fault === undefined) return answer;

  const { list, is, due } = fault;
  throw new PosternError('BAD_DRIVER', `the driver of ${provider} answered \`observe\` with ${is}`, {
    remedy: `Correct the driver: ${due}.`,
    details: { provider, list },
  });
}

/**
 * What a function of a driver answers. An exception that Postern does not define shows a defect of the driver.
 * @throws {PosternError} `BAD_DRIVER` with the provider and the function, and the exception as its cause
 */
export async function answered<T>(
  provider: string,
  name: string,
  { signal }: CallContext,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (isPosternError(cause) || signal?.aborted === true) throw cause;

    const message = thrownText(cause);
    throw new PosternError('BAD_DRIVER', `the driver of ${provider} failed in \`${name}\`: ${message}`, {
      cause,
      details: { provider, function: name },
    });
  }
}

interface Fault {
  readonly list: string;
  readonly is: string;
  readonly due: string;
}

function faultIn(answer: unknown): Fault | undefined {
  const place = 'its answer is a RegionSnapshot, which emptyRegion of @postern/core/cloud begins';
  if (typeof answer !== 'object' || answer === null) return { list: 'region', is: 'no region', due: place };

  const region = answer as Readonly<Record<string, unknown>>;
  for (const key of ['provider', 'region', 'account'])
    if (typeof region[key] !== 'string') return { list: key, is: `no ${key}`, due: `${key} is a text` };

  const absent = NEEDED.find((list) => region[list] === undefined);
  if (absent !== undefined)
    return { list: absent, is: `no list ${absent}`, due: `${absent} is a list, empty where there is nothing` };

  for (const [list, items] of Object.entries(region)) {
    if (items === undefined || OTHERS.has(list)) continue;
    if (!Array.isArray(items)) return { list, is: `${list} that is not a list`, due: `${list} is a list` };

    const [first] = items as readonly unknown[];
    const lacking =
      first === undefined ? undefined : MEMBERS[list as ResourceList]?.find((key) => !hasMember(first, key));
    if (lacking !== undefined) return { list, is: `${list} without ${lacking}`, due: `each of ${list} has ${lacking}` };
  }
  return undefined;
}

const hasMember = (item: unknown, key: string): boolean =>
  typeof item === 'object' && item !== null && (item as Readonly<Record<string, unknown>>)[key] !== undefined;
