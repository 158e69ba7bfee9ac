import { describeConformance } from '@postern/testing/conformance';
import { setUpBalancerLinks } from '../world/balancer-link-setup.js';
import { setUp, setUpRestApi } from '../world/conformance-setup.js';
import { setUpWebSocket } from '../world/web-socket-setup.js';

describeConformance('aws', setUp);
describeConformance('aws, WebSocket APIs', setUpWebSocket, { families: ['routes'] });
describeConformance('aws, REST APIs', setUpRestApi, { families: ['apply'] });
describeConformance('aws, VPC links V1 and REST APIs', setUpBalancerLinks, {
  families: ['observe', 'links', 'targets', 'errors', 'once', 'abort'],
});
