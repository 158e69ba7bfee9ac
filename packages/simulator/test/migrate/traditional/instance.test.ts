import { CLOUDS } from '../../../../core/test/clouds.js';
import { alibaba } from '@postern/alibaba';
import { createContext } from '@postern/core/internal/library';
import { blockersOf, validateInstance } from '@postern/core/internal/moves';
import { encodeSnapshot } from '@postern/core/internal/snapshot';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { describe, expect, it } from 'vitest';
import { api } from '../changes.js';
import { authorized, REGION, type Stage } from '../scene.js';
import { open } from '../stages.js';

/** A stage with a second group on the instance, which can move as well. */
async function twoGroups(): Promise<Stage & { readonly second: string }> {
  const stage = await open('conventional');
  const { GroupId } = stage.call('CloudAPI', 'CreateApiGroup', { GroupName: 'second', InstanceId: stage.parts.old });
  api({ ...stage, parts: { ...stage.parts, apiGroup: GroupId } }, '/second', authorized('orders'), 'RELEASE');
  return { ...stage, second: GroupId };
}

async function judge({ simulation, parts }: Stage) {
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  const driver = alibaba({ region: REGION, api: simulation.alibaba(REGION) });
  const region = await driver.observe({ all: true, checks: true, uses: true }, ctx);
  const takenAt = new Date(simulation.clock.now()).toISOString();
  const snapshot = decodeSnapshot(encodeSnapshot({ version: 1, takenAt, regions: [region] }));
  const groups = validateInstance(snapshot, { from: parts.old, to: parts.next }, { clouds: CLOUDS, passes: false });
  return groups.map(({ gateway, mayGo, report }) => ({ gateway, mayGo, stops: blockersOf(report) }));
}

describe('all groups of an instance', () => {
  it('can move if everything was read', async () => {
    const stage = await twoGroups();
    const groups = await judge(stage);
    expect(groups.map(({ mayGo }) => mayGo)).toEqual([true, true]);
    expect(groups.map(({ gateway }) => gateway).toSorted()).toEqual([stage.parts.apiGroup, stage.second].toSorted());
  });

  it('are all listed if one of them could not be read', async () => {
    const stage = await twoGroups();
    stage.simulation.faults.add({ service: 'cloudapi', operation: 'DescribeApiGroup', kind: 'deny', times: 1 });
    const groups = await judge(stage);
    expect(groups.map(({ mayGo }) => mayGo)).toEqual([true, false]);
    expect(groups.map(({ gateway }) => gateway).toSorted()).toEqual([stage.parts.apiGroup, stage.second].toSorted());
    expect(groups[1]?.stops[0]?.remedy).toContain('apigateway:DescribeApiGroup ');
  });

  it.each([
    'DescribeApiGroups',
    'DescribeApiGroup',
    'DescribeApis',
    'DescribeApi',
    'DescribeDeployedApi',
    'DescribePlugins',
  ])('cannot move, and are not reported as absent, without %s', async (operation) => {
    const stage = await twoGroups();
    stage.simulation.faults.add({ service: 'cloudapi', operation, kind: 'deny' });
    const groups = await judge(stage);
    expect(groups.length).toBeGreaterThan(0);
    for (const { mayGo, stops } of groups) {
      expect(mayGo).toBe(false);
      expect(stops.map(({ verdict }) => verdict)).not.toContain('fail');
      expect(stops.some(({ remedy }) => remedy?.includes(`apigateway:${operation} `))).toBe(true);
    }
    const ids = groups.map(({ gateway }) => gateway).toSorted();
    const both = [stage.parts.apiGroup, stage.second].toSorted();
    expect(ids).toEqual(operation === 'DescribeApiGroups' ? [stage.parts.old] : both);
  });
});
