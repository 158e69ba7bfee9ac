import type { CallContext } from '../../ground/calls/call-context.js';
import { isPosternError, PosternError, thrownText } from '../../ground/errors.js';
import type { AlwaysIn, RESOURCES } from '../snapshot/resources/resources.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';

/** The lists that every answer of `observe` has. The table of all lists is loaded later, with the first call. */
const NEEDED = Object.keys({
  links: true,
  gateways: true,
  targets: true,
  allowlists: true,
  egress: true,
  networks: true,
  subnets: true,
  securityGroups: true,
  loadBalancers: true,
  listeners: true,
  interfaces: true,
  gaps: true,
} satisfies Readonly<Record<AlwaysIn<typeof RESOURCES> | 'gaps', true>>);

/**
 * What the driver of a cloud answered to `observe`. Its place and the lists that every region has are looked at: a program
 * without types may lack any of them, and each function of core would fail at another point. The form of a resource is that of a snapshot.
 * @throws {PosternError} `BAD_DRIVER` with the provider and the list
 */
export function observedRegion(provider: string, answer: RegionSnapshot): RegionSnapshot {
  const fault = faultIn(answer);
  if (fault === undefined) return answer;

  throw new PosternError('BAD_DRIVER', `the driver of ${provider} answered \`observe\` with no ${fault.is}`, {
    remedy: `Correct the driver: ${fault.due}.`,
    details: { provider, list: fault.list },
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
  const place = 'its answer is a RegionSnapshot, which emptyRegion of @postern/core/adapter begins';
  if (typeof answer !== 'object' || answer === null) return { list: 'region', is: 'region', due: place };

  const region = answer as Readonly<Record<string, unknown>>;
  for (const key of ['provider', 'region', 'account'])
    if (typeof region[key] !== 'string') return { list: key, is: key, due: `${key} is a text` };

  const list = NEEDED.find((key) => !Array.isArray(region[key]));
  return list === undefined
    ? undefined
    : { list, is: `list ${list}`, due: `${list} is a list, empty where there is nothing` };
}
