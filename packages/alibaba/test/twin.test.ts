import { encodeSnapshot, type RegionSnapshot, type Snapshot } from '@postern/core';
import { simulate } from '@postern/testing';
import { describe, expect, it } from 'vitest';
import { alibaba } from '../src/index.js';
import { checkedWorld, EVERYTHING } from './checked-world.js';
import { REGION } from './simulated.js';

describe('a twin', () => {
  it('is read as the world that its snapshot was taken of', async () => {
    const { driver, ctx } = await checkedWorld();
    const snapshot = (region: RegionSnapshot): Snapshot => ({
      version: 2,
      takenAt: '2026-06-01T01:00:00Z',
      scope: 'all',
      regions: [region],
    });
    const first = snapshot(await driver.observe(EVERYTHING, ctx));
    const twin = simulate();
    const lacks = twin.loadSnapshot(JSON.parse(encodeSnapshot(first)) as Snapshot);
    expect(lacks).toEqual([]);
    const there = alibaba({ region: REGION, api: twin.alibaba(REGION) });
    const again = snapshot(await there.observe(EVERYTHING, ctx));
    expect(encodeSnapshot(again).split('\n')).toEqual(encodeSnapshot(first).split('\n'));
  });
});
