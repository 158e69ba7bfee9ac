import { describe } from 'vitest';
import { gatewayLinkKind } from '../../../../src/check/checks/gateway/link-kind.js';
import { checkTable } from '../run-check.js';
import { awsWorld, alibabaWorld } from '../world.js';

describe('gateway/link-kind', () => {
  const kinds = (gateway: 'http-api' | 'rest-api' | 'websocket-api', link: 'vpc-link-v1' | 'vpc-link-v2') =>
    awsWorld(({ the }) => {
      the('gateways', 'api-1').kind = gateway;
      the('links', 'vlink-1').kind = link;
    });
  checkTable(gatewayLinkKind, [
    { why: 'an HTTP API and V2', world: () => awsWorld(), verdict: 'pass' },
    { why: 'a REST API and V2', world: () => kinds('rest-api', 'vpc-link-v2'), verdict: 'pass' },
    { why: 'a REST API and V1', world: () => kinds('rest-api', 'vpc-link-v1'), verdict: 'pass' },
    { why: 'a group and an instance', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'an HTTP API and V1',
      world: () => kinds('http-api', 'vpc-link-v1'),
      verdict: 'fail',
      severity: 'error',
      evidence: ['api-1', 'vlink-1'],
      remedy: ['vpc-link-v2'],
    },
    {
      why: 'a WebSocket API and V2',
      world: () => kinds('websocket-api', 'vpc-link-v2'),
      verdict: 'fail',
      remedy: ['vpc-link-v1'],
    },
    {
      why: 'links could not be read, and the link of the spec may be of either kind',
      world: () => awsWorld(({ withhold }) => withhold('links', 'apigateway:GET')),
      verdict: 'unknown',
      remedy: ['apigateway:GET'],
    },
  ]);
});
