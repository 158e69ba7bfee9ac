import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { UNSEEN_MS } from '@postern/core/internal/cloud';
import { simulate } from '@postern/simulator';
import { expect, it } from 'vitest';
import { CALL_FAULTS, EVENT_KINDS, MOVE_EVENTS } from '../../src/harness/trace.js';

const simulation = simulate();
const DRIVERS = [
  aws({ region: 'eu-west-1', clients: simulation.clients('eu-west-1') }),
  alibaba({ region: 'cn-hangzhou', api: simulation.alibaba('cn-hangzhou') }),
];

it('reads of trials of apply, moves and hand-overs are as old as any adapter says that a read may be', () => {
  const named = DRIVERS.flatMap((driver) => driver.serves.links.map((kind) => driver.traits(kind).stalenessMs));
  expect(named.length).toBeGreaterThan(2);
  for (const ms of named) expect(ms).toBeLessThanOrEqual(UNSEEN_MS);
  expect(CALL_FAULTS.stale.ms).toBe(UNSEEN_MS);
  expect(EVENT_KINDS).toEqual(expect.arrayContaining(['stale', 'lists-lag']));
  expect(MOVE_EVENTS).toEqual(expect.arrayContaining(['stale', 'reads-lag']));
});
