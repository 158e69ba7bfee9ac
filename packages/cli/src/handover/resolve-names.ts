import { Resolver } from 'node:dns/promises';
import type { ResolveName } from '@postern/alibaba/internal/handover';

/** No record of the type, or no such name. */
const NOTHING: ReadonlySet<unknown> = new Set(['ENODATA', 'ENOTFOUND']);

/**
 * Asks the resolver of this machine, and those that are named by their addresses, for the CNAME of a name. A resolver that gives no
 * answer shows nothing.
 */
export function createResolveName(addresses: readonly string[] = []): ResolveName {
  const resolvers = [undefined, ...addresses].map((address) => {
    const resolver = new Resolver({ timeout: 5_000, tries: 2 });
    if (address !== undefined) resolver.setServers([address]);
    return { name: address ?? 'system', resolver };
  });
  return (host) =>
    Promise.all(
      resolvers.map(async ({ name, resolver }) => {
        try {
          return { resolver: name, values: await resolver.resolveCname(host) };
        } catch (error) {
          if (!NOTHING.has((error as NodeJS.ErrnoException).code)) return { resolver: name, values: [] };

          return { resolver: name, values: await resolver.resolve4(host).catch(() => []) };
        }
      }),
    );
}
