import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { isAdjustable } from '../../do/kinds/quota.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { counted, fewText, usdText } from '../../ground/text/quantities.js';
import type { Fit, Reason, ReasonCode } from '../advice.js';
import type { CloudPlanner, OtherAccountWay } from '../cloud/cloud-planner.js';
import { typeFor } from '../cloud/instances.js';
import type { PlannerOption, Support } from '../cloud/option.js';
import type { Cost } from '../cost/cost.js';
import { busiestLink, type Layout } from '../layout/layout.js';
import { vpcsIn } from '../layout/teams.js';
import type { Feature, Needs, NeededService } from '../needs/needs.js';
import type { Limits } from '../usage/usage.js';
import { severalOf } from '../picture.js';
import { quotaNeedText, withinLimit, type QuotaNeed } from './quota-needs.js';

/** What an option is judged by. */
export interface Judged {
  readonly clouds: Clouds;
  readonly planner: CloudPlanner;
  readonly option: PlannerOption;
  readonly needs: Needs;
  readonly services: readonly NeededService[];
  readonly layout: Layout;
  readonly quotas: readonly QuotaNeed[];
  readonly limits: Limits;
  readonly cost: Cost;
  readonly region: RegionSnapshot | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /**
   * Where the needs are split: the part of services with WebSocket connections. Then `services` and `layout` are those of
   * requests, `quotas` and `cost` those of both.
   */
  readonly sockets?: Judged | undefined;
}

/** A reason why an option does not fit (`no`), or why that is unknown; `yes`: it must be known, and excludes nothing. */
export interface Obstacle extends Reason {
  readonly fits: Fit;
}

const obstacle = (fits: Fit, code: ReasonCode, message: string): Obstacle => ({ fits, code, message });

/** Everything that speaks against an option, or limits it. */
export function obstaclesOf(judged: Judged): readonly Obstacle[] {
  const parts = judged.sockets === undefined ? [judged] : [judged, judged.sockets];
  return [
    ...parts.flatMap(place),
    ...parts.flatMap(retired),
    ...parts.flatMap(protocols),
    ...parts.flatMap(features),
    ...parts.flatMap(accounts),
    ...parts.flatMap(vpcs),
    ...parts.flatMap(payloads),
    ...parts.flatMap(timeouts),
    ...numbers(judged),
    ...budget(judged),
  ];
}

function place({ option, needs: { region } }: Judged): readonly Obstacle[] {
  const served = option.servedIn(region);
  if (served === 'yes') return [];
  return served === 'no'
    ? [obstacle('no', 'PRODUCT_NOT_IN_REGION', `${option.title} is not offered in ${region}.`)]
    : [
        obstacle(
          'unknown',
          'REGION_UNKNOWN',
          `No page says whether ${severalOf(option.names.link)} are offered in ${region}.`,
        ),
      ];
}

function retired({ option, region, now }: Judged): readonly Obstacle[] {
  const ends = (what: string) => option.retirement?.find((one) => one.ends === what);
  const [sale, service] = [ends('sale'), ends('service')];
  if (sale === undefined || service === undefined) return [];
  const { successor } = option;
  const instead = successor === undefined ? '' : ` Its successor is ${successor.name}: ${successor.page}`;
  if (now >= Date.parse(service.at))
    return [obstacle('no', 'PRODUCT_RETIRED', `The service ended on ${service.at.slice(0, 10)}.${instead}`)];
  const until = `The service ends on ${service.at.slice(0, 10)}.${instead}`;
  const hasOne = region?.links.some(({ kind, state }) => kind === option.link && state !== 'failed');
  if (now < Date.parse(sale.at) || hasOne === true)
    return [obstacle('yes', 'PRODUCT_RETIRING', `${hasOne === true ? 'An instance exists. ' : ''}${until}`)];
  const found = region === undefined ? 'A snapshot shows whether one exists (--snapshot).' : 'None exists here.';
  return [
    obstacle(
      'no',
      'PRODUCT_RETIRED',
      `New instances are not sold since ${sale.at.slice(0, 10)}, and only an existing one can be used. ${found} ${until}`,
    ),
  ];
}

function protocols({ option, services }: Judged): readonly Obstacle[] {
  return (['http', 'https', 'grpc', 'websocket'] as const).flatMap((protocol) => {
    const some = services.filter((one) => one.protocol === protocol);
    if (some.length === 0 || option.protocols[protocol] === 'yes') return [];
    const names = namesOf(some);
    return option.protocols[protocol] === 'no'
      ? [
          obstacle(
            'no',
            'PROTOCOL_NOT_SERVED',
            `${option.names.gateway} does not serve ${protocol}, needed by ${names}.`,
          ),
        ]
      : [
          obstacle(
            'unknown',
            'PROTOCOL_UNKNOWN',
            `No page says whether ${option.names.gateway} serves ${protocol} (${names}).`,
          ),
        ];
  });
}

