import type { RegionSnapshot } from '@postern/core';
import { hashText } from '@postern/core/adapter';
import type { AlibabaRegionState } from '../state/region-state.js';

/** A timer that a twin starts with: changes in progress continue. */
export interface TwinTimer {
  /** Simulated milliseconds from the snapshot's time. */
  readonly after: number;
  readonly region: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, string | number>>;
}

/** What the parts of a twin are built with. */
export interface Building {
  readonly snapshot: RegionSnapshot;
  readonly state: AlibabaRegionState;
  /** When the snapshot was taken, simulated milliseconds since the epoch. */
  readonly now: number;
  /** Adds a sentence about what the twin does not have. */
  readonly lack: (sentence: string) => void;
  readonly later: (timer: Omit<TwinTimer, 'region'>) => void;
}

/** An id for what a snapshot does not name: the same for the same thing each time. */
export function madeId(kind: string, of: string): string {
  return `${kind}-twin${hashText(`${kind} ${of}`).slice(0, 13)}`;
}

/** The moment of a text, or the twin's own beginning. */
export function momentOf({ now }: Building, text: string | undefined): number {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? now : ms;
}

/** A range of ports as this cloud writes it: `80/443`, and `-1/-1` for all. */
export function rangeOf({ fromPort, toPort }: { readonly fromPort: number; readonly toPort: number }): string {
  return fromPort === 0 && toPort === 65_535 ? '-1/-1' : `${fromPort}/${toPort}`;
}
