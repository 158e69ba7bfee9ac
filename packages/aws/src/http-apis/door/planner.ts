import type { AwsOption } from '../../planner/features.js';
import { HTTP_V2, WEBSOCKET_V1 } from '../planner.js';

/** What `advise` knows of HTTP and WebSocket APIs. Each has its own place in the order of options. */
export const httpApis: Readonly<Record<'httpApi' | 'webSocketApi', AwsOption>> = {
  httpApi: HTTP_V2,
  webSocketApi: WEBSOCKET_V1,
};
