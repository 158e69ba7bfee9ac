import { expect, it } from 'vitest';
import {
  audit,
  auditText,
  type Audit,
  type TargetEntry,
  type TargetState,
} from '../../../../src/traditional/handover/internal.js';
import { target } from '../assess/rows.js';
import { api, source } from '../sample-source.js';

const route = (value: string, more: Partial<TargetEntry> = {}): TargetEntry => ({
  name: 'orders',
  methods: ['GET'],
  path: { type: 'Exact', value },
  deployed: true,
  ...more,
});

const state = (
  entries: readonly TargetEntry[],
  more: Partial<TargetState> & { readonly type?: string } = {},
): TargetState => {
  const { type = 'Http', ...rest } = more;
  return {
    gateway: target(),
    apis: [{ id: 'api-1', name: 'shop', type, basePath: '/', entries }],
    domains: [
      {
        name: 'api.example.com',
        protocol: 'HTTPS',
        certificate: '1234567-cn-hangzhou',
        forceHttps: true,
        mutualTls: false,
      },
    ],
    consumers: [{ name: 'webshop', enabled: true, keys: ['204000001'] }],
    ...rest,
  };
};

const on = (has: Parameters<typeof audit>[0], found: TargetState): Audit => audit(has, 'RELEASE', found);
const codes = ({ items }: Audit): readonly string[] => items.map(({ code }) => code);
const at = (method: string, path: string) => source({ apis: [api({ on: { method, path } })] });

it('finds what is carried over: routes, operations with other names of parameters, domains, consumers by their key', () => {
  const found = on(source(), state([route('/orders')]));
  expect(codes(found)).toEqual(['API_CARRIED', 'DOMAIN_CARRIED', 'APP_CARRIED']);
  expect(found.complete).toBe(true);
  const operation = route('/{number}', { path: { type: 'Operation', value: '/{number}' } });
  const rest = {
    ...state([]),
    apis: [{ id: 'a', name: 'shop', type: 'Rest', basePath: '/orders', entries: [operation] }],
  };
  expect(codes(on(at('GET', '/orders/[id]'), rest))[0]).toBe('API_CARRIED');
  expect(
    codes(
      on(
        at('GET', '/orders/[id]'),
        state([route('^/orders/[^/]+$', { path: { type: 'Regex', value: '^/orders/[^/]+$' } })]),
      ),
    )[0],
  ).toBe('API_CARRIED');
  expect(
    codes(on(at('ANY', '/files/*'), state([route('', { methods: [], path: { type: 'Prefix', value: '/files' } })])))[0],
  ).toBe('API_CARRIED');
});

it.each<[string, Audit]>([
  ['API_LOST', on(source(), state([]))],
  ['API_LOST', on(source(), state([route('/orders', { methods: ['POST'] })]))],
  ['API_SKIPPED', on(at('ANY', '/orders'), state([], { type: 'Rest' }))],
  ['API_SKIPPED', on(at('GET', '/files/*'), state([], { type: 'Rest' }))],
  ['ROUTE_NOT_DEPLOYED', on(source(), state([route('/orders', { deployed: false })]))],
  ['DOMAIN_LOST', on(source(), state([route('/orders')], { domains: [] }))],
  [
    'DOMAIN_REUSED',
    on(
      source(),
      state([route('/orders')], {
        domains: [{ name: 'api.example.com', protocol: 'HTTP', forceHttps: false, mutualTls: true }],
      }),
    ),
  ],
  ['APP_LOST', on(source(), state([route('/orders')], { consumers: [] }))],
  [
    'CONSUMER_REUSED',
    on(source(), state([route('/orders')], { consumers: [{ name: 'webshop', enabled: true, keys: ['1'] }] })),
  ],
  [
    'CONSUMER_DISABLED',
    on(source(), state([route('/orders')], { consumers: [{ name: 'x', enabled: false, keys: ['204000001'] }] })),
  ],
])('reports %s', (code, found) => {
  expect(codes(found)).toContain(code);
  expect(found.complete).toBe(false);
  expect(auditText(found)).toContain(`${code}: `);
  expect(auditText(found)).toContain('✗ Something is missing or differs.');
});

it('does not compare plug-ins, nor keys that were not read, and says so', () => {
  const has = source({
    plugins: [{ id: 'p', name: 'limit', type: 'trafficControl', body: {}, uses: [{ stage: 'RELEASE' }] }],
  });
  const found = on(has, state([route('/orders')], { consumers: [{ name: 'webshop', enabled: true }] }));
  expect(codes(found)).toEqual(['API_CARRIED', 'DOMAIN_CARRIED', 'KEY_NOT_COMPARED', 'PLUGIN_NOT_COMPARED']);
  expect(found.complete).toBe(true);
});
