import { describe, expect, it } from 'vitest';
import type { Unit } from '@postern/core/internal/library';
import { unitWindow } from '../../src/services/unit-window.js';

const unit = (id: string, account: string): Unit => ({
  id,
  kind: 'link',
  name: id,
  provider: 'aws',
  account,
  region: 'eu-west-1',
  dependsOn: [],
  steps: [],
});

/** Units that a plan of so many places may have open at once in each. */
function openInEach(beside: number, places: number): number {
  const units = Array.from({ length: places * 40 }, (_, at) => unit(`link:l${at}`, String(at % places)));
  const room = unitWindow(units, beside);
  const open = units.filter((one) => {
    const hasRoom = room.hasRoom(one);
    if (hasRoom) room.begun(one);
    return hasRoom;
  });
  return open.length / places;
}

describe('the units of a run that are open at once', () => {
  it.each([
    { specs: 1, places: 1, most: 16 },
    { specs: 50, places: 1, most: 16 },
    { specs: 200, places: 1, most: 5 },
    { specs: 1, places: 200, most: 5 },
    { specs: 5_000, places: 1, most: 2 },
  ])('are $most in each account and region of $specs specs with $places', ({ specs, places, most }) => {
    expect(openInEach(specs, places)).toBe(most);
  });

  it('make room when they end', () => {
    const units = Array.from({ length: 17 }, (_, at) => unit(`link:l${at}`, '111111111111'));
    const room = unitWindow(units, 1);
    for (const one of units.slice(0, 16)) room.begun(one);
    expect(room.hasRoom(units[16]!)).toBe(false);
    room.ended(units[0]!);
    expect(room.hasRoom(units[16]!)).toBe(true);
  });
});
