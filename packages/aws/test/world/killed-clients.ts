import type { Simulation } from '@postern/simulator';

type Clients = ReturnType<Simulation['clients']>;
type Call = (...args: readonly unknown[]) => Promise<unknown>;

const READ = /^(?:get|describe|list|search|export)/;

/**
 * Clients of a process that is killed at its write number `at` (from 1): before the call is sent, or after it was
 * carried out and before its answer arrives. Every later call fails, too.
 */
export function killedClients(clients: Clients, at: number, when: 'before' | 'after'): Clients {
  let writes = 0;
  let isKilled = false;
  const call =
    (name: string, of: Call): Call =>
    async (...args) => {
      const isLast = !READ.test(name) && (writes += 1) === at;
      if (isLast && when === 'before') isKilled = true;
      if (isKilled) throw new Error(`killed in ${name}`);
      const answer = await of(...args);
      if (!isLast) return answer;
      isKilled = true;
      throw new Error(`killed in ${name}`);
    };
  const wrapped = <T extends object>(client: T): T =>
    new Proxy(client, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? call(String(name), member.bind(target) as Call) : member;
      },
    });
  return Object.fromEntries(
    Object.entries(clients).map(([name, client]) => [name, wrapped(client)]),
  ) as unknown as Clients;
}
