import { describeConformance } from '@postern/testing/conformance';
import { setUp } from '../world/conformance-setup.js';
import { setUpWebSocket } from '../world/web-socket-setup.js';

describeConformance('aws', setUp);
describeConformance('aws, WebSocket APIs', setUpWebSocket, { families: ['routes'] });
