import { fail, pass, unknown } from '../../../do/findings/say.js';
import { aboutTarget, part } from '../../../do/findings/subject.js';
import { refusedOr } from '../../../do/world/index/gap-facts.js';
import type { Missing } from '../../../do/world/views.js';
import { balancedTargets } from '../../path/balancers/balancers.js';
import { weightsWriter, writerText } from '../../path/balancers/call-shares.js';
import { calledListeners } from '../../path/balancers/called-listeners.js';
import { nameOfGroup } from '../../path/balancers/group-health.js';
import { answersIn, whatAnswers } from '../../path/balancers/target-zones.js';
import { answerText } from '../../path/listener-rules/words.js';
import { defineCheck } from '../define-check.js';

const UNREAD: Missing = {
  what: 'the services that register targets there',
  remedy: 'Take the snapshot again: it then includes what registers targets in groups that share calls.',
};

export const targetWeightsOwner = defineCheck({
  id: 'target/weights-owner',
  severity: 'note',
  title: 'The weights of target groups are not written by deployments of a service',
  about:
    'A service whose deployments are blue/green, linear or canary, or that CodeDeploy deploys, gives its new tasks the calls by the ' +
    'weights of a rule: it owns them. Its next deployment writes them without looking at what they are. Other weights, of a plan ' +
    'or of `postern shift`, may send calls to a group that the service has emptied.',
  codes: {
    OWNER_NOT_READ: unknown('the deployments of a service write the weights of {action} of {balancer}'),
    WEIGHTS_WRITTEN: fail(
      'the deployments of {owner} write the weights of {action} of {balancer} among {names:and}',
      'Leave these weights to {owner}: ignore them in other tools, and shift calls by a deployment. Or give it a rolling strategy.',
    ),
    WEIGHTS_FREE: pass('no service writes the weights of {action} of {balancer}'),
  },
  *run(input, say) {
    for (const one of balancedTargets(input))
      for (const { at, listener } of calledListeners(one)) {
        const { integration, target, balancer } = at;
        const { region } = integration.link;
        const answered = whatAnswers(input, at, listener);
        for (const answer of 'length' in answered ? answersIn(answered) : []) {
          const ids = [...new Set(answer.actions.flatMap(({ targetGroupIds = [] }) => targetGroupIds))];
          const owned = weightsWriter(region, listener, answer.rule);
          if (owned === undefined && ids.length < 2) continue;

          const action = answerText(answer);
          const about = aboutTarget(integration, target, part('listener rule', answer.rule?.id ?? listener.id, action));
          const on = { action, balancer: balancer.name || balancer.id };
          const isUnread =
            region.region.registrars === undefined ||
            region.region.gaps.some((gap) => gap.of === 'registrars' && gap.id === undefined);
          if (owned !== undefined) {
            const { writer } = owned;
            const groups = owned.groups.map(nameOfGroup);
            yield say.WEIGHTS_WRITTEN(about, { ...on, owner: writerText(writer), names: groups }, [
              { kind: 'service', id: writer.id, text: `${writerText(writer)} writes the weights of ${action}` },
            ]);
          } else if (isUnread) yield say.OWNER_NOT_READ(about, on, refusedOr(region, 'registrars', undefined, UNREAD));
          else yield say.WEIGHTS_FREE(about, on);
        }
      }
  },
});
