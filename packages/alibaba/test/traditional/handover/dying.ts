import { memoryJournal, type Journal } from '@postern/core/internal/library';
import type { AlibabaApi } from '../../../src/index.js';
import { handoverDriver } from '../../../src/traditional/handover/internal.js';
import { REGION } from '../../world/simulated.js';

/** When a process ends: at its `at`-th write, before the call is sent or after its effect. */
export interface Death {
  readonly at: number;
  readonly when: 'before' | 'after';
}

const isRead = ({ action }: { readonly action: string }): boolean => /^(?:Describe|Get|List|Query)/.test(action);

/** A process that ends at one of its writes. Its journal ends with it. */
export function dying(api: AlibabaApi, { at, when }: Death, journal: Journal) {
  let count = 0;
  let isDead = false;
  const die = (): never => {
    isDead = true;
    throw new Error('the process ended');
  };
  const driver = handoverDriver({
    region: REGION,
    api: {
      ...api,
      call: async (params, query, options) => {
        if (isDead) die();
        if (isRead(params)) return api.call(params, query, options);
        count += 1;
        if (count === at && when === 'before') die();
        const answer = await api.call(params, query, options);
        return count === at ? die() : answer;
      },
    },
  });
  const append: Journal['append'] = (record) => (isDead ? Promise.reject(new Error('ended')) : journal.append(record));
  return { driver, journal: { ...journal, append }, count: () => count, die };
}

/** A process that does not end. */
export const NEVER: Death = { at: Infinity, when: 'after' };

/** A journal that continues another one. */
export async function copyOf(journal: Journal): Promise<Journal> {
  const copy = memoryJournal();
  const lock = await copy.lock();
  for (const record of await journal.read()) await copy.append(record);
  await lock.release();
  return copy;
}
