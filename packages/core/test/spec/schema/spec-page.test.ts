import { CLOUDS, parseSpec, specFrom } from '../../clouds.js';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { specJsonSchema } from '../../../src/internal/spec.js';

const PAGE = readFileSync(new URL('../../../../../docs/spec.md', import.meta.url), 'utf8');
const ENV = { LINK_ID: 'a1b2c3', API_ID: 'a1b2c3d4e5', PORT: '8443' };

type Values = Record<string, unknown>;

interface Row {
  /** The section: `links.<name>`; empty at the top level. */
  readonly section: string;
  readonly key: string;
  readonly type: string;
  readonly clouds: readonly Cloud[];
  readonly examples: readonly string[];
}

type Cloud = 'AWS' | 'Alibaba Cloud';

/** The rows of the tables of keys, as a reader sees them. */
function rowsOf(page: string): readonly Row[] {
  let section = '';
  return page.split('\n').flatMap((line): Row[] => {
    section = /^## (.*)/.exec(line)?.[1]?.replace('Top level', '').replaceAll('`', '') ?? section;
    const [, key, , type = '', , cloud, examples = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    if (cloud === undefined || !key?.startsWith('`')) return [];
    const clouds: Cloud[] = cloud === 'both' ? ['AWS', 'Alibaba Cloud'] : [cloud as Cloud];
    return [
      {
        section,
        key: key.replaceAll('`', ''),
        type: type.replace(/^\[(.*)\].*/, '$1'),
        clouds,
        examples: [...examples.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text.replaceAll('\\|', '|')),
      },
    ];
  });
}

/** The products of a cloud: the second one of Alibaba Cloud has keys of its own. */
const PRODUCTS: Readonly<Record<Cloud, readonly Product[]>> = {
  AWS: ['first'],
  'Alibaba Cloud': ['first', 'cloud-native'],
};
type Product = 'first' | 'cloud-native';

/** A spec that the parser accepts, to put examples into. */
function baseOf(cloud: Cloud, product: Product): Values {
  const aws = cloud === 'AWS';
  if (product === 'cloud-native') return cloudNative();
  return {
    version: 1,
    project: 'shop',
    links: {
      main: aws
        ? { provider: 'aws', region: 'eu-west-1', subnets: ['subnet-0a1b2c3d'] }
        : { provider: 'alibaba', region: 'cn-hangzhou', subnets: ['vsw-bp1a2b3c'], securityGroups: ['sg-bp7g8h9i'] },
    },
    integrations: {
      orders: {
        link: 'main',
        gateway: aws ? { httpApi: 'a1b2c3d4e5' } : { apiGroup: '523e8dc7bbe04613b5b1d726c2a7889d' },
        targets: {
          orders: aws
            ? { listener: { loadBalancer: 'orders-alb', port: 443 } }
            : { instance: 'lb-bp1x2y3z', port: 8080 },
        },
        routes: { 'ANY /orders': 'orders' },
      },
    },
  };
}

function cloudNative(): Values {
  return {
    version: 1,
    project: 'shop',
    links: {
      main: { provider: 'alibaba', kind: 'apig-gateway', region: 'cn-hangzhou', subnets: ['vsw-bp1a2b3c'] },
    },
    integrations: {
      orders: {
        link: 'main',
        gateway: { apigHttpApi: 'api-d1a2b3c4e5' },
        targets: { orders: { address: '10.20.0.7', port: 8080 } },
        routes: { 'ANY /orders': 'orders' },
      },
    },
  };
}

/** Keys of which an object has exactly one. */
const ALTERNATIVES = [
  ['kind', 'loadBalancer', 'subnets'],
  ['httpApi', 'restApi', 'webSocketApi', 'apiGroup', 'apigHttpApi'],
  ['listener', 'service', 'instance', 'address', 'addresses', 'nacos', 'dnsName'],
];

/** What a key needs besides: keys of other objects, or of its own, as the parser requires them. */
function addContext(spec: Values, section: string, key: string, object: Values): void {
  const { orders } = spec['integrations'] as Record<string, Values>;
  const isAws = object['provider'] === 'aws';
  if (section === 'links.<name>' && key === 'kind') object['id'] = isAws ? 'a1b2c3' : 'gw-1a2b3c';
  if (section === 'links.<name>' && key === 'kind' && !isAws) delete object['securityGroups'];
  if (key === 'restApi') object['stage'] = 'prod';
  if (key === 'webSocketApi' && orders) orders['routes'] = { sendOrder: 'orders' };
  const rest = { restApi: 'a1b2c3d4e5', stage: 'prod' };
  if (section.endsWith('gateway.throttle') && orders)
    Object.assign(orders['gateway'] as Values, { httpApi: 'a1b2c3d4e5' });
  if (section.endsWith('.nacos') && orders) {
    object['service'] = 'orders';
    orders['targets'] = { orders: { nacos: object } };
  }
  if (section.endsWith('gateway.cache') && orders)
    orders['gateway'] = { ...rest, cache: Object.assign(object, { size: 0.5 }) };
  if (key === 'stage' || key === 'clientCertificate' || key === 'cache')
    Object.assign(object, rest, { httpApi: undefined });
  // Parameters of the path are variables of the route key.
  if (section.endsWith('parameters') && key === 'path' && orders) {
    orders['routes'] = { 'ANY /orders/{id}/{order}': (orders['routes'] as Values)['ANY /orders'] };
  }
  // REST APIs have every setting of routes.
  if (section.includes('<route key>') && orders && 'httpApi' in (orders['gateway'] as Values)) orders['gateway'] = rest;
}

/** Where a section is in the base: names become those of the base, and lists and objects that it lacks are added. */
function objectAt(spec: Values, section: string, rows: readonly Row[], product: Product): Values {
  const names: Record<string, string> = {
    links: 'main',
    integrations: 'orders',
    targets: 'orders',
    routes: 'ANY /orders',
  };
  let at = spec;
  let last = '';
  for (const part of section === '' ? [] : section.split('.')) {
    const key = part.startsWith('<') ? (names[last] ?? '') : part.replace('[]', '');
    last = key;
    if (part.endsWith('[]')) at = ((at[key] = [{}]) as Values[])[0] ?? {};
    else
      at = (
        typeof at[key] === 'object' ? at[key] : (at[key] = part === '<route key>' ? { target: 'orders' } : {})
      ) as Values;
  }
  // The other required members of an object are taken from the examples of its other keys.
  for (const row of rows.filter((one) => one.section === section))
    if (
      [product === 'first' ? 'cidr' : 'group', 'ports', 'check', 'reason'].includes(row.key) ||
      (['loadBalancer', 'port'].includes(row.key) && section.endsWith('listener'))
    )
      Object.assign(at, parse(row.examples[0] ?? ''));
  return at;
}

function specWith(row: Row, example: string, cloud: Cloud, product: Product, rows: readonly Row[]): Values {
  const { section, key } = row;
  const spec = baseOf(cloud, product);
  const object = objectAt(spec, section, rows, product);
  const others = ALTERNATIVES.find((keys) => keys.includes(key)) ?? [];
  for (const other of others) delete object[other];
  addContext(spec, section, key, object);
  if (key === 'links') delete spec['integrations'];
  if (['listener', 'service', 'nacos'].includes(key)) delete object['port'];
  // The other side of a move is of the same kind.
  const side = rows.find((other) => section === 'moved[]' && other.section === section && other.key !== key);
  if (side !== undefined) Object.assign(object, parse(side.examples[row.examples.indexOf(example)] ?? ''));
  if (key === 'provider' && parse(example).provider !== object['provider']) throw new Error('another cloud');
  return Object.assign(object, parse(example)) && spec;
}

function isAccepted(row: Row, example: string, cloud: Cloud, rows: readonly Row[]): boolean {
  return PRODUCTS[cloud].some((product) => {
    try {
      specFrom(specWith(row, example, cloud, product, rows));
      return true;
    } catch {
      return false;
    }
  });
}

/** The rows of the table of types. */
function typesOf(page: string): readonly { readonly type: string; readonly example: string }[] {
  const [, table = ''] = page.split('## Types');
  return [...table.matchAll(/^\| ([\w -]+) \| .* \| `(.*)` \|$/gm)]
    .map(([, type = '', example = '']) => ({ type, example }))
    .filter(({ type }) => type !== 'type');
}

/** The example of a type as a value of a key: itself, or in a list or map of that type. */
function valueOf(rowType: string, type: string, example: unknown): unknown {
  if (rowType === type) return example;
  if (rowType.startsWith('list of ') && rowType.includes(type.slice(0, -1))) return [example];
  if (rowType.startsWith(`map of ${type} to `)) return { [String(example)]: 'orders' };
  return rowType.endsWith(` to ${type}`) ? { main: example } : undefined;
}

describe('docs/spec.md', () => {
  const rows = rowsOf(PAGE);
  it.each(rows)('the parser accepts the examples of $section $key', (row) => {
    const accepted = row.examples.map((example) => row.clouds.filter((cloud) => isAccepted(row, example, cloud, rows)));
    for (const [at, clouds] of accepted.entries())
      expect({ example: row.examples[at], clouds }).not.toMatchObject({ clouds: [] });
    expect([...new Set(accepted.flat())].toSorted()).toEqual(row.clouds.toSorted());
  });
  it('has a row for every key of the schema', () => {
    const keys = new Set<string>();
    const walk = (schema: unknown): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const key of Object.keys((schema as { properties?: object }).properties ?? {})) keys.add(key);
      for (const member of Object.values(schema)) walk(member);
    };
    walk(specJsonSchema(CLOUDS));
    keys.delete('tag'); // of look-ups, which are a type
    expect([...keys].filter((key) => !rows.some((row) => row.key === key))).toEqual([]);
  });
  it.each(typesOf(PAGE))('the parser accepts the example of $type: $example', ({ type, example }) => {
    const value: unknown = parse(example);
    const accepting = rows.filter((row) => {
      const text = JSON.stringify({ [row.key]: valueOf(row.type, type, value) });
      return row.clouds.some((cloud) => isAccepted(row, text, cloud, rows));
    });
    expect(accepting).not.toEqual([]);
  });
  it.each([...PAGE.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text))('the parser accepts %s', (text) => {
    expect(parseSpec(text, { env: ENV }).project).toBe('shop');
  });
  it('finds an example that the parser refuses', () => {
    const row = rows.find(({ section, key }) => section === 'links.<name>' && key === 'subnets');
    expect(row && isAccepted(row, 'subnets: [vpc-0a1b2c3d]', 'AWS', rows)).toBe(false);
  });
});
