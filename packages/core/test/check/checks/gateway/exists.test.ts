import { describe } from 'vitest';
import { gatewayExists } from '../../../../src/check/checks/gateway/exists.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, awsWorld } from '../world.js';

describe('gateway/exists', () => {
  checkTable(gatewayExists, [
    { why: 'an HTTP API', world: () => awsWorld(), verdict: 'pass', says: ['kind http-api'], evidence: ['api-1'] },
    { why: 'an API group', world: () => alibabaWorld(), verdict: 'pass', evidence: ['group-1'] },
    {
      why: 'another ID',
      world: () => awsWorld(({ integration }) => void (integration.gateway = { httpApi: 'api-2' })),
      verdict: 'fail',
      severity: 'error',
      evidence: ['integrations.orders.gateway'],
      remedy: ['Did you mean api-1'],
    },
    {
      why: 'another kind: an HTTP API is not a REST API',
      world: () => awsWorld(({ integration }) => void (integration.gateway = { restApi: 'api-1', stage: 'prod' })),
      verdict: 'fail',
    },
    {
      why: 'gateways could not be read',
      world: () => awsWorld(({ withhold }) => withhold('gateways', 'apigateway:GET')),
      verdict: 'unknown',
      remedy: ['apigateway:GET'],
    },
  ]);
});
