import { parseSpec, specFromSnapshot } from '../../../core/test/clouds.js';
import { readFileSync } from 'node:fs';
import { plans as alibabaPlans } from '@postern/alibaba/plans';
import { plans as awsPlans } from '@postern/aws/plans';
import { routeIdentity, shortMark } from '@postern/core/internal/adapter';
import { readTerraform, terraformSnapshot } from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import { id, planText, shop, type Resource } from '../../../aws/test/plans/shop-plan.js';

const LISTENER =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/3180e401b516f3fd/2a525759609ee894';

type Values = Readonly<Record<string, unknown>>;

/** What exists, by address: a link, an API, and a route over the link. */
const STATE: Readonly<Record<string, Values>> = {
  'aws_apigatewayv2_vpc_link.shop': {
    id: 'pukn7n',
    arn: 'arn:aws:apigateway:eu-west-1::/vpclinks/pukn7n',
    name: 'shop',
    subnet_ids: ['subnet-1'],
    security_group_ids: [],
  },
  'aws_apigatewayv2_api.shop': { id: 'gbulw59f16', name: 'shop', protocol_type: 'HTTP' },
  'aws_apigatewayv2_integration.shop': {
    id: 'abc1234',
    api_id: 'gbulw59f16',
    connection_type: 'VPC_LINK',
    connection_id: 'pukn7n',
    integration_uri: LISTENER,
    timeout_milliseconds: 30_000,
  },
  'aws_apigatewayv2_route.shop': {
    id: 'def5678',
    api_id: 'gbulw59f16',
    route_key: 'GET /orders',
    target: 'integrations/abc1234',
  },
};

const PLANS = [awsPlans, alibabaPlans];

function imported(text: string, { region, spec }: { readonly region?: string; readonly spec?: string } = {}) {
  const { snapshot, left } = terraformSnapshot(readTerraform(text), undefined, { plans: PLANS, region });
  const yaml = specFromSnapshot(snapshot, { project: 'shop', spec, source: 'file.json', left });
  return { left, yaml, ...parseSpec(yaml) };
}

/** The JSON of a state; `more` has other values of a resource, or `undefined` where it is not there. */
function stateText(more: Readonly<Record<string, Values | undefined>> = {}, sensitive: Values = {}): string {
  const resources = Object.entries({ ...STATE, ...more }).flatMap(([address, values]) => {
    const [type, name] = address.split('.');
    if (values === undefined) return [];
    return {
      address,
      mode: 'managed',
      type,
      name,
      values: { ...STATE[address], ...values },
      sensitive_values: sensitive,
    };
  });
  return JSON.stringify({ format_version: '1.0', values: { root_module: { resources } } });
}

/** A plan over {@link STATE}. */
function planned(...changes: readonly Resource[]): string {
  const kept = Object.entries(STATE).map(([address, values]): Resource => ({
    address,
    actions: ['no-op'],
    before: values as never,
    after: values as never,
  }));
  const changed = new Set(changes.map(({ address }) => address));
  return planText([...kept.filter(({ address }) => !changed.has(address)), ...changes]);
}

describe('a spec of a state', () => {
  it('has its links and routes, in the region that its ARNs name', () => {
    const { left, links, integrations } = imported(stateText());
    expect(left).toEqual([]);
    expect(links).toMatchObject({ shop: { id: 'pukn7n', region: 'eu-west-1', owner: 'external' } });
    expect(Object.values(integrations)).toMatchObject([
      { gateway: { httpApi: 'gbulw59f16' }, routes: { 'GET /orders': 'shop' } },
    ]);
    expect(links['shop']).not.toHaveProperty('account');
  });

  it('has no sensitive value, and names what it leaves out', () => {
    const { left, yaml } = imported(stateText({}, { integration_uri: true }));
    expect(yaml).not.toContain('listener/app');
    expect(yaml).toContain('# Left out: aws_apigatewayv2_route.shop');
    expect(left.join('\n')).toContain('integration_uri');
  });

  it('notes what it takes from the state because the snapshot lacks it, and leaves nothing out for it', () => {
    const place = { plans: PLANS, region: 'eu-west-1' };
    const older = readTerraform(stateText({ 'aws_apigatewayv2_vpc_link.shop': undefined }));
    const { left, notes } = terraformSnapshot(
      readTerraform(stateText()),
      terraformSnapshot(older, undefined, place).snapshot,
      place,
    );
    expect(left).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(/^aws_apigatewayv2_vpc_link\.shop \(pukn7n\): in the state/)]);
  });

  it('names what is not read', () => {
    const gateway = { 'alicloud_cr_x.y': {}, 'alicloud_apig_unread.shop': { id: 'gw-1', region: 'cn-hangzhou' } };
    expect(imported(stateText(gateway)).left).toEqual(['alicloud_apig_unread.shop: alicloud_apig_unread is not read']);
  });
});

