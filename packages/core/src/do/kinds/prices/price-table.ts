/** A tier of a price: of the units above those of the tiers before it. */
export interface PriceTier {
  /** In units of the price; undefined: all others. */
  readonly upTo?: number | undefined;
  readonly usd: number;
}

/** A list price in US dollars. */
export interface Price {
  /** The unit that is paid for. */
  readonly per: 'hour' | 'million' | 'GB' | 'month';
  /** One tier where the price is the same for any amount. */
  readonly tiers: readonly PriceTier[];
  readonly source: string;
  /** The source is not the provider's own page. */
  readonly secondHand?: true | undefined;
}

/** The day on which the prices were looked up. */
export const PRICES_READ_ON = '2026-11-23';

/** Prices of AWS differ by region, and of other regions none could be read. These are of US East (N. Virginia). */
export const PRICED_REGION = 'us-east-1';

/** Hours of a month, as AWS and its calculator count them. */
export const HOURS_A_MONTH = 730;

const WHITEPAPER =
  'https://docs.aws.amazon.com/whitepapers/latest/best-practices-api-gateway-private-apis-integration/cost-optimization.html';
const ELB = 'https://aws.amazon.com/elasticloadbalancing/pricing/';
const GATEWAY = 'https://aws.amazon.com/api-gateway/pricing/';
const PRIVATELINK = 'https://aws.amazon.com/privatelink/pricing/';
const WAF = 'https://aws.amazon.com/waf/pricing/';

const TABLE = {
  /** Calls are metered in increments of 512 KB. */
  'http-api-calls': {
    per: 'million',
    tiers: [{ upTo: 300, usd: 1 }, { usd: 0.9 }],
    source: WHITEPAPER,
  },
  'rest-api-calls': {
    per: 'million',
    tiers: [{ upTo: 333, usd: 3.5 }, { upTo: 1_000, usd: 2.8 }, { upTo: 20_000, usd: 2.38 }, { usd: 1.51 }],
    source: WHITEPAPER,
  },
  /** Messages are metered in increments of 32 KB. */
  'websocket-messages': {
    per: 'million',
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

/** The name of a price. */
export type PriceName = keyof typeof TABLE;

/** List prices, without free tiers, discounts and data transfer. */
export const PRICES: Readonly<Record<PriceName, Price>> = TABLE;
