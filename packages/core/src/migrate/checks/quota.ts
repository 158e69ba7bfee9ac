import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateQuotaWords } from './words/quota.words.js';
import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import { aboutGateway } from '../about-gateway.js';
import type { Missing, RegionIndex } from '../../world/views.js';
import type { Evidence } from '../../findings/finding.js';
import { listed } from '../../text/listed.js';
import type { Gateway } from '../../model/gateway.js';
import type { MigrationInput } from '../migration-input.js';
import { keysOf, movedIntegrations, type MovedIntegration } from '../moved-integrations.js';

const { fails, holds, unsure } = stating<(typeof migrateQuotaWords)['says']>();

/** The adapter's name for the quota. */
const QUOTA = 'integrations-per-api';

/**
 * The quota of every API; it cannot be increased:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
const INTEGRATIONS_PER_API = 300;

/** `migrate/quota`. */
export const migrateQuota: Judgement<MigrationInput> = {
  id: 'migrate/quota',
  severity: 'warning',
  *run(input) {
    const { check, gateway, region } = input;
    if (movesAsOne(gateway)) return;
    const { id, integrations } = gateway;
    const about = aboutGateway(gateway);
    const shared = movedIntegrations(input).filter(({ alike }) => alike.length > 0);
    const more = shared.length;
    const routes = keysOf(shared.flatMap(({ moved }) => moved));
    const unread = region.missing('gateways', id);
    if (integrations === undefined || unread !== undefined) {
      const fact = unread ?? {
        what: `the integrations of ${id}`,
        remedy: 'Take the snapshot again with `postern snapshot`.',
      };
      yield unsure(about, 'QUOTA_NOT_READ', { more, id, routes }, fact, {
        severity: more === 0 ? 'warning' : 'error',
      });
      return;
    }
    const there = integrations.length;
    const limit = region.region.quotas?.[QUOTA];
    const evidence: readonly Evidence[] = [
      { kind: 'quota', id: QUOTA, text: `${there} of ${limit ?? INTEGRATIONS_PER_API} integrations` },
      ...shared.map((one) => ({ kind: 'integration', id: one.id, text: `also used by ${listed(keysOf(one.alike))}` })),
    ];
    if (limit === undefined) {
      const severity = more > 0 && there + more > INTEGRATIONS_PER_API ? 'error' : 'warning';
      yield unsure(about, 'QUOTA_NOT_READ', { more, id, routes }, quotaMissing(region), {
        evidence,
        severity,
      });
    } else if (there + Math.max(more, 1) <= limit) {
      yield holds(check, about, 'WITHIN_QUOTA', () => ({ params: { id, there, limit, more }, evidence }));
    } else {
      yield full(input.gateway, { there, limit, shared, evidence });
    }
  },
};

interface Full {
  readonly there: number;
  readonly limit: number;
  /** Integrations of routes that move alone. */
  readonly shared: readonly MovedIntegration[];
  readonly evidence: readonly Evidence[];
}

function full(gateway: Gateway, { there, limit, shared, evidence }: Full) {
  const unused = unusedOf(gateway);
  const short = there + Math.max(shared.length, 1) - limit;
  const [first] = shared;
  return fails(aboutGateway(gateway), 'QUOTA_EXCEEDED', {
    params: {
      gateway: gateway.id,
      there,
      limit,
      routes: first && keysOf(first.moved),
      unusedCount: unused.length,
      short,
      unused: unused.slice(0, 5),
    },
    evidence: [
      ...evidence,
      ...unused.slice(0, 10).map((one) => ({ kind: 'integration', id: one, text: 'used by no route' })),
    ],
    severity: first === undefined ? 'warning' : 'error',
  });
}

function unusedOf({ integrations = [], routes }: Gateway): readonly string[] {
  const used = new Set(routes.map(({ integrationId }) => integrationId));
  return integrations.flatMap(({ id }) => (used.has(id) ? [] : [id])).toSorted();
}

function quotaMissing(region: RegionIndex): Missing {
  const gap = region.missing('quotas', QUOTA);
  if (gap?.failed === true) return gap;
  return {
    what: `the quota of integrations per API in ${region.region.region}`,
    remedy: 'Allow servicequotas:ListServiceQuotas for these credentials, then take the snapshot again.',
    permission: 'servicequotas:ListServiceQuotas',
  };
}
