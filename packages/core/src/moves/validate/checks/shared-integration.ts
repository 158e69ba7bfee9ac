import { fail, pass } from '../../../do/findings/say.js';
import { thing } from '../../../do/findings/subject.js';
import { aboutGateway, migrationCheck } from '../migration.js';
import { keysOf, movedIntegrations } from '../moved-integrations.js';
import { fewText } from '../../../ground/text/quantities.js';

export const migrateSharedIntegration = migrationCheck({
  id: 'migrate/shared-integration',
  severity: 'warning',
  title: 'Only the named routes move',
  about:
    'The link is a property of an integration, and routes can share an integration. If one route is to move (`--route`), the link of its integration is changed in place. Every other route of that ' +
    'integration moves with it, at the same moment. These routes have the same backend, so their calls do not fail for that reason. But a trial with one route moves all of them.',
  codes: {
    ALL_ROUTES_MOVE: pass('all routes of {id} move: {moved}'),
    SHARED_WITH_OTHERS: fail(
      '{moved} uses integration {id}, which {alike} also {others?uses:use}: changing its link to {linkId|the new link} moves {others?both:all of them}',
      'Move them together (without --route), or first create an integration for {moved} alone, with the same settings as {id}.',
    ),
  },
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
      const [keys, others] = [keysOf(moved), keysOf(alike)];
      const said = { evidence, words: { moved: fewText(keys, 5, ' and '), alike: fewText(others, 5, ' and ') } };
      if (alike.length === 0) yield say.ALL_ROUTES_MOVE(about, { id, moved: keys }, said);
      else yield say.SHARED_WITH_OTHERS(about, { moved: keys, id, others, linkId: to.link?.id }, said);
    }
  },
});
