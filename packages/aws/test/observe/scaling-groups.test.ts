import { createContext } from '@postern/core/internal/library';
import { simulate } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { aws } from '../../src/index.js';
import { REGION } from '../world/simulated.js';

type Row = Readonly<Record<string, unknown>>;

const ARN = `arn:aws:autoscaling:${REGION}:111122223333:autoScalingGroup:1:autoScalingGroupName/web`;
const TARGETS = `arn:aws:elasticloadbalancing:${REGION}:111122223333:targetgroup/web/0123456789abcdef`;
const RUNNING = { InstanceId: 'i-0a1b2c3d4e5f60718', LifecycleState: 'InService' };
const HEALTH =
  'At 2026-11-26T10:00:00Z an instance was taken out of service in response to an ELB system health check failure.';

const at = (minute: number, activity: Row): Row => ({
  Cause:
    'At 2026-11-26T10:00:00Z an instance was started in response to a difference between desired and actual capacity.',
  Description: 'Launching a new EC2 instance',
  StartTime: new Date(Date.UTC(2026, 10, 26, 10, minute)),
  StatusCode: 'Successful',
  ...activity,
});

/** The only registrar of a region with one Auto Scaling group, and the operations of Auto Scaling that were called. */
async function read(group: Row, activities: readonly Row[] = []) {
  const simulation = simulate({ seed: 7, clock: 'auto' });
  const called: string[] = [];
  const answer = (operation: string, output: Row) => async (): Promise<never> => {
    called.push(operation);
    return output as never;
  };
  const filled = { AutoScalingGroupARN: ARN, AutoScalingGroupName: 'web', TargetGroupARNs: [TARGETS], ...group };
  const autoScaling = {
    describeAutoScalingGroups: answer('groups', { AutoScalingGroups: [{ DesiredCapacity: 1, ...filled }] }),
    describeScalingActivities: answer('activities', { Activities: activities }),
  };
  const driver = aws({ region: REGION, clients: { ...simulation.clients(REGION), autoScaling } });
  const { registrars } = await driver.observe(
    { all: true, checks: true },
    createContext({ clock: simulation.clock, random: () => 0.5 }),
  );
  return { registrar: registrars?.[0], called };
}

describe('an Auto Scaling group', () => {
  it.each([
    ['its target groups', {}, [TARGETS]],
    ['traffic sources', { TargetGroupARNs: [], TrafficSources: [{ Identifier: TARGETS, Type: 'elbv2' }] }, [TARGETS]],
    ['both, once', { TrafficSources: [{ Identifier: TARGETS }] }, [TARGETS]],
    ['no service of VPC Lattice', { TrafficSources: [{ Identifier: 'x', Type: 'vpc-lattice' }] }, [TARGETS]],
  ])('registers instances in %s', async (_, group, ids) => {
    const { registrar } = await read(group);
    expect(registrar?.targetGroups.map(({ targetGroupId }) => targetGroupId)).toEqual(ids);
  });

  it('registers nothing while it is deleted', async () => {
    expect(await read({ Status: 'Delete in progress' })).toEqual({ registrar: undefined, called: ['groups'] });
  });

  it.each<[string, Row, number | undefined]>([
    ['instances', { DesiredCapacity: 3 }, 3],
    ['weights', { MixedInstancesPolicy: { LaunchTemplate: { Overrides: [{ WeightedCapacity: '4' }] } } }, undefined],
    ['virtual CPUs', { DesiredCapacity: 8, DesiredCapacityType: 'vcpu' }, undefined],
    ['none of these', { DesiredCapacity: 0, DesiredCapacityType: 'vcpu' }, 0],
  ])('wants a number of %s', async (_, group, desired) => {
    expect((await read(group)).registrar?.desired).toBe(desired);
  });

  it.each<[string, Row, readonly Row[], string | undefined]>([
    ['nothing failed', {}, [at(1, { StatusCode: 'InProgress' })], undefined],
    ['a launch failed', {}, [at(1, { StatusCode: 'Failed', StatusMessage: 'No capacity.' })], 'No capacity.'],
    ['a launch was canceled', {}, [at(1, { StatusCode: 'Cancelled', StatusMessage: 'Bid too low.' })], 'Bid too low.'],
    [
      'one succeeded since',
      {},
      [at(1, { StatusCode: 'Failed', StatusMessage: 'No capacity.' }), at(2, {}), at(3, { StatusCode: 'InProgress' })],
      undefined,
    ],
    ['an instance was unhealthy', {}, [at(1, {}), at(2, { Description: 'Terminating', Cause: HEALTH })], HEALTH],
    [
      'Auto Scaling gave up',
      { SuspendedProcesses: [{ ProcessName: 'Launch', SuspensionReason: 'Administrative suspension' }] },
      [at(1, { StatusCode: 'Failed', StatusMessage: 'No capacity.' })],
      'the process Launch is suspended (Administrative suspension); No capacity.',
    ],
  ])('says why instances are lacking: %s', async (_, group, activities, reason) => {
    expect((await read(group, activities)).registrar?.stoppedReason).toBe(reason);
  });

  it.each<[string, Row, string | undefined]>([
    ['in service', {}, undefined],
    ['not to be launched again', { SuspendedProcesses: [{ ProcessName: 'Launch' }] }, undefined],
    [
      'not registered',
      { SuspendedProcesses: [{ ProcessName: 'AddToLoadBalancer' }] },
      'the process AddToLoadBalancer is suspended (no reason is given)',
    ],
  ])('reads no activities where its instances are %s', async (_, group, stoppedReason) => {
    const { registrar, called } = await read({ Instances: [RUNNING], ...group });
    expect(registrar).toMatchObject({ running: 1 });
    expect(registrar?.stoppedReason).toBe(stoppedReason);
    expect(called).toEqual(['groups']);
  });
});