function features({ option, services }: Judged): readonly Obstacle[] {
  const wanted = new Map<Feature, NeededService[]>();
  for (const one of services) {
    for (const feature of one.features) {
      if (feature === 'websocket') continue; // a protocol
      const known = wanted.get(feature);
      if (known === undefined) wanted.set(feature, [one]);
      else known.push(one);
    }
  }
  return [...wanted].flatMap(([feature, some]) => {
    const has: Support = option.features[feature];
    if (has === 'yes') return [];
    const names = some.length === services.length ? 'all services' : namesOf(some);
    return has === 'no'
      ? [
          obstacle(
            'no',
            'FEATURE_MISSING',
            `${option.names.gateway} has no ${feature}, needed by ${names}. See ${option.featuresFrom}`,
          ),
        ]
      : [
          obstacle(
            'unknown',
            'FEATURE_UNKNOWN',
            `No page says whether ${option.names.gateway} has ${feature} (${names}).`,
          ),
        ];
  });
}

const COST_OF_WAY: Readonly<Record<OtherAccountWay['cost'], string>> = {
  none: 'It adds no cost.',
  added: 'Its cost is in the sum.',
  unknown: 'Its cost is not in the sum: no price could be read.',
};

function accounts({ option, planner: { otherAccounts }, services }: Judged): readonly Obstacle[] {
  const some = services.filter(({ isElsewhere }) => isElsewhere);
  if (some.length === 0) return [];
  const names = namesOf(some);
  const { ways = [] } = otherAccounts ?? {};
  if (ways.length === 0) {
    return [
      obstacle(
        'unknown',
        'CROSS_ACCOUNT',
        `${names}: no page says how ${option.names.link}s reach backends of another account.`,
      ),
    ];
  }
  const each = ways.map(({ how, limits, cost, source }) => [how, limits, COST_OF_WAY[cost], `See ${source}.`]);
  const text = each.map((said, at) => `(${at + 1}) ${said.filter((one) => one !== undefined).join(' ')}`).join(' ');
  const first = `A ${option.names.link} does not cross accounts. Ways to reach ${names}:`;
  return [obstacle('yes', 'CROSS_ACCOUNT', `${first} ${text}`)];
}

function payloads({ option, services }: Judged): readonly Obstacle[] {
  const { payload, names, features: has } = option;
  if (payload === undefined) {
    const isAny = services.some(({ payloadKb = 0, largestKb = 0 }) => payloadKb > 0 || largestKb > 0);
    return isAny
      ? [obstacle('yes', 'PAYLOAD_UNKNOWN', `The largest payload of ${names.gateway} could not be read.`)]
      : [];
  }
  const { mostKb, source } = payload;
  const whole = services.filter(({ features: own }) => !(own.includes('streaming') && has.streaming === 'yes'));
  // Of a request and an answer that have more than twice the limit together, one is over it. A message is alone.
  const isLarge = ({ payloadKb = 0, largestKb, protocol }: NeededService): boolean =>
    largestKb === undefined ? payloadKb > mostKb * (protocol === 'websocket' ? 1 : 2) : largestKb > mostKb;
  const large = whole.filter(isLarge);
  const open = whole.filter((one) => one.largestKb === undefined && (one.payloadKb ?? 0) > mostKb && !isLarge(one));
  return [
    ...(large.length === 0
      ? []
      : [
          obstacle(
            'no',
            'PAYLOAD_TOO_LARGE',
            `${namesOf(large)}: over ${mostKb} KB, the most of ${names.gateway}. See ${source}`,
          ),
        ]),
    ...(open.length === 0
      ? []
      : [
          obstacle(
            'unknown',
            'PAYLOAD_UNKNOWN',
            `${namesOf(open)}: request and answer together are over ${mostKb} KB, the most of each with ${names.gateway}. ` +
              'Write the larger of the two as largestKb.',
          ),
        ]),
  ];
}

function timeouts({ option, needs: { latencyMs }, services, limits }: Judged): readonly Obstacle[] {
  const { timeout, names } = option;
  if (timeout === undefined || latencyMs === undefined) return [];
  if (services.every(({ features: own }) => own.includes('streaming'))) return [];
  const quota = limits.quota(timeout);
  const { value: most = quota.byDefault } = limits.of(timeout);
  if (latencyMs <= most) return [];
  const message = `${names.gateway} stops waiting after ${most} ms, before latencyMs (${latencyMs}): callers get status 503 or 504.`;
  if (!isAdjustable(quota)) return [obstacle('no', 'TIMEOUT_SHORTER', `${message} It cannot be raised.`)];
  const raised = quota.raised ?? `It can be raised${quota.code === undefined ? '' : ` (${quota.code})`}.`;
  return [obstacle('unknown', 'TIMEOUT_SHORTER', `${message} ${raised}`)];
}

