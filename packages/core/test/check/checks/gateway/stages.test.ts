import { describe } from 'vitest';
import type { CachedCall, CacheSettings } from '../../../../src/do/model/gateway.js';
import { named } from '../all-checks.js';
import { rest, webSocket } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { alibaba, aws, type World, withhold } from '../world.js';

const FORMAT = 'gateways.api-1.stages.0.accessLog.format';

describe('aws/access-log', () => {
  checkTable(named('aws/access-log'), {
    'the format has the error of the integration': [
      aws(),
      'pass INTEGRATION_LOGGED',
      { subject: 'stage $default of api-1', evidence: '$default' },
    ],
    'Alibaba Cloud logs no calls by stage': [alibaba(), 'nothing'],
    'there is no access log': [
      aws({ 'gateways.api-1.stages.0.accessLog': {} }),
      'note NO_ACCESS_LOG',
      {
        says: 'stage $default of orders-api has no access log',
        remedy: '$context.integration.status',
        evidence: '$default',
      },
    ],
    'the stage of a REST API has none': [
      rest({ 'gateways.api-1.stages.0.accessLog': {} }),
      'note NO_ACCESS_LOG',
      ['stage prod of orders-api', 'whether status 500 or 504 came'],
    ],
    'the stage of a WebSocket API has none': [
      webSocket({ 'gateways.api-1.stages.0.accessLog': {} }),
      'note NO_ACCESS_LOG',
      'stage prod of orders-api',
    ],
    'the format has neither status nor error of the integration': [
      aws({ [FORMAT]: '$context.status $context.integrationLatency $context.integration.latency' }),
      'note INTEGRATION_NOT_LOGGED',
      { says: 'neither the status nor the error', remedy: 'access log of stage $default of api-1' },
    ],
    'the status of the backend is enough': [
      aws({ [FORMAT]: '$context.integration.status' }),
      'pass INTEGRATION_LOGGED',
    ],
    'the type of an answer of the gateway is enough': [
      aws({ [FORMAT]: '{"type":"$context.error.responseType"}' }),
      'pass INTEGRATION_LOGGED',
    ],
    'a variable of the integration that no table lists shows it': [
      aws({ [FORMAT]: '$context.integration.faults' }),
      'pass INTEGRATION_LOGGED',
    ],
    'it was not read': [
      aws({ 'gateways.api-1.stages.0.accessLog': undefined }),
      'unknown note LOG_NOT_READ',
      { says: 'logs the errors of integrations', remedy: 'postern snapshot' },
    ],
    'the gateway was not read': [
      aws(withhold('gateways', 'apigateway:GET')),
      'unknown note STAGES_NOT_READ',
      'gateway',
    ],
  });
});

/** The stages of the REST API are in these plans, and the route needs an API key. */
const keyed =
  (usagePlans: readonly string[] | undefined, { apiKey = true }: { readonly apiKey?: boolean } = {}) =>
  ({ the }: World): void => {
    const api = the('gateways', 'api-1');
    for (const route of api.routes) Object.assign(route, { settings: { ...route.settings, apiKey } });
    for (const stage of api.stages) Object.assign(stage, { usagePlans });
  };

const KEY = { 'integration.settings': { 'ANY /orders': { apiKey: true } } };

describe('aws/usage-plan', () => {
  checkTable(named('aws/usage-plan'), {
    'no route needs a key': [rest(), 'nothing'],
    'an HTTP API has no keys': [aws(), 'nothing'],
    'a plan contains the stage': [rest(keyed(['plan1'])), 'pass IN_USAGE_PLAN', { says: 'plan1', evidence: 'prod' }],
    'no plan contains the stage': [
      rest(keyed([])),
      'error NO_USAGE_PLAN',
      {
        subject: 'gateway api-1, prod',
        says: ['for ANY /orders', 'no usage plan contains stage prod', 'status 403'],
        remedy: 'Add stage prod of api-1 to a usage plan',
      },
    ],
    '`postern apply` makes the route need a key': [rest(keyed([], { apiKey: false }), KEY), 'warning NO_USAGE_PLAN'],
    '`postern apply` creates the stage': [
      rest(keyed([]), KEY, { 'integration.gateway': { restApi: 'api-1', stage: 'beta' } }),
      'warning STAGE_IS_NEW',
      { says: '`postern apply` creates stage beta', remedy: 'After `postern apply`, add stage beta of api-1' },
    ],
    '`postern apply` makes the route need no key': [
      rest(keyed([]), { 'integration.settings': { 'ANY /orders': { apiKey: false } } }),
      'nothing',
    ],
    'the plans were not read': [
      rest(keyed(undefined)),
      'unknown PLANS_NOT_READ',
      { says: 'for ANY /orders', remedy: 'postern snapshot' },
    ],
    'the plans were not read, and no route needs a key yet': [
      rest(keyed(undefined, { apiKey: false }), KEY),
      'unknown PLANS_NOT_READ',
      { says: 'for ANY /orders', remedy: 'Look in the usage plans of API Gateway for stage prod' },
    ],
  });
});

