import { defined, type RunEvent } from '@postern/core/internal/adapter';
import type { Ingress } from '../engine/ingress.js';
import { SERVICE, serviceName, VERSIONED, keyOf } from '../engine/names.js';
import type { Retried } from '../model.js';
import type { UnitNews } from '../services/progress.js';
import type { WorkerFailure } from './failures.js';

export interface UnitKey {
  readonly run: string;
  readonly spec: string;
  readonly unit: string;
}

/** What a worker reports of units before they end. Their record does not need it: what is lost is reported again, or at the end. */
export interface News {
  /** What has happened in a unit so far. */
  readonly events: (of: UnitKey, events: readonly RunEvent[]) => void;
  readonly failed: (failure: WorkerFailure) => void;
  /** The record of a unit has all of it. */
  readonly ended: (of: UnitKey) => void;
}

/** What happens in this time, in milliseconds, is reported with one call for each spec. */
const EVERY_MS = 10_000;

/** `version`: that of the worker. */
export function newsOf(ingress: Ingress, version: string, everyMs = EVERY_MS): News {
  // Their keys name a spec, and a unit where they are of one.
  const ofSpecs = new Set(VERSIONED.map((id) => serviceName([id, version])));
  const waiting = new Map<string, Map<string, UnitNews>>();
  /** How many events of a unit this worker has reported: a unit that is replayed reports them again. */
  const reported = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    for (const [key, units] of waiting) {
      for (const { unit, events = [] } of units.values()) reported.set(keyOf(key, unit), events.length);
      ingress.send('progress', key, 'going', [...units.values()]).catch(() => undefined); // the end of the unit has all
    }
    waiting.clear();
  };
  const note = ({ run, spec, unit }: UnitKey, change: Omit<UnitNews, 'unit'>): void => {
    const key = keyOf(run, spec);
    const units = waiting.get(key) ?? new Map<string, UnitNews>();
    waiting.set(key, units.set(unit, { ...units.get(unit), unit, ...change }));
    timer ??= setTimeout(flush, everyMs).unref();
  };
  return {
    events: (of, events) => {
      if (events.length > (reported.get(keyOf(keyOf(of.run, of.spec), of.unit)) ?? 0))
        note(of, { events: [...events] });
    },
    failed: ({ service, key, step, code, message }) => {
      const at = new Date().toISOString();
      const retried: Retried = { at, ...defined({ step }), code, message };
      if (service === SERVICE.run) ingress.send('fleet', key, 'retried', { retried }).catch(() => undefined);
      if (!ofSpecs.has(service)) return;

      const [run = '', spec = '', unit] = JSON.parse(key) as readonly string[];
      if (unit !== undefined) note({ run, spec, unit }, { retried });
      else ingress.send('fleet', run, 'retried', { spec, retried }).catch(() => undefined);
    },
    ended: ({ run, spec, unit }) => {
      const key = keyOf(run, spec);
      reported.delete(keyOf(key, unit));
      waiting.get(key)?.delete(unit);
    },
  };
}
