import { gatewayExists } from '../../../../src/check/checks/gateway/exists.js';
import { checkTable } from '../run-check.js';
import { aws, alibaba, withhold } from '../world.js';

checkTable(gatewayExists, {
  'an HTTP API': [aws(), 'pass EXISTS', { says: 'kind http-api', evidence: 'api-1' }],
  'an API group': [alibaba(), 'pass EXISTS', { evidence: 'group-1' }],
  'another ID': [
    aws({ 'integration.gateway': { httpApi: 'api-2' } }),
    'error NOT_RESOLVED',
    { evidence: 'integrations.orders.gateway', remedy: 'Did you mean api-1' },
  ],
  'another kind: an HTTP API is not a REST API': [
    aws({ 'integration.gateway': { restApi: 'api-1', stage: 'prod' } }),
    'error NOT_RESOLVED',
  ],
  'gateways could not be read': [
    aws(withhold('gateways', 'apigateway:GET')),
    'unknown NOT_RESOLVED',
    { remedy: 'apigateway:GET' },
  ],
});
