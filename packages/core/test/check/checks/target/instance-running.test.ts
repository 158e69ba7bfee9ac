import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { called, unread } from './address.js';
import { type World, alibabaWorld } from '../world.js';

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
      evidence: ['ecs:DescribeInstances'],
    },
    { why: 'of a load balancer', world: called('10.0.20.9'), verdict: 'nothing' },
  ]);
});

describe('target/instance-running', () => {
  checkTable(instanceRunning, [
    { why: 'running', world: () => alibabaWorld(), verdict: 'pass', evidence: ['i-1'] },
    {
      why: 'stopped',
      world: () =>
        alibabaWorld(({ the }) => Object.assign(the('instances', 'i-1'), { state: 'stopped', nativeState: 'Stopped' })),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders',
      evidence: ['i-1'],
      remedy: ['Start i-1'],
    },
    {
      why: 'released',
      world: () => alibabaWorld(({ remove }) => remove('instances', 'i-1')),
      verdict: 'fail',
      says: ['instance i-1 does not exist'],
      remedy: ['postern apply'],
    },
    {
      why: 'could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('instances', 'ecs:DescribeInstances')),
      verdict: 'unknown',
      evidence: ['ecs:DescribeInstances'],
    },
  ]);
});
