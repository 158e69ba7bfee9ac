import { describe } from 'vitest';
import { gatewayDomain } from '../../../../../src/check/checks/gateway/domains/domain.js';
import { checkTable } from '../../run-check.js';
import { restWorld } from '../../rest-world.js';
import { alibabaWorld, awsWorld, type World } from '../../world.js';

const NAME = 'orders.internal';

const mapped =
  (...mappings: readonly { readonly path?: string; readonly gatewayId?: string; readonly stage?: string }[]) =>
  ({ the }: World): void => {
    the('customDomains', NAME).mappings = mappings.map((one) => ({ path: '', gatewayId: 'api-1', ...one }));
  };

describe('gateway/domain', () => {
  checkTable(gatewayDomain, [
    {
      why: 'to a stage of the API',
      world: () => awsWorld(mapped({ stage: '$default' })),
      verdict: 'pass',
      says: [NAME],
    },
    {
      why: 'to a stage that does not exist, one base path of two',
      world: () => awsWorld(mapped({ stage: '$default' }, { path: 'orders/v1', stage: 'v1' })),
      verdict: 'fail',
      severity: 'error',
      subject: `domain ${NAME}`,
      says: ['/orders/v1', 'stage v1'],
      evidence: [NAME],
      remedy: ['Create stage v1 of api-1'],
    },
    {
      why: 'to a stage that was never deployed',
      world: () =>
        awsWorld((world) => {
          world.the('gateways', 'api-1').stages = [{ name: 'test', autoDeploy: false }];
          mapped({ stage: 'test' })(world);
        }),
      verdict: 'fail',
      severity: 'error',
      remedy: ['deploys api-1 to stage test'],
    },
    {
      why: 'to the stage that a run creates',
      world: () =>
        restWorld((world) => {
          world.the('gateways', 'api-1').stages = [];
          mapped({ stage: 'prod' })(world);
        }),
      verdict: 'pass',
    },
    {
      why: 'to a stage besides the declared one',
      world: () =>
        restWorld((world) => {
          const { stages } = world.the('gateways', 'api-1');
          const [prod] = stages;
          if (prod) stages.push({ ...prod, name: 'test' });
          mapped({ stage: 'test' })(world);
        }),
      verdict: 'fail',
      severity: 'note',
      subject: 'gateway api-1',
      says: ['stage test only', 'declares prod'],
    },
    {
      why: 'to an API that was read in part',
      world: () =>
        awsWorld((world) => {
          mapped({ stage: 'v1' })(world);
          const gap = { what: 'stages', operation: 'GetStages', code: 'PERMISSION_DENIED', of: 'gateways' } as const;
          world.region.gaps.push({ ...gap, permission: 'apigateway:GET' });
        }),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
    { why: 'to other APIs only', world: () => awsWorld(mapped({ gatewayId: 'api-9' })), verdict: 'nothing' },
    {
      why: 'routing rules decide',
      world: () => awsWorld(({ the }) => void (the('customDomains', NAME).hasRules = true)),
      verdict: 'unknown',
    },
    {
      why: 'a state that is not documented',
      world: () =>
        awsWorld(
          ({ the }) => void Object.assign(the('customDomains', NAME), { nativeState: 'ODD', usable: undefined }),
        ),
      verdict: 'unknown',
    },
    {
      why: 'domains could not be read',
      world: () => awsWorld(({ withhold }) => withhold('customDomains', 'apigateway:GET')),
      verdict: 'unknown',
      subject: 'gateway api-1',
      evidence: ['apigateway:GET'],
    },
    {
      why: 'the mappings of a domain could not be read',
      world: () =>
        awsWorld(({ the, region }) => {
          Object.assign(the('customDomains', NAME), { mappings: undefined });
          const gap = { what: `mappings of ${NAME}`, operation: 'GetApiMappings', code: 'PERMISSION_DENIED' } as const;
          region.gaps.push({ ...gap, permission: 'apigateway:GET', of: 'customDomains', id: NAME });
        }),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
    {
      why: 'a snapshot of an older version',
      world: () => awsWorld(({ region }) => void Object.assign(region, { customDomains: undefined })),
      verdict: 'nothing',
    },
  ]);
});

describe('gateway/domain of an API group', () => {
  const domain = (members: object) => () =>
    alibabaWorld(({ the }) => void Object.assign(the('customDomains', 'orders.example.com'), members));
  checkTable(gatewayDomain, [
    { why: 'to each stage', world: domain({}), verdict: 'pass' },
    {
      why: 'without an ICP filing',
      world: domain({ usable: false, nativeState: 'ABNORMAL' }),
      verdict: 'fail',
      severity: 'error',
      subject: 'domain orders.example.com',
      says: ['ABNORMAL'],
      remedy: ['Correct the cause'],
    },
    {
      why: 'bound to a stage that the spec does not declare',
      world: () =>
        alibabaWorld(({ the }) => {
          const group = the('gateways', 'group-1');
          group.stages.push({ name: 'TEST', autoDeploy: false });
          for (const route of group.routes) route.publishedOn = ['RELEASE', 'TEST'];
          the('customDomains', 'orders.example.com').mappings = [{ path: '', gatewayId: 'group-1', stage: 'TEST' }];
        }),
      verdict: 'fail',
      severity: 'note',
      says: ['stage TEST only', 'RELEASE'],
    },
    {
      why: 'bound to a stage on which nothing is published',
      world: () =>
        alibabaWorld(({ the }) => {
          const group = the('gateways', 'group-1');
          group.stages.push({ name: 'TEST', autoDeploy: false });
          for (const route of group.routes) route.publishedOn = ['RELEASE'];
          the('customDomains', 'orders.example.com').mappings = [{ path: '', gatewayId: 'group-1', stage: 'TEST' }];
        }),
      verdict: 'fail',
      severity: 'error',
      subject: 'domain orders.example.com',
      remedy: ['bind orders.example.com to another stage'],
    },
  ]);
});
