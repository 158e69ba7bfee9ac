import { COUNTED, fail, pass } from '../../../do/findings/say.js';
import type { TargetRef } from '../../../do/model/target.js';
import type { IntegrationView } from '../../../do/world/views.js';
import { notResolved } from '../not-resolved.js';
import { aboutThings, thing } from '../../../do/findings/subject.js';
import { targetText } from '../../../do/kinds/id-kinds.js';
import { targetKindOf, valueMisfit, valueOf } from './kind.js';
import { defineCheck } from '../define-check.js';

/** A target that no plan creates must exist. */
export const targetExists = defineCheck({
  id: 'target/exists',
  severity: 'error',
  title: 'The target exists, or a plan creates it',
  about:
    'The snapshot is searched for the listener or discovery service that a target names. If the load balancer exists but has no listener on the port, the ports of its listeners are reported.',
  codes: {
    // `notResolved` makes these outcomes: failures and unknowns.
    NOT_RESOLVED: fail('{message}', '{remedy}'),
    EXISTS: pass('{message}'),
  },
  *run({ integrations, passes }, say) {
    for (const integration of integrations) {
      const { name, targets } = integration;
      for (const { name: key, spec, target, unresolved } of targets) {
        if (unresolved === undefined && !passes) {
          yield COUNTED;
          continue;
        }
        if (unresolved?.verdict === 'fail' && isReportedElsewhere(integration, spec.ref)) continue;

        const about = aboutThings(name, thing('target', key));
        if (unresolved !== undefined) {
          const evidence = [{ kind: 'spec', id: `integrations.${name}.targets.${key}`, text: unresolved.code }];
          yield notResolved(about, unresolved, evidence);
        } else {
          const message = target === undefined ? 'the target is to be created' : `the target exists: ${target.id}`;
          const evidence = target === undefined ? [] : [{ kind: 'target', id: target.id, text: targetText(spec.ref) }];
          yield say.EXISTS(about, { message }, evidence);
        }
      }
    }
  },
});

/** Other checks report a value that names another region, account or kind: the resource that it names may exist. */
function isReportedElsewhere(integration: IntegrationView, ref: TargetRef): boolean {
  const { region: index } = integration.link;
  const { region: here } = index;
  const place = targetKindOf(index, ref)?.regionOf?.(valueOf(ref));
  if (place === undefined) return false;

  const isForeign = here.unread === undefined && place.account !== '' && place.account !== here.account;
  return place.region !== here.region || isForeign || valueMisfit(integration, ref) !== undefined;
}
