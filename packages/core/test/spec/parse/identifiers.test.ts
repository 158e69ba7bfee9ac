import { hidingValues } from '../../../src/do/hidden-values.js';
import { describe, expect, it } from 'vitest';
import { expandEnvironment } from '../../../src/spec/parse/environment.js';
import type { Plain } from '../../../src/spec/source/source-node.js';
import { CLOUDS, parseSpec } from '../../clouds.js';

const GROUP = 'b4e4e1e9a2f54c3a8a8d2a9b0c1d2e3f';

/** The values that stay hidden of a part of a spec whose variables have a value. */
function hidden(part: Plain, value: string): readonly string[] {
  const values = { X: value };
  return [...expandEnvironment(part, { env: values, vars: values }, CLOUDS).values.keys()];
}

const orders = (integration: Plain): Plain => ({ integrations: { orders: integration } });
const main = (link: Plain): Plain => ({ links: { main: link } });

it.each<[string, Plain, string]>([
  ['an HTTP API', orders({ gateway: { httpApi: '${env:X}' } }), 'uwq694pz5j'],
  ['an API group', orders({ gateway: { apiGroup: '${var:X}' } }), GROUP],
  [
    'a load balancer by its name',
    orders({ targets: { main: { listener: { loadBalancer: '${env:X}', port: 80 } } } }),
    'orders-alb',
  ],
  ['a listener', orders({ targets: { main: { listener: '${env:X}' } } }), 'orders-listener'],
  ['a link', main({ id: '${env:X}' }), 'apigateway-hz-72bc18d4f1aa'],
  ['a link in its integration', orders({ link: { id: '${env:X}' } }), 'apigateway-hz-72bc18d4f1aa'],
  ['a subnet', main({ subnets: ['subnet-0a', '${env:X}'] }), 'vsw-of-the-test'],
  [
    'a gateway that is a tag, too',
    { ...(orders({ gateway: { httpApi: '${env:X}' } }) as object), links: { main: { tags: { api: '${env:X}' } } } },
    'uwq694pz5j',
  ],
])('a variable that names a resource of a cloud is shown: %s', (_, part, value) => {
  expect(hidden(part, value)).toEqual([]);
});

it.each<[string, Plain, string]>([
  ['a text that no gateway has as its ID', orders({ gateway: { httpApi: '${env:X}' } }), 'hunter2 hunter2'],
  ['a part of an ID', orders({ gateway: { httpApi: 'a-${env:X}' } }), 'hunter2hunter2'],
  ['a stage', orders({ gateway: { httpApi: 'a1b2c3d4e5', stage: '${env:X}' } }), 'hunter2hunter2'],
  [
    'a setting of a target',
    orders({ targets: { main: { address: '10.0.0.1', tls: { serverName: '${env:X}' } } } }),
    'hunter2hunter2',
  ],
  ['the name of a link', main({ name: '${env:X}' }), 'hunter2hunter2'],
  ['a tag', main({ tags: { id: '${env:X}' } }), 'hunter2hunter2'],
  ['the name of a subnet', main({ subnets: [{ name: '${env:X}' }] }), 'hunter2hunter2'],
  ['a value of a route', orders({ settings: { gateway: { httpApi: '${env:X}' } } }), 'hunter2hunter2'],
])('another variable is hidden: %s', (_, part, value) => {
  expect(hidden(part, value)).toEqual([value]);
});

it('plans and errors of a spec show the gateway, and hide a tag', () => {
  const text = `version: 1
project: shop
defaults: { region: eu-west-1 }
links: { eu: { provider: aws, id: abc123, tags: { team: '\${env:TEAM}' } } }
integrations: { orders: { link: eu, gateway: { httpApi: '\${env:API}' }, targets: {}, routes: {} } }
`;
  const shown = hidingValues(parseSpec(text, { env: { API: 'uwq694pz5j', TEAM: 'hunter2hunter2' } }));
  expect(shown?.('gateway uwq694pz5j of hunter2hunter2')).toBe('gateway uwq694pz5j of ${env:TEAM}');
});

describe('a value that is a word of a format', () => {
  const shown = hidingValues(parseSpec('version: 1\nproject: "${var:stage}"\n', { vars: { stage: 'integration' } }));
  it('renames no member of a JSON text', () => {
    const json = {
      integration: 'orders',
      'integration orders': ['integration'],
      of: { integration: { a: 'integration' } },
    };
    const hidden = JSON.stringify(json)
      .replace('["integration"]', '["${var:stage}"]')
      .replace('"a":"integration"', '"a":"${var:stage}"');
    expect(shown?.(JSON.stringify(json))).toBe(hidden);
    const pretty = JSON.parse(shown?.(JSON.stringify(json, undefined, 2)) ?? '');
    expect(pretty).toEqual(JSON.parse(hidden));
  });
  it('is hidden in other texts, also in quotes before a colon', () => {
    expect(shown?.('a, "integration": not found')).toBe('a, "${var:stage}": not found');
    expect(shown?.('{"message":"x, \\"integration\\": y"}')).toBe('{"message":"x, \\"${var:stage}\\": y"}');
  });
});