describe('a spec of a plan', () => {
  it('of which all is created is empty, and names each thing without its made-up ID', () => {
    const { left, yaml, links, integrations } = imported(planText(shop()), { region: 'eu-west-1' });
    expect({ links, integrations }).toEqual({ links: {}, integrations: {} });
    expect(left).toEqual([
      'aws_apigatewayv2_vpc_link.shop, aws_apigatewayv2_api.shop: the ID is known after the apply',
    ]);
    expect(yaml).not.toMatch(/\btf[a-z][0-9a-f]{8}\b/);
  });

  it('lacks what the plan deletes', () => {
    const before = STATE['aws_apigatewayv2_route.shop'] as never;
    const gone = { address: 'aws_apigatewayv2_route.shop', actions: ['delete'], before };
    expect(imported(planned(gone)).integrations).toEqual({});
  });

  it('has a route that it creates where link, gateway and target exist', () => {
    const route: Resource = {
      address: 'aws_apigatewayv2_route.more',
      after: { api_id: 'gbulw59f16', route_key: 'GET /more' },
      refs: { target: id('aws_apigatewayv2_integration.shop') },
    };
    const { left, integrations } = imported(planned(route));
    expect(left).toEqual([]);
    expect(Object.keys(Object.values(integrations)[0]?.routes ?? {})).toEqual(['GET /more', 'GET /orders']);
  });

  it('lacks a route whose link is one of several', () => {
    const other: Resource = {
      address: 'aws_apigatewayv2_vpc_link.other',
      actions: ['no-op'],
      before: { id: 'other12', subnet_ids: ['subnet-2'] },
      after: { id: 'other12', subnet_ids: ['subnet-2'] },
    };
    const integration: Resource = {
      address: 'aws_apigatewayv2_integration.shop',
      actions: ['update'],
      before: STATE['aws_apigatewayv2_integration.shop'] as never,
      after: { ...STATE['aws_apigatewayv2_integration.shop'], connection_id: undefined },
      refs: { connection_id: [...id('aws_apigatewayv2_vpc_link.shop'), ...id('aws_apigatewayv2_vpc_link.other')] },
    };
    const { left, integrations } = imported(planned(other, integration));
    expect(integrations).toEqual({});
    expect(left.join('\n')).toContain(
      'aws_apigatewayv2_integration.shop.connection_id is known after the apply: it is one of 2 values',
    );
  });
});

describe('a spec of what `export terraform` wrote and Terraform imported', () => {
  // The state of Terraform 1.11.4 with the AWS provider 5.100.0, after the apply on the simulated cloud.
  const state = readFileSync(new URL('recorded/exported-state.json', import.meta.url), 'utf8');

  it('owns the same again, though the state has neither the API nor the listener', () => {
    const { left, links, integrations } = imported(state, { spec: 'shop-aaaaaa' });
    expect(left).toEqual([]);
    expect(links).toMatchObject({
      main: {
        account: '111122223333',
        subnets: ['subnet-2085adf2ce6e97aba', 'subnet-907d6ddbea2eb07d7'],
        allowlist: ['10.0.0.0/16', '10.3.0.0/16', '10.7.0.0/16', '10.9.0.0/24'],
        // The ports of targets are not in the state.
        allowPorts: {
          '10.0.0.0/16': [{ fromPort: 80, toPort: 80 }],
          '10.9.0.0/24': [{ fromPort: 8080, toPort: 8090 }],
        },
        tags: { team: 'shop', 'a b': "${x} %{y} 'q'" },
      },
    });
    expect(integrations).toMatchObject({
      main: {
        gateway: { httpApi: '9iidas4maq' },
        settings: {
          'GET /pay': { timeoutMs: 5_000, parameters: { header: { 'x-tenant': 'query.tenant', 'x-c': "'a b'" } } },
        },
      },
    });
    for (const one of [links['main'], integrations['main']]) expect(one).not.toHaveProperty('owner');
  });

  it('owns routes with marks of their own, and none that has neither a mark nor a name in that of its integration', () => {
    const unnamed = state.replaceAll(/ \[(?:be4497|c4b5a8)\]/g, '');
    const by = { project: 'shop', spec: 'shop-aaaaaa' };
    const marked = unnamed.replaceAll(/"route_key": ?"([^"]+)"/g, (text, key: string) => {
      const name = shortMark(by, routeIdentity('9iidas4maq', key));
      return `${text}, "operation_name": "${name}"`;
    });
    const unbound = (text: string) =>
      terraformSnapshot(readTerraform(text), undefined, { plans: PLANS }).snapshot.regions.flatMap(({ gateways }) =>
        gateways.flatMap(({ routes }) => routes.map(({ owner }) => [owner?.spec, owner?.unbound])),
      );
    const each = (isUnbound?: true) => [1, 2].map(() => ['shop-aaaaaa', isUnbound]);
    expect([state, marked, unnamed].map(unbound)).toEqual([each(), each(), each(true)]);
  });

  it('does not own what has a mark that was copied from something else', () => {
    const copied = state.replaceAll('#12892255', '#00000000').replaceAll('"postern:shop@shop-aaaaaa/main"', '"mine"');
    const { links, integrations } = imported(copied, { spec: 'shop-aaaaaa' });
    expect(Object.values(integrations)).toMatchObject([{ owner: 'external' }]);
    expect(links['main']?.allowlist).toBeUndefined();
  });
});
