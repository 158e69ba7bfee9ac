import { describe } from 'vitest';
import { gatewayDomain } from '../../../../../src/check/checks/gateway/domains/domain.js';
import { checkTable } from '../../run-check.js';
import { rest } from '../../rest-world.js';
import { alibabaWorld, type World, aws, alibaba, withhold, denied } from '../../world.js';

const NAME = 'orders.internal';

const mapped =
  (...mappings: readonly { readonly path?: string; readonly gatewayId?: string; readonly stage?: string }[]) =>
  ({ the }: World): void => {
    the('customDomains', NAME).mappings = mappings.map((one) => ({ path: '', gatewayId: 'api-1', ...one }));
  };

describe('gateway/domain', () => {
  checkTable(gatewayDomain, {
    'to a stage of the API': [aws(mapped({ stage: '$default' })), 'pass LEADS', NAME],
    'to a stage that does not exist, one base path of two': [
      aws(mapped({ stage: '$default' }, { path: 'orders/v1', stage: 'v1' })),
      'error STAGE_ABSENT',
      {
        subject: `domain ${NAME}`,
        says: ['/orders/v1', 'stage v1'],
        evidence: NAME,
        remedy: 'Create stage v1 of api-1',
      },
    ],
    'to a stage that was never deployed': [
      aws({ 'gateways.api-1.stages': [{ name: 'test', autoDeploy: false }] }, mapped({ stage: 'test' })),
      'error NEVER_DEPLOYED',
      { remedy: 'deploys api-1 to stage test' },
    ],
    'to the stage that a run creates': [rest({ 'gateways.api-1.stages': [] }, mapped({ stage: 'prod' })), 'pass LEADS'],
    'to a stage besides the declared one': [
      rest((world) => {
        const { stages } = world.the('gateways', 'api-1');
        const [prod] = stages;
        if (prod) stages.push({ ...prod, name: 'test' });
        mapped({ stage: 'test' })(world);
      }),
      'note OTHER_STAGES',
      { subject: 'gateway api-1', says: ['stage test only', 'declares prod'] },
    ],
    'to an API that was read in part': [
      aws(mapped({ stage: 'v1' }), {
        'gaps.+': denied('gateways', 'stages', 'apigateway:GET', 'GetStages'),
      }),
      'unknown STAGES_NOT_READ',
      { evidence: 'apigateway:GET' },
    ],
    'to other APIs only': [aws(mapped({ gatewayId: 'api-9' })), 'nothing'],
    'routing rules decide': [
      aws(({ the }) => void (the('customDomains', NAME).hasRules = true)),
      'unknown RULES_DECIDE',
    ],
    'a state that is not documented': [
      aws(({ the }) => void Object.assign(the('customDomains', NAME), { nativeState: 'ODD', usable: undefined })),
      'unknown STATE_NOT_DOCUMENTED',
    ],
    'domains could not be read': [
      aws(withhold('customDomains', 'apigateway:GET')),
      'unknown DOMAINS_NOT_READ',
      { subject: 'gateway api-1', evidence: 'apigateway:GET' },
    ],
    'the mappings of a domain could not be read': [
      aws(({ the, region }) => {
        Object.assign(the('customDomains', NAME), { mappings: undefined });
        const gap = { what: `mappings of ${NAME}`, operation: 'GetApiMappings', code: 'PERMISSION_DENIED' } as const;
        region.gaps.push({ ...gap, permission: 'apigateway:GET', of: 'customDomains', id: NAME });
      }),
      'unknown DOMAINS_NOT_READ',
      { evidence: 'apigateway:GET' },
    ],
    'a snapshot of an older version': [aws({ customDomains: undefined }), 'nothing'],
  });
});

describe('gateway/domain of an API group', () => {
  const domain = (members: object) => () =>
    alibabaWorld(({ the }) => void Object.assign(the('customDomains', 'orders.example.com'), members));
  checkTable(gatewayDomain, {
    'to each stage': [domain({}), 'pass LEADS'],
    'without an ICP filing': [
      domain({ usable: false, nativeState: 'ABNORMAL' }),
      'error NOT_USABLE',
      { subject: 'domain orders.example.com', says: 'ABNORMAL', remedy: 'Correct the cause' },
    ],
    'bound to a stage that the spec does not declare': [
      alibaba(({ the }) => {
        const group = the('gateways', 'group-1');
        group.stages.push({ name: 'TEST', autoDeploy: false });
        for (const route of group.routes) route.publishedOn = ['RELEASE', 'TEST'];
        the('customDomains', 'orders.example.com').mappings = [{ path: '', gatewayId: 'group-1', stage: 'TEST' }];
      }),
      'note OTHER_STAGES',
      ['stage TEST only', 'RELEASE'],
    ],
    'bound to a stage on which nothing is published': [
      alibaba(({ the }) => {
        const group = the('gateways', 'group-1');
        group.stages.push({ name: 'TEST', autoDeploy: false });
        for (const route of group.routes) route.publishedOn = ['RELEASE'];
        the('customDomains', 'orders.example.com').mappings = [{ path: '', gatewayId: 'group-1', stage: 'TEST' }];
      }),
      'error NOTHING_PUBLISHED',
      { subject: 'domain orders.example.com', remedy: 'bind orders.example.com to another stage' },
    ],
  });
});
