import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { called, unread } from './address.js';
import { type World, alibaba } from '../world.js';

const instanceRunning = named('target/instance-running');

const stopped = ({ the: find }: World) =>
  void Object.assign(find('instances', 'i-1'), { state: 'stopped', nativeState: 'Stopped' });

describe('target/instance-running, for an address', () => {
  checkTable(instanceRunning, [
    { why: 'of a running instance', world: called('10.0.20.5'), verdict: 'pass', evidence: ['i-1'] },
    {
      why: 'of a stopped instance',
      world: called('10.0.20.5', stopped),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders',
      says: ['i-1 (10.0.20.5) is Stopped'],
      remedy: ['Start i-1'],
    },
    {
      why: 'of an instance that could not be read',
      world: called('10.0.20.5', unread),
      verdict: 'unknown',
      code: 'INSTANCE_NOT_READ',
      evidence: ['ecs:DescribeInstances'],
    },
    { why: 'of a load balancer', world: called('10.0.20.9'), verdict: 'nothing' },
  ]);
});

describe('target/instance-running', () => {
  checkTable(instanceRunning, [
    { why: 'running', world: alibaba(), verdict: 'pass', evidence: ['i-1'] },
    {
      why: 'stopped',
      world: alibaba(({ the }) => Object.assign(the('instances', 'i-1'), { state: 'stopped', nativeState: 'Stopped' })),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders',
      evidence: ['i-1'],
      remedy: ['Start i-1'],
    },
    {
      why: 'released',
      world: alibaba(({ remove }) => remove('instances', 'i-1')),
      verdict: 'fail',
      code: 'INSTANCE_ABSENT',
      says: ['instance i-1 does not exist'],
    },
    {
      why: 'could not be read',
      world: alibaba(({ withhold }) => withhold('instances', 'ecs:DescribeInstances')),
      verdict: 'unknown',
      code: 'INSTANCE_NOT_READ',
      evidence: ['ecs:DescribeInstances'],
    },
  ]);
});
