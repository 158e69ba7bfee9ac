import { CloudError } from '../../ground/errors.js';

/** An answer or an item in which the members that the service always sends are there, whatever the types of its library say. */
export type Sent<T, K extends keyof T> = T & { readonly [M in K]-?: NonNullable<T[M]> };

/**
 * Functions that ask for members which a cloud always sends. Their absence means that the response came from another sender: an empty 200
 * of a proxy would otherwise count as an empty list. Both throw `BAD_RESPONSE`; of a write the outcome is unknown then.
 */
export function alwaysSentBy(cloud: string) {
  const sent = <T>(value: T | null | undefined, member: string, operation: string, write = false): T => {
    if (value !== undefined && value !== null) return value;

    throw new CloudError('BAD_RESPONSE', `the response has no ${member}`, {
      operation,
      outcomeUnknown: write,
      remedy: `Check for a proxy between this machine and ${cloud}, and check the endpoint.`,
    });
  };
  /** The same answer or item, once all of these members are there. */
  const allSent = <T, K extends keyof T & string>(
    value: T,
    members: readonly K[],
    operation: string,
    write = false,
  ): Sent<T, K> => {
    for (const member of members) sent(value[member], member, operation, write);
    return value as Sent<T, K>;
  };
  return { sent, allSent };
}
