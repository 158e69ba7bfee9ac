import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { called, unread } from './address.js';
import { alibaba, withhold } from '../world.js';
import { edit } from '../edits.js';

const instanceRunning = named('target/instance-running');

const stopped = edit({ 'instances.i-1': { state: 'stopped', nativeState: 'Stopped' } });

describe('target/instance-running, for an address', () => {
  checkTable(instanceRunning, {
    'of a running instance': [called('10.0.20.5'), 'pass RUNNING', { evidence: 'i-1' }],
    'of a stopped instance': [
      called('10.0.20.5', stopped),
      'error NOT_RUNNING',
      { subject: 'target orders', says: 'i-1 (10.0.20.5) is Stopped', remedy: 'Start i-1' },
    ],
    'of an instance that could not be read': [
      called('10.0.20.5', unread),
      'unknown INSTANCE_NOT_READ',
      { evidence: 'ecs:DescribeInstances' },
    ],
    'of a load balancer': [called('10.0.20.9'), 'nothing'],
  });
});

describe('target/instance-running', () => {
  checkTable(instanceRunning, {
    running: [alibaba(), 'pass RUNNING', { evidence: 'i-1' }],
    stopped: [
      alibaba({ 'instances.i-1': { state: 'stopped', nativeState: 'Stopped' } }),
      'error NOT_RUNNING',
      { subject: 'target orders', evidence: 'i-1', remedy: 'Start i-1' },
    ],
    released: [alibaba({ 'instances.i-1': undefined }), 'error INSTANCE_ABSENT', 'instance i-1 does not exist'],
    'could not be read': [
      alibaba(withhold('instances', 'ecs:DescribeInstances')),
      'unknown INSTANCE_NOT_READ',
      { evidence: 'ecs:DescribeInstances' },
    ],
  });
});
