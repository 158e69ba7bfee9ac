import { aboutThings, thing } from '../../findings/subject.js';
import { targetText } from '../../kinds/target-ref.js';
import type { Check } from '../../findings/check.js';
import { PASS } from '../../findings/outcome.js';
import { isElsewhereOrOther } from './arn.js';

/** A target that no plan makes has to be there. */
export const targetExists: Check = {
  id: 'target/exists',
  title: 'The target is there, or is made on demand',
  severity: 'error',
  about:
    'The listener or discovery service that a target names is looked for in the snapshot. A load balancer that is there and has no ' +
    'listener on the port is told the ports that it does listen on. Targets of an API group are authorisations, which a plan makes on ' +
    'demand: whether what stands behind them is there is a question of other checks. So is what an ARN says by itself: that it names ' +
    'something else than a listener or service (`target/kind`), or one of another region or account (`target/region`, `target/account`).',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/use-a-resource-in-a-vpc-as-the-backend-service-of-an-api',
  ],
  *run({ integrations, passes }) {
    for (const { name, targets, link } of integrations) {
      for (const { name: key, spec, target, unresolved } of targets) {
        if (unresolved === undefined && !passes) {
          yield PASS;
          continue;
        }
        // What the ARN itself says is wrong with it: what it names may well be there.
        if (unresolved?.verdict === 'fail' && isElsewhereOrOther(link, spec.ref)) continue;
        const about = aboutThings(name, thing('target', key));
        if (unresolved !== undefined) {
          const { verdict, message, remedy, code } = unresolved;
          const evidence = [{ kind: 'spec', id: `integrations.${name}.targets.${key}`, text: code }];
          yield { ...about, verdict, message, evidence, remedy };
        } else {
          const message = target === undefined ? 'it would be made' : `it is there: ${target.id}`;
          const evidence = target === undefined ? [] : [{ kind: 'target', id: target.id, text: targetText(spec.ref) }];
          yield { ...about, verdict: 'pass', message, evidence };
        }
      }
    }
  },
};
