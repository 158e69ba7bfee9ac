import { thing } from '../../../do/findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import { keysOf, movedIntegrations } from '../moved-integrations.js';
import { fewText } from '../../../ground/text/few-text.js';
import { migrationCheck } from '../migration-check.js';

/** `migrate/shared-integration`. */
export const migrateSharedIntegration = migrationCheck({
  id: 'migrate/shared-integration',
  severity: 'warning',
  title: 'Only the named routes move',
  about:
    'The link is a property of an integration, and routes can share an integration. If one route is to move (`--route`), the link of its integration is changed in place. Every other route of that ' +
    'integration moves with it, at the same moment. These routes have the same backend, so their calls do not fail for that reason. But a trial with one route moves all of them.',
  codes: ['ALL_ROUTES_MOVE', 'SHARED_WITH_OTHERS'],
  *run(input, say) {
    const { gateway, to } = input;
    for (const { id, moved, alike } of movedIntegrations(input)) {
      const about = aboutGateway(gateway, thing('integration', id));
      const evidence = [
        { kind: 'integration', id, text: `used by ${fewText(keysOf([...moved, ...alike]), 5, ' and ')}` },
        ...moved.slice(0, 10).map((route) => ({ kind: 'route', id: route.id, text: `${route.key} is to move` })),
        ...alike
          .slice(0, 10)
          .map((route) => ({ kind: 'route', id: route.id, text: `${route.key} would move with it` })),
      ];
      if (alike.length === 0) {
        yield say.pass(
          about,
          'ALL_ROUTES_MOVE',
          () => ({ id, moved: keysOf(moved) }),
          (p) => ({ message: `all routes of ${p.id} move: ${fewText(p.moved, 5, ' and ')}`, evidence }),
        );
        continue;
      }
      yield say.fail(
        about,
        'SHARED_WITH_OTHERS',
        { moved: keysOf(moved), id, others: keysOf(alike), linkId: to.link?.id },
        (p) => {
          const routes = fewText(p.moved, 5, ' and ');
          const [use, all] = p.others.length === 1 ? ['uses', 'both'] : ['use', 'all of them'];
          return {
            message: `${routes} uses integration ${p.id}, which ${fewText(p.others, 5, ' and ')} also ${use}: changing its link to ${p.linkId ?? 'the new link'} moves ${all}`,
            remedy: `Move them together (without --route), or first create an integration for ${routes} alone, with the same settings as ${p.id}.`,
            evidence,
          };
        },
      );
    }
  },
});
