import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import { fails, holds } from '../../findings/outcome.js';
import type { MigrationCheck } from '../migration-input.js';
import { keysOf, movedIntegrations } from '../moved-integrations.js';

/** `migrate/shared-integration`. */
export const migrateSharedIntegration: MigrationCheck = {
  id: 'migrate/shared-integration',
  title: 'No route moves that nobody named',
  severity: 'warning',
  about:
    'What names the link is an integration, and routes share integrations. Where one route is to move (`--route`), the link of its integration is changed in place, and every other route of that ' +
    'integration moves with it, at the same moment. They lead to the same backend, so that their calls do not fail because of that; but who wanted to try the move with one route moves them all.',
  sources: [
    'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
  ],
  *run(input) {
    const { check, gateway, to } = input;
    for (const { id, moved, alike } of movedIntegrations(input)) {
      const about = aboutGateway(gateway, thing('integration', id));
      const evidence = [
        { kind: 'integration', id, text: `of ${keysOf([...moved, ...alike])}` },
        ...moved.slice(0, 10).map((route) => ({ kind: 'route', id: route.id, text: `${route.key} is to move` })),
        ...alike.slice(0, 10).map((route) => ({ kind: 'route', id: route.id, text: `${route.key} would go along` })),
      ];
      if (alike.length === 0) {
        yield holds(check, about, () => ({ message: `all routes of ${id} move: ${keysOf(moved)}`, evidence }));
        continue;
      }
      const one = alike.length === 1;
      yield fails(about, {
        message: `${keysOf(moved)} leads through integration ${id}, which ${keysOf(alike)} ${one ? 'uses' : 'use'}, too: to put it on ${to.link?.id ?? 'the new link'} moves ${one ? 'both' : 'all of them'}`,
        evidence,
        remedy: `Move them together (without --route), or give ${keysOf(moved)} an integration of its own first, with the same settings as ${id}.`,
      });
    }
  },
};
