import { ABILITIES, type Driver } from '@postern/core/internal/driver';
import type { ProgramWaits } from '../process/program-waits.js';

type Members = Readonly<Record<string, unknown>>;

/** The members of a driver that are groups of functions. */
const GROUPS: readonly (keyof Driver)[] = ['links', 'targets', 'routes', ...ABILITIES];

/** A driver of a program: `waits` knows which of its functions has not answered. */
export function driverWithWaits(driver: Driver, waits: ProgramWaits | undefined): Driver {
  if (waits === undefined) return driver;

  const noted = (members: Members, path: string): Members =>
    Object.fromEntries(
      Object.entries(members).map(([name, member]) => {
        const wait = { what: `\`${path}${name}\` of the driver of ${driver.provider}`, code: 'BAD_DRIVER' } as const;
        if (typeof member !== 'function') return [name, member];

        return [
          name,
          (...args: readonly unknown[]): unknown => {
            // It may end the process before it returns.
            const end = waits.begin(wait);
            let answer: unknown;
            try {
              answer = Reflect.apply(member, members, args);
            } finally {
              if (!(answer instanceof Promise)) end();
            }
            return answer instanceof Promise ? answer.finally(end) : answer;
          },
        ];
      }),
    );
  const groups = GROUPS.flatMap((name) => {
    const group = driver[name] as Members | undefined;
    return typeof group !== 'object' ? [] : [[name, noted(group, `${name}.`)] as const];
  });
  return { ...noted(driver as unknown as Members, ''), ...Object.fromEntries(groups) } as unknown as Driver;
}
