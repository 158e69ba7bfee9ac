import { targetListener } from '../../../../src/check/checks/target/listener.js';
import { LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { aws, alibaba, denied } from '../world.js';

checkTable(targetListener, {
  'it listens': [aws(), 'pass LISTENS', { evidence: LISTENER }],
  'it listens, Alibaba Cloud': [alibaba(), 'pass LISTENS', { evidence: 'lb-1/http:80' }],
  stopped: [
    alibaba({ 'listeners.lb-1/http:80.state': 'stopped' }),
    'error LISTENER_STOPPED',
    { evidence: 'lb-1/http:80', remedy: 'Start the listener on port 80 of lb-1' },
  ],
  'on another port': [
    alibaba({ 'integration.targets.stock': { ref: { instance: 'lb-1', port: 81 } } }),
    'error NO_LISTENER',
    { says: ['port 81', 'HTTP 80'], evidence: 'lb-1', remedy: 'create a listener for lb-1' },
  ],
  'listeners could not be read': [
    alibaba({
      listeners: [],
      'gaps.+': denied(
        'listeners',
        'listeners of lb-1',
        'slb:DescribeLoadBalancerAttribute',
        'DescribeLoadBalancerAttribute',
        'lb-1',
      ),
    }),
    'unknown LISTENER_NOT_READ',
    { evidence: 'slb:DescribeLoadBalancerAttribute' },
  ],
});
