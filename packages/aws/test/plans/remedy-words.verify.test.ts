import { readFileSync } from 'node:fs';
import type { Snapshot } from '@postern/core/internal/library';
import { readChangeSet, readTemplate } from '@postern/core/internal/overlay';
import { expect, it } from 'vitest';
import { judged, judgedChangeSet } from './judged-plan.js';
import { EMPTY, id, shop, type Resource } from './shop-plan.js';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/shop';

/** An account with a certificate for `shop.example.com`. */
const certified = {
  ...EMPTY,
  regions: EMPTY.regions.map((region) => ({
    ...region,
    certificates: [
      {
        id: CERTIFICATE,
        names: ['shop.example.com'],
        notAfter: '2099-01-01T00:00:00.000Z',
        valid: true,
        nativeState: 'ISSUED',
        issuer: 'public',
        raw: null,
      },
    ],
  })),
} as Snapshot;

const integration = (after: object): Resource => {
  const own = shop().find(({ address }) => address === 'aws_apigatewayv2_integration.shop') as Resource;
  return { ...own, after: { ...own.after, ...after } };
};
const listener = (after: object): Resource => ({
  address: 'aws_lb_listener.shop',
  after: { port: 80, protocol: 'HTTP', default_action: [{ type: 'forward' }], ...after },
  refs: {
    load_balancer_arn: id('aws_lb.shop', 'arn'),
    'default_action.0.target_group_arn': id('aws_lb_target_group.shop', 'arn'),
  },
});
const secure = listener({ protocol: 'HTTPS', certificate_arn: CERTIFICATE });
const tls = (name: string) => integration({ tls_config: [{ server_name_to_verify: name }] });
const stage = (after: object): Resource => ({
  address: 'aws_apigatewayv2_stage.shop',
  after: { name: '$default', auto_deploy: true, ...after },
  refs: { api_id: id('aws_apigatewayv2_api.shop') },
});

/** Words of a spec and of its owners, which who has a plan does not have. */
const OF_A_SPEC = /postern apply|integrations\.|\blinks\.\w|assume\.|the spec|serverName|Ask (?:the|its) owner/;

it.each<[code: string, remedy: string, ...changed: readonly Resource[]]>([
  [
    'PROTOCOL_UNFIT',
    'Remove tls_config of aws_apigatewayv2_integration.shop, or write a port of',
    tls('shop.example.com'),
  ],
  [
    'PROTOCOL_UNFIT',
    'Write the name on the certificate of the listener as tls_config.server_name_to_verify of aws_apigatewayv2_integration.shop.',
    secure,
  ],
  [
    'NOT_COVERED',
    'Write one of the covered names (shop.example.com) as tls_config.server_name_to_verify of aws_apigatewayv2_integration.shop, or',
    secure,
    tls('stock.example.com'),
  ],
  [
    'REFUSES_EACH_CALL',
    'Write a rate and a burst above 0 for stage $default.',
    stage({ default_route_settings: [{ throttling_rate_limit: 0, throttling_burst_limit: 0 }] }),
  ],
  [
    'RULE_MAY_STOP',
    'Or send the host that the rule matches: overwrite:header.host in request_parameters of aws_apigatewayv2_integration.shop.',
    listener({ default_action: [{ type: 'forward' }] }),
    {
      address: 'aws_lb_listener_rule.shop',
      after: {
        priority: 10,
        action: [{ type: 'fixed-response', fixed_response: [{ status_code: '404', content_type: 'text/plain' }] }],
        condition: [{ host_header: [{ values: ['shop.example.com'] }] }],
      },
      refs: { listener_arn: id('aws_lb_listener.shop', 'arn') },
    },
  ],
])('a remedy of a plan names arguments of Terraform: %s, %s', async (code, remedy, ...changed) => {
  const { findings } = await judged(shop(...changed), { base: certified });
  const found = findings.filter((one) => one.code === code);
  expect(found.map((one) => one.remedy)).toContainEqual(expect.stringContaining(remedy));
  expect(findings.filter((one) => OF_A_SPEC.test(one.remedy ?? ''))).toEqual([]);
});

it('a remedy of a change set names properties', async () => {
  const text = readFileSync(new URL('../../../../examples/cloudformation/template.yaml', import.meta.url), 'utf8');
  const template = readTemplate(
    text.replace(
      'PayloadFormatVersion:',
      'TlsConfig: { ServerNameToVerify: shop.example.com }\n      PayloadFormatVersion:',
    ),
  );
  expect(Object.keys(template.resources['OrdersIntegration']?.['Properties'] ?? {})).toContain('TlsConfig');
  const Changes = Object.entries(template.resources).map(([name, { Type }]) => ({
    ResourceChange: { Action: 'Add', LogicalResourceId: name, ResourceType: Type },
  }));
  const StackId = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1';
  const page = { ChangeSetName: 'all', StackId, StackName: 'shop', Status: 'CREATE_COMPLETE', Changes };
  const { findings } = await judgedChangeSet(readChangeSet(JSON.stringify([page])), template, EMPTY);
  const remedies = findings.filter(({ code }) => code === 'PROTOCOL_UNFIT').map(({ remedy }) => remedy);
  expect(remedies).toEqual([expect.stringContaining('Remove TlsConfig of OrdersIntegration, or ')]);
});
