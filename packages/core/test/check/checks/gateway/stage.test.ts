import { describe } from 'vitest';
import { gatewayStage } from '../../../../src/check/checks/gateway/stage.js';
import { external } from './rest-api.js';
import { rest, webSocket } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { aws, alibaba, withhold, denied } from '../world.js';
import { edit } from '../edits.js';

describe('gateway/stage', () => {
  const stages = (names: readonly string[]) =>
    edit({ 'gateways.api-1.stages': names.map((name) => ({ name, autoDeploy: true })) });
  const byHand = (names: readonly string[], deploymentId?: string) =>
    edit({
      'gateways.api-1.stages': names.map((name, at) => ({
        name,
        autoDeploy: false,
        ...(at === 0 && deploymentId !== undefined ? { deploymentId } : {}),
      })),
    });
  checkTable(gatewayStage, {
    $default: [aws(), 'pass STAGES_EXIST', { evidence: 'api-1' }],
    'no stage deploys automatically, and nothing was deployed: the existing route receives no calls': [
      aws(byHand(['$default', 'test'])),
      'warning NEVER_DEPLOYED',
      { says: '$default, test', evidence: 'api-1', remedy: 'Deploy to $default, test' },
    ],
    'it was deployed before': [aws(byHand(['$default', 'test'], 'd-1')), 'pass STAGES_EXIST'],
    'a route that does not exist is deployed when it is created': [
      aws(byHand(['$default']), { 'gateways.api-1.routes': [] }),
      'pass STAGES_EXIST',
    ],
    'an API that was read in part': [
      aws(byHand(['$default']), {
        'gaps.+': denied('gateways', 'stages of api-1', 'apigateway:GET', 'GetStages'),
      }),
      'unknown DEPLOYMENT_NOT_READ',
      { evidence: 'apigateway:GET' },
    ],
    'the default endpoint is disabled': [
      aws({ 'gateways.api-1.endpoint': 'disabled', customDomains: [] }),
      'error NO_DOMAIN',
    ],
    'the default endpoint was disabled after the deployment that its stage serves': [
      aws({
        'gateways.api-1.endpoint': 'disabled',
        customDomains: [],
        'gateways.api-1.stages': [{ name: '$default', autoDeploy: false, deploymentId: 'd-1', served: { routes: [] } }],
      }),
      'warning NO_DOMAIN_NEXT',
      { says: 'from the next deployment on' },
    ],
    RELEASE: [alibaba(), 'pass STAGES_EXIST'],
    'no stage: it cannot be called': [
      aws(stages([])),
      'warning NO_STAGE',
      { evidence: 'api-1', remedy: 'Create a stage of api-1' },
    ],
    'a stage of the spec does not exist': [
      alibaba({ 'integration.gateway': { apiGroup: 'group-1', stages: ['PRE'] } }),
      'error STAGE_ABSENT',
      { says: 'PRE', remedy: 'RELEASE' },
    ],
    'the gateway could not be read': [aws(withhold('gateways', 'apigateway:GET', 'api-1')), 'unknown GATEWAY_NOT_READ'],
    'stages could not be read': [
      aws(stages([]), {
        'gaps.+': denied('gateways', 'the stages of api-1', 'apigateway:GET', 'GetStages'),
      }),
      'unknown STAGES_NOT_READ',
      { evidence: 'apigateway:GET' },
    ],
  });
});

describe('gateway/stage of a REST API', () => {
  const stages = (...names: string[]) =>
    edit({ 'gateways.api-1.stages': names.map((name) => ({ name, autoDeploy: false, deploymentId: 'd-1' })) });
  checkTable(gatewayStage, {
    'the stage of the spec exists': [rest(), 'pass STAGES_EXIST', 'prod'],
    'a missing stage is created by a run': [
      rest(stages('test')),
      'pass STAGE_BY_APPLY',
      ['has no stage prod', '`postern apply` creates it'],
    ],
    'no stage at all': [rest(stages()), 'pass STAGE_BY_APPLY', 'creates it'],
    'a missing stage of an integration that is never changed': [
      rest(stages('test'), external),
      'error STAGE_ABSENT',
      { says: 'no stage prod', remedy: 'integrations.orders.gateway.stage: test' },
    ],
    'the stages could not be read': [
      rest(stages(), {
        'gaps.+': denied('gateways', 'stages of api-1', 'apigateway:GET', 'GetStages', 'api-1'),
      }),
      'unknown STAGES_NOT_READ',
      { evidence: 'apigateway:GET' },
    ],
  });
});

describe('gateway/stage of a WebSocket API', () => {
  const stages = (...names: string[]) =>
    edit({ 'gateways.api-1.stages': names.map((name) => ({ name, autoDeploy: false })) });
  checkTable(gatewayStage, {
    'no stage: none can be $default or deploy by itself': [
      webSocket(stages()),
      'warning NO_STAGE',
      { remedy: 'Create a stage of api-1, and deploy the routes to it.' },
    ],
    'a stage without a deployment': [
      webSocket(stages('live')),
      'warning NEVER_DEPLOYED',
      {
        says: ['live of', 'has no deployment: its routes'],
        remedy: 'Deploy to live (`postern apply` deploys its changes).',
      },
    ],
  });
});