/** The stage of the REST API has this cache. */
const cached = (calls: readonly CachedCall[]) => ({ 'gateways.api-1.stages.0.cache': { size: 0.5, calls } });

/** The spec declares this cache. */
const declared =
  (cache: CacheSettings) =>
  ({ integration }: World): void => {
    integration.stageSettings = { cache };
  };

describe('aws/stage-cache', () => {
  checkTable(named('aws/stage-cache'), {
    'an HTTP API has no cache': [aws(), 'nothing'],
    'the stage has no cache': [rest(), 'pass NOT_CACHED', { says: 'no call of ANY /orders' }],
    'the cache answers calls of others': [
      rest(cached([{ key: 'GET /carts', ttlSeconds: 60 }])),
      'pass NOT_CACHED',
      'stage prod of orders-api',
    ],
    'a call of a route for all methods is cached': [
      rest(cached([{ key: 'GET /orders', ttlSeconds: 300 }])),
      'note ANSWERED_FROM_CACHE',
      {
        subject: 'gateway api-1, prod',
        says: ['answers GET /orders from its cache for up to 300 s'],
        remedy: 'postern probe --via test-call',
        evidence: 'prod',
      },
    ],
    'another route takes the cached call': [
      rest(cached([{ key: 'GET /orders', ttlSeconds: 300 }]), ({ the }) => {
        const { routes } = the('gateways', 'api-1');
        routes.push({ ...routes[0]!, id: 'r1/GET', key: 'GET /orders' });
      }),
      'pass NOT_CACHED',
      'ANY /orders',
    ],
    'answers are kept for longer than by default': [
      rest(
        cached([
          { key: 'GET /orders', ttlSeconds: 60 },
          { key: 'POST /orders', ttlSeconds: 301 },
        ]),
      ),
      'warning ANSWERED_FROM_CACHE',
      'for up to 301 s',
    ],
    'the spec declares a cache that the stage does not have': [
      rest(declared({ size: 0.5, ttlSeconds: 600 })),
      'warning ANSWERED_FROM_CACHE',
      'answers GET /orders from its cache for up to 600 s once the spec is applied',
    ],
    'the spec declares another TTL': [
      rest(cached([{ key: 'GET /orders', ttlSeconds: 600 }]), declared({ size: 0.5, ttlSeconds: 60 })),
      'note ANSWERED_FROM_CACHE',
      'for up to 60 s once the spec is applied',
    ],
    'the spec declares the cache of the stage': [
      rest(cached([{ key: 'GET /orders', ttlSeconds: 60 }]), declared({ size: 0.5, ttlSeconds: 60 })),
      'note ANSWERED_FROM_CACHE',
      'for up to 60 s: so long',
    ],
    'the spec declares a cache that keeps nothing': [
      rest(cached([{ key: 'GET /orders', ttlSeconds: 60 }]), declared({ size: 0.5, ttlSeconds: 0 })),
      'pass NOT_CACHED',
      'no call of ANY /orders',
    ],
    'the gateway was not read': [
      rest(withhold('gateways', 'apigateway:GET')),
      'unknown note STAGES_NOT_READ',
      'calls of ANY /orders',
    ],
    'it was not read': [
      rest({ 'gateways.api-1.stages.0.cache': undefined }),
      'unknown note CACHE_NOT_READ',
      { says: 'calls of ANY /orders', remedy: 'postern snapshot' },
    ],
  });
});
