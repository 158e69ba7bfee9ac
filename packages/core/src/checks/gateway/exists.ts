import type { Judgement } from '../../findings/statement.js';
import { aboutThings, thing } from '../../findings/subject.js';
import { gatewayId } from '../../kinds/gateway/gateway-kinds.js';

/** A gateway is never created, so it has to exist. */
export const gatewayExists: Judgement = {
  id: 'gateway/exists',
  severity: 'error',
  *run({ integrations }) {
    for (const { name, spec, gateway, unresolved } of integrations) {
      const id = gatewayId(spec.gateway);
      const about = aboutThings(name, thing('gateway', id));
      if (unresolved !== undefined) {
        const { verdict, message, remedy, missing, code: error } = unresolved;
        const evidence = [{ kind: 'spec', id: `integrations.${name}.gateway`, text: error }];
        yield { verdict, evidence, missing, code: 'NOT_RESOLVED', params: { message, remedy }, ...about };
      } else {
        const kind = gateway?.kind ?? 'gateway';
        const evidence = [{ kind: 'gateway', id, text: gateway?.name ?? '' }];
        yield { verdict: 'pass', evidence, code: 'EXISTS', params: { kind }, ...about };
      }
    }
  },
};
