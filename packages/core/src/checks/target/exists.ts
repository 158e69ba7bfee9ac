import { PASSED, type Judgement } from '../../findings/statement.js';
import { aboutThings, thing } from '../../findings/subject.js';
import { targetText } from '../../kinds/target-ref.js';
import { isElsewhereOrOther } from './arn.js';

/** A target that no plan makes has to be there. */
export const targetExists: Judgement = {
  id: 'target/exists',
  severity: 'error',
  *run({ integrations, passes }) {
    for (const { name, targets, link } of integrations) {
      for (const { name: key, spec, target, unresolved } of targets) {
        if (unresolved === undefined && !passes) {
          yield PASSED;
          continue;
        }
        // What the ARN itself says is wrong with it: what it names may well be there.
        if (unresolved?.verdict === 'fail' && isElsewhereOrOther(link, spec.ref)) continue;
        const about = aboutThings(name, thing('target', key));
        if (unresolved !== undefined) {
          const { verdict, message, remedy, missing, code: error } = unresolved;
          const evidence = [{ kind: 'spec', id: `integrations.${name}.targets.${key}`, text: error }];
          yield { ...about, verdict, evidence, missing, code: 'NOT_RESOLVED', params: { message, remedy } };
        } else {
          const message = target === undefined ? 'it would be made' : `it is there: ${target.id}`;
          const evidence = target === undefined ? [] : [{ kind: 'target', id: target.id, text: targetText(spec.ref) }];
          yield { ...about, verdict: 'pass', evidence, code: 'EXISTS', params: { message } };
        }
      }
    }
  },
};
