import { describe } from 'vitest';
import { gatewayStage } from '../../../../src/check/checks/gateway/stage.js';
import { external } from './rest-api.js';
import { restWorld, webSocketWorld } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { type World, awsWorld, alibabaWorld } from '../world.js';

describe('gateway/stage', () => {
  const stages = (names: readonly string[]) => (world: World) => {
    world.the('gateways', 'api-1').stages = names.map((name) => ({ name, autoDeploy: true }));
  };
  const byHand =
    (names: readonly string[], deploymentId?: string) =>
    ({ the }: World) => {
      the('gateways', 'api-1').stages = names.map((name, at) => ({
        name,
        autoDeploy: false,
        ...(at === 0 && deploymentId !== undefined ? { deploymentId } : {}),
      }));
    };
  checkTable(gatewayStage, [
    { why: '$default', world: () => awsWorld(), verdict: 'pass', evidence: ['api-1'] },
    {
      why: 'no stage deploys automatically, and nothing was deployed: the existing route receives no calls',
      world: () => awsWorld(byHand(['$default', 'test'])),
      verdict: 'fail',
      severity: 'warning',
      says: ['$default, test'],
      evidence: ['api-1'],
      remedy: ['Deploy to $default, test'],
    },
    {
      why: 'it was deployed before',
      world: () => awsWorld(byHand(['$default', 'test'], 'd-1')),
      verdict: 'pass',
    },
    {
      why: 'a route that does not exist is deployed when it is created',
      world: () =>
        awsWorld((world) => {
          byHand(['$default'])(world);
          world.the('gateways', 'api-1').routes = [];
        }),
      verdict: 'pass',
    },
    {
      why: 'an API that was read in part',
      world: () =>
        awsWorld((world) => {
          byHand(['$default'])(world);
          world.region.gaps.push({
            what: 'stages of api-1',
            operation: 'GetStages',
            code: 'PERMISSION_DENIED',
            permission: 'apigateway:GET',
            of: 'gateways',
          });
        }),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
    { why: 'RELEASE', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'no stage: it cannot be called',
      world: () => awsWorld(stages([])),
      verdict: 'fail',
      severity: 'warning',
      evidence: ['api-1'],
      remedy: ['Create a stage of api-1'],
    },
    {
      why: 'a stage of the spec does not exist',
      world: () =>
        alibabaWorld(({ integration }) =>
          Object.assign(integration, { gateway: { apiGroup: 'group-1', stages: ['PRE'] } }),
        ),
      verdict: 'fail',
      severity: 'error',
      says: ['PRE'],
      remedy: ['RELEASE'],
    },
    {
      why: 'the gateway could not be read',
      world: () => awsWorld(({ withhold }) => withhold('gateways', 'apigateway:GET', 'api-1')),
      verdict: 'unknown',
    },
    {
      why: 'stages could not be read',
      world: () =>
        awsWorld((world) => {
          stages([])(world);
          world.region.gaps.push({
            what: 'the stages of api-1',
            operation: 'GetStages',
            code: 'PERMISSION_DENIED',
            permission: 'apigateway:GET',
            of: 'gateways',
          });
        }),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
  ]);
});

describe('gateway/stage of a REST API', () => {
  const stages =
    (...names: string[]) =>
    ({ the }: World): void => {
      the('gateways', 'api-1').stages = names.map((name) => ({ name, autoDeploy: false, deploymentId: 'd-1' }));
    };
  checkTable(gatewayStage, [
    { why: 'the stage of the spec exists', world: () => restWorld(), verdict: 'pass', says: ['prod'] },
    {
      why: 'a missing stage is created by a run',
      world: () => restWorld(stages('test')),
      verdict: 'pass',
      says: ['has no stage prod', '`postern apply` creates it'],
    },
    { why: 'no stage at all', world: () => restWorld(stages()), verdict: 'pass', says: ['creates it'] },
    {
      why: 'a missing stage of an integration that is never changed',
      world: () =>
        restWorld((world) => {
          stages('test')(world);
          external(world);
        }),
      verdict: 'fail',
      severity: 'error',
      says: ['no stage prod'],
      remedy: ['integrations.orders.gateway.stage: test'],
    },
    {
      why: 'the stages could not be read',
      world: () =>
        restWorld((world) => {
          stages()(world);
          world.region.gaps.push({
            what: 'stages of api-1',
            operation: 'GetStages',
            code: 'PERMISSION_DENIED',
            permission: 'apigateway:GET',
            of: 'gateways',
            id: 'api-1',
          });
        }),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
  ]);
});

describe('gateway/stage of a WebSocket API', () => {
  const stages =
    (...names: string[]) =>
    ({ the }: World): void =>
      void (the('gateways', 'api-1').stages = names.map((name) => ({ name, autoDeploy: false })));
  checkTable(gatewayStage, [
    {
      why: 'no stage: none can be $default or deploy by itself',
      world: () => webSocketWorld(stages()),
      verdict: 'fail',
      remedy: ['Create a stage of api-1, and deploy the routes to it.'],
    },
    {
      why: 'a stage without a deployment',
      world: () => webSocketWorld(stages('live')),
      verdict: 'fail',
      says: ['live of', 'has no deployment: its routes'],
      remedy: ['Deploy to live (`postern apply` deploys its changes).'],
    },
  ]);
});
