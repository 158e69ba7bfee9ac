import { describe } from 'vitest';
import { instanceRunning } from '../../../src/checks/target/instance-running.js';
import { the } from '../path/aws-rows.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, type World } from '../world.js';

/** The one target is an address of Alibaba Cloud, on the port that the application has. */
const called =
  (address: string, ...changes: readonly ((world: World) => void)[]) =>
  () =>
    alibabaWorld((world) => {
      world.integration.targets = { orders: { ref: { address, port: 8080 } } };
      world.integration.routes = {};
      for (const change of changes) change(world);
    });
const stopped = ({ the: find }: World) =>
  void Object.assign(find('instances', 'i-1'), { state: 'stopped', nativeState: 'Stopped' });
const unread = ({ withhold }: World) => withhold('instances', 'ecs:DescribeInstances');

describe('target/instance-running, of an address', () => {
  checkTable(instanceRunning, [
    { why: 'whose machine runs', world: called('10.0.20.5'), verdict: 'pass', evidence: ['i-1'] },
    {
      why: 'whose machine is stopped',
      world: called('10.0.20.5', stopped),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders',
      says: ['i-1 (10.0.20.5) is Stopped'],
      remedy: ['Start i-1'],
    },
    {
      why: 'whose machine could not be read',
      world: called('10.0.20.5', unread),
      verdict: 'unknown',
      evidence: ['ecs:DescribeInstances'],
    },
    { why: 'of a load balancer', world: called('10.0.20.9'), verdict: 'nothing' },
  ]);
});

describe('the way to an address', () => {
  checkTable(the('path/route'), [
    { why: 'whose machine runs', world: called('10.0.20.5'), verdict: 'pass' },
    { why: 'whose machine could not be read', world: called('10.0.20.5', unread), verdict: 'unknown' },
  ]);
});
