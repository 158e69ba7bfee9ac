import { aboutGateway } from '../about-gateway.js';
import type { Missing, RegionIndex } from '../../checks/check.js';
import type { Evidence } from '../../checks/finding.js';
import { fails, holds, unsure } from '../../checks/words/outcome.js';
import type { Gateway } from '../../model/gateway.js';
import type { MigrationCheck, MigrationInput } from '../migration-input.js';

/** The adapter's name of the quota. */
const QUOTA = 'integrations-per-api';

/** What every API has; nobody can have it raised: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const INTEGRATIONS_PER_API = 300;

/** `migrate/quota`. */
export const migrateQuota: MigrationCheck = {
  id: 'migrate/quota',
  title: 'The API has room for the integrations that the move makes',
  severity: 'error',
  about:
    'Each integration of a route that moves gets a second one beside it, which leads through the new link; the old one stays until nothing needs it, and is the way back. An HTTP API has 300 integrations at ' +
    'most, which no ticket raises, and one too many is refused: the move would stop half-way. Routes keep their ids and both links are there, so that no quota of routes or links is touched. Where the ' +
    'quota was not read, that is a warning as long as 300 leave room.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
    'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html',
  ],
  *run(input) {
    const { check, gateway, region } = input;
    if (gateway.kind !== 'http-api') return;
    const { id, integrations } = gateway;
    const about = aboutGateway(gateway);
    const needed = integrationsThatMove(input);
    const more = needed.length;
    const whether = `${id} has room for ${counted(more)} more`;
    const unread = region.missing('gateways', id);
    if (integrations === undefined || unread !== undefined) {
      const fact = unread ?? {
        what: `the integrations of ${id}`,
        remedy: 'Take the snapshot again with `postern snapshot`.',
      };
      yield unsure(about, whether, fact);
      return;
    }
    const there = integrations.length;
    const limit = region.region.quotas?.[QUOTA];
    const evidence: readonly Evidence[] = [
      {
        kind: 'quota',
        id: QUOTA,
        text: `${there} of ${limit ?? INTEGRATIONS_PER_API} integrations, ${more} to be made`,
      },
      ...needed.slice(0, 10).map((one) => ({ kind: 'integration', id: one, text: 'of routes that move' })),
    ];
    if (limit === undefined) {
      const fits = there + more <= INTEGRATIONS_PER_API;
      yield unsure(about, whether, quotaMissing(region), { evidence, severity: fits ? 'warning' : 'error' });
    } else if (there + more <= limit) {
      yield holds(check, about, () => ({
        message: `${id} has ${there} of ${limit} integrations, and the move makes ${more}`,
        evidence,
      }));
    } else {
      const room = Math.max(0, limit - there);
      const unused = unusedOf(gateway);
      yield fails(about, {
        message: `${id} has ${there} of ${limit} integrations, and the move makes ${more}: ${room === 0 ? 'the first' : `all after ${counted(room)}`} would be refused`,
        evidence: [
          ...evidence,
          ...unused.slice(0, 10).map((one) => ({ kind: 'integration', id: one, text: 'of no route' })),
        ],
        remedy: remedyFor(more - room, room, unused),
      });
    }
  },
};

/** The integrations of the routes that move, each once. */
function integrationsThatMove({ gateway, backends, untold = [] }: MigrationInput): readonly string[] {
  const moved = new Set([...backends.flatMap(({ uses }) => uses), ...untold].map(({ id }) => id));
  const ids = gateway.routes.flatMap(({ id, integrationId }) => (moved.has(id) ? [integrationId ?? id] : []));
  return [...new Set(ids)].toSorted();
}

function unusedOf({ integrations = [], routes }: Gateway): readonly string[] {
  const used = new Set(routes.map(({ integrationId }) => integrationId));
  return integrations.flatMap(({ id }) => (used.has(id) ? [] : [id])).toSorted();
}

function remedyFor(short: number, room: number, unused: readonly string[]): string {
  if (unused.length >= short)
    return `Delete ${counted(short)} that no route uses, such as ${unused.slice(0, 5).join(', ')}.`;
  const inParts = 'move the routes one after the other (--route) and delete each old integration before the next';
  return room > 0
    ? `Delete integrations that no route uses, or ${inParts}.`
    : 'Let routes with the same backend share an integration and delete what no route uses then, or split the API.';
}

function counted(count: number): string {
  return count === 1 ? 'one integration' : `${count} integrations`;
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
