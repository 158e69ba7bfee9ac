import { describeConformance } from '@postern/testing/conformance';
import { runs } from '../../../core/test/runs.js';
import { setUpBalancerLinks } from '../world/balancer-link-setup.js';
import { setUp, setUpRestApi } from '../world/conformance-setup.js';
import { setUpWebSocket } from '../world/web-socket-setup.js';

/** In `npm test` one check in so many. */
const every = runs(7, 1);

describeConformance('aws', setUp, { every, mostSkipped: 3 });
describeConformance('aws, WebSocket APIs', setUpWebSocket, { every, families: ['routes'], mostSkipped: 0 });
describeConformance('aws, REST APIs', setUpRestApi, { every, families: ['apply'], mostSkipped: 1 });
describeConformance('aws, VPC links V1 and REST APIs', setUpBalancerLinks, {
  every,
  families: ['observe', 'links', 'targets', 'errors', 'once', 'abort'],
  mostSkipped: 5,
});