function vpcs({ option, services }: Judged): readonly Obstacle[] {
  const some = vpcsIn(services);
  if (some.length < 2) return [];
  const { names, linkServes } = option;
  const where = `Services are in ${some.length} VPCs`;
  if (linkServes === undefined)
    return [
      obstacle('unknown', 'SEPARATE_VPCS', `${where}, and no page says whether ${names.gateway} reaches several.`),
    ];
  if (linkServes === 'region')
    return [obstacle('yes', 'SEPARATE_VPCS', `${where}; one ${names.link} reaches all VPCs of the region.`)];
  const serves = linkServes === 'vpc' ? 'one VPC' : 'one load balancer, which is in one VPC';
  return [
    obstacle(
      'yes',
      'SEPARATE_VPCS',
      `${where}, and a ${names.link} serves ${serves}. VPCs that are connected can share one: write no vpc then.`,
    ),
  ];
}

function numbers({ option, needs: { gateways }, layout, limits, quotas, sockets }: Judged): readonly Obstacle[] {
  const found = quotas.flatMap((need): Obstacle[] => {
    const within = withinLimit(need);
    if (within === 'yes') return [];
    const { quota, added, needed, limit } = need;
    const named = limits.quota(quota);
    const name = quotaNeedText(named);
    if (option.instance !== undefined && quota === option.requests) return []; // RATE_EXCEEDED
    if (within === 'unknown') {
      const what = limit.value === undefined ? `the quota of ${name}` : `how many ${name} exist`;
      return [obstacle('unknown', 'QUOTA_UNKNOWN', `Cannot determine ${what}: it was not read. ${added} are needed.`)];
    }
    const raise = isAdjustable(named) ? 'It can be raised.' : 'It cannot be raised.';
    const total = needed === undefined || needed === added ? `${added}` : `${needed} with the existing ones`;
    return [
      obstacle(
        'no',
        'QUOTA_EXCEEDED',
        `${name}: ${total} needed, the ${sourceText(limit.source)} is ${limit.value}. ${raise}`,
      ),
    ];
  });
  const apis = layout.apis.length + (sockets?.layout.apis.length ?? 0);
  if (gateways !== undefined && apis > gateways)
    found.push(
      obstacle('no', 'GATEWAYS_EXCEEDED', `${counted(apis, 'API')} needed, and \`gateways\` allows ${gateways}.`),
    );
  const rate = busiestLink(layout);
  if (option.instance?.capacity === 'unknown')
    found.push(
      obstacle(
        'unknown',
        'QUOTA_UNKNOWN',
        `The quotas of ${option.names.gateway}, and the requests per second of its types, could not be read.`,
      ),
    );
  if (option.instance?.capacity === 'known' && typeFor(option.instance, rate) === undefined)
    found.push(obstacle('no', 'RATE_EXCEEDED', `No instance type carries ${rate} requests per second.`));
  return found;
}

function sourceText(source: 'account' | 'default' | 'unknown'): string {
  return source === 'account' ? "account's quota" : 'default';
}

function budget({ needs: { budgetUsd, region }, cost }: Judged): readonly Obstacle[] {
  if (budgetUsd === undefined) return [];
  if (!cost.isOfRegion) {
    const least = cost.monthlyUsd === undefined ? 'at least ' : '';
    return [
      obstacle(
        'unknown',
        'BUDGET_UNKNOWN',
        `Cannot determine whether the budget of USD ${usdText(budgetUsd)} suffices: the prices of ${region} are not known. ` +
          `At those of ${cost.priceRegion} it costs ${least}USD ${usdText(cost.leastUsd)} a month.`,
      ),
    ];
  }
  if (cost.leastUsd > budgetUsd) {
    const least = cost.monthlyUsd === undefined ? 'at least ' : '';
    return [
      obstacle(
        'no',
        'BUDGET_EXCEEDED',
        `It costs ${least}USD ${usdText(cost.leastUsd)} a month, over the budget of ${usdText(budgetUsd)}.`,
      ),
    ];
  }
  if (cost.monthlyUsd !== undefined) return [];
  return [
    obstacle('unknown', 'BUDGET_UNKNOWN', `Cannot determine whether the budget suffices: ${cost.unknown.join('; ')}.`),
  ];
}

function namesOf(services: readonly NeededService[]): string {
  return fewText(services.map(({ name }) => name));
}
