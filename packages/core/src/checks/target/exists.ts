import { PASSED, type Judgement, type Statement } from '../../findings/statement.js';
import { aboutThings, thing } from '../../findings/subject.js';
import { targetText } from '../../kinds/target-ref.js';
import { isElsewhereOrOther } from './arn.js';

/** A target that no plan creates must exist. */
export const targetExists: Judgement = {
  id: 'target/exists',
  severity: 'error',
  run({ integrations, passes }) {
    const said: Statement[] = [];
    for (const { name, targets, link } of integrations) {
      for (const { name: key, spec, target, unresolved } of targets) {
        if (unresolved === undefined && !passes) {
          said.push(PASSED);
          continue;
        }
        // Other checks report what is wrong with the ARN itself: the resource that it names may exist.
        if (unresolved?.verdict === 'fail' && isElsewhereOrOther(link, spec.ref)) continue;
        const about = aboutThings(name, thing('target', key));
        if (unresolved !== undefined) {
          const { verdict, message, remedy, missing, code: error } = unresolved;
          const evidence = [{ kind: 'spec', id: `integrations.${name}.targets.${key}`, text: error }];
          said.push({ verdict, evidence, missing, code: 'NOT_RESOLVED', params: { message, remedy }, ...about });
        } else {
          const message = target === undefined ? 'the target is to be created' : `the target exists: ${target.id}`;
          const evidence = target === undefined ? [] : [{ kind: 'target', id: target.id, text: targetText(spec.ref) }];
          said.push({ verdict: 'pass', evidence, code: 'EXISTS', params: { message }, ...about });
        }
      }
    }
    return said;
  },
};
