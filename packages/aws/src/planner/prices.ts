import type { FeatureCost, Price, Prices } from '@postern/core/internal/planner';

const WHITEPAPER =
  'https://docs.aws.amazon.com/whitepapers/latest/best-practices-api-gateway-private-apis-integration/cost-optimization.html';
const ELB = 'https://aws.amazon.com/elasticloadbalancing/pricing/';
const GATEWAY = 'https://aws.amazon.com/api-gateway/pricing/';
const PRIVATELINK = 'https://aws.amazon.com/privatelink/pricing/';
const WAF = 'https://aws.amazon.com/waf/pricing/';

const TABLE = {
  'http-api-calls': {
    per: 'million',
    incrementKb: 512, // the page of GATEWAY
    tiers: [{ upTo: 300, usd: 1 }, { usd: 0.9 }],
    source: WHITEPAPER,
  },
  'rest-api-calls': {
    per: 'million',
    tiers: [{ upTo: 333, usd: 3.5 }, { upTo: 1_000, usd: 2.8 }, { upTo: 20_000, usd: 2.38 }, { usd: 1.51 }],
    source: WHITEPAPER,
  },
  'websocket-messages': {
    per: 'million',
    incrementKb: 32,
    tiers: [{ upTo: 1_000, usd: 1 }, { usd: 0.8 }],
    source: GATEWAY,
    secondHand: true,
  },
  /** The smallest cache, of 0.5 GB, for a stage. */
  'rest-api-cache': { per: 'hour', tiers: [{ usd: 0.02 }], source: GATEWAY, secondHand: true },
  alb: { per: 'hour', tiers: [{ usd: 0.0225 }], source: ELB },
  'alb-lcu': { per: 'hour', tiers: [{ usd: 0.008 }], source: ELB },
  nlb: { per: 'hour', tiers: [{ usd: 0.0225 }], source: ELB },
  'nlb-lcu': { per: 'hour', tiers: [{ usd: 0.006 }], source: ELB },
  /** For each zone of an interface endpoint. */
  'endpoint-zone': { per: 'hour', tiers: [{ usd: 0.01 }], source: PRIVATELINK },
  /** 1 PB, 4 PB, and all above: of all endpoints of a region together. */
  'endpoint-data': {
    per: 'GB',
    tiers: [{ upTo: 1_048_576, usd: 0.01 }, { upTo: 5_242_880, usd: 0.006 }, { usd: 0.004 }],
    source: PRIVATELINK,
  },
  'waf-acl': { per: 'month', tiers: [{ usd: 5 }], source: WAF, secondHand: true },
  'waf-rule': { per: 'month', tiers: [{ usd: 1 }], source: WAF, secondHand: true },
  'waf-requests': { per: 'million', tiers: [{ usd: 0.6 }], source: WAF, secondHand: true },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof TABLE;

/** Hours of a month, for capacity units of data. */
const HOURS_A_MONTH = 730;
/** Zones of an interface endpoint. */
const ENDPOINT_ZONES = 2;

const FEATURES: readonly FeatureCost<PriceName>[] = [
  {
    of: 'caching',
    adds: [{ price: 'rest-api-cache', what: 'caches of 0.5 GB', amount: ({ apis }) => apis }],
  },
  {
    of: 'waf',
    adds: [
      { price: 'waf-acl', what: 'web ACLs', amount: ({ apisWith }) => apisWith },
      { price: 'waf-rule', what: 'a rule of each', amount: ({ apisWith }) => apisWith },
      { price: 'waf-requests', what: 'requests inspected', amount: ({ millions }) => millions, ofTraffic: true },
    ],
  },
  {
    of: 'private-endpoint',
    adds: [
      {
        price: 'endpoint-zone',
        what: 'an endpoint for execute-api, in two zones',
        amount: () => ENDPOINT_ZONES,
      },
      {
        price: 'endpoint-data',
        what: 'data of that endpoint',
        amount: ({ gigabytes }) => gigabytes,
        ofTraffic: true,
      },
    ],
    without: 'An endpoint for execute-api that exists can be used.',
  },
  {
    of: 'another account',
    adds: [
      {
        price: 'endpoint-zone',
        what: 'PrivateLink endpoints, in two zones each',
        amount: ({ services }) => services * ENDPOINT_ZONES,
      },
      {
        price: 'endpoint-data',
        what: 'data of the endpoints',
        amount: ({ gigabytes }) => gigabytes,
        ofTraffic: true,
      },
      // An endpoint service has an NLB: docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html
      {
        price: 'nlb',
        what: ({ services }) => `${services} NLB of endpoint services`,
        amount: ({ services }) => services,
      },
      {
        price: 'nlb-lcu',
        what: 'capacity units of those',
        amount: ({ gigabytes }) => gigabytes / HOURS_A_MONTH,
        ofTraffic: true,
      },
    ],
  },
];

/** Prices differ by region, and of other regions none could be read. These are of US East (N. Virginia). */
export const PRICES: Prices<PriceName> = {
  readOn: '2026-11-23',
  region: 'us-east-1',
  table: TABLE,
  without:
    'Not in it: data transfer, free tiers, discounts, connection minutes of WebSocket APIs, capacity units for new connections.',
  features: FEATURES,
};
