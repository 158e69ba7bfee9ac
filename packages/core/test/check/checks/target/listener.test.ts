import { describe } from 'vitest';
import { targetListener } from '../../../../src/check/checks/target/listener.js';
import { LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { aws, alibaba } from '../world.js';

describe('target/listener', () => {
  checkTable(targetListener, [
    { why: 'it listens', world: aws(), verdict: 'pass', evidence: [LISTENER] },
    { why: 'it listens', world: alibaba(), verdict: 'pass', evidence: ['lb-1/http:80'] },
    {
      why: 'stopped',
      world: alibaba(({ the }) => {
        the('listeners', 'lb-1/http:80').state = 'stopped';
      }),
      verdict: 'fail',
      severity: 'error',
      evidence: ['lb-1/http:80'],
      remedy: ['Start the listener on port 80 of lb-1'],
    },
    {
      why: 'on another port',
      world: alibaba(({ integration }) => {
        Object.assign(integration.targets, { stock: { ref: { instance: 'lb-1', port: 81 } } });
      }),
      verdict: 'fail',
      says: ['port 81', 'HTTP 80'],
      evidence: ['lb-1'],
      remedy: ['create a listener for lb-1'],
    },
    {
      why: 'listeners could not be read',
      world: alibaba(({ region }) => {
        region.listeners = [];
        region.gaps.push({
          what: 'listeners of lb-1',
          operation: 'DescribeLoadBalancerAttribute',
          code: 'PERMISSION_DENIED',
          permission: 'slb:DescribeLoadBalancerAttribute',
          of: 'listeners',
          id: 'lb-1',
        });
      }),
      verdict: 'unknown',
      code: 'LISTENER_NOT_READ',
      evidence: ['slb:DescribeLoadBalancerAttribute'],
    },
  ]);
});
