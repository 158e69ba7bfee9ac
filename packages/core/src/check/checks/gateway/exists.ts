import { pass } from '../../../do/findings/say.js';
import { notResolved, NOT_RESOLVED } from '../not-resolved.js';
import { aboutThings, thing } from '../../../do/findings/subject.js';
import { gatewayId } from '../../../do/kinds/gateway/gateway-spec.js';
import { defineCheck } from '../define-check.js';

/** A gateway is never created, so it has to exist. */
export const gatewayExists = defineCheck({
  id: 'gateway/exists',
  severity: 'error',
  title: 'The gateway exists and is of the declared kind',
  about:
    'The check looks up the gateway of an integration in the snapshot and compares its kind. `postern apply` never creates a gateway, so every route of a gateway that does not exist fails.',
  codes: {
    ...NOT_RESOLVED,
    EXISTS: pass('it exists and is of kind {kind}'),
  },
  *run({ integrations }, say) {
    for (const { name, spec, gateway, unresolved } of integrations) {
      const id = gatewayId(spec.gateway);
      const about = aboutThings(name, thing('gateway', id));
      if (unresolved !== undefined) {
        const evidence = [{ kind: 'spec', id: `integrations.${name}.gateway`, text: unresolved.code }];
        yield notResolved(about, unresolved, evidence);
      } else {
        yield say.EXISTS(about, { kind: gateway?.kind ?? 'gateway' }, [
          { kind: 'gateway', id, text: gateway?.name ?? '' },
        ]);
      }
    }
  },
});
