import { stating, PASSED, type Judgement, type Statement } from '../../findings/statement.js';
import type { targetHealthyWords } from './words/healthy.words.js';
import type { GroupTarget, TargetGroup } from '../../model/load-balancer.js';
import type { Found, Missing } from '../../world/views.js';
import type { Evidence } from '../../findings/finding.js';
import { groupsAnswering, whatAnswers } from '../../network/balancers/what-answers.js';
import { causeFor } from '../../network/ways/outcomes.js';
import type { About } from '../../findings/subject.js';
import { balancedTargets } from '../../network/balancers/balancers.js';
import { deadForwards } from './dead-forwards.js';
import { failsOpen } from '../../network/balancers/fail-open.js';
import {
  groupEvidence,
  healthMissing,
  nameOfGroup,
  stateOf,
  wordMissing,
} from '../../network/balancers/group-health.js';

const { fails, holds, unsure } = stating<(typeof targetHealthyWords)['says']>();

/** `target/healthy`. */
export const targetHealthy: Judgement = {
  id: 'target/healthy',
  severity: 'error',
  run(input) {
    const said: Statement[] = [];
    for (const one of balancedTargets(input)) {
      const { integration, target, about, backend, balancer } = one;
      const { region } = integration.link;
      const found = backend.listener;
      if (found.is !== 'found') continue;
      const name = balancer.name || balancer.id;
      const answered = whatAnswers(input, one, found.value);
      if (!('length' in answered)) {
        said.push(unsure(about, 'HEALTH_NOT_READ', { name }, answered));
        continue;
      }
      const behind = groupsAnswering(one, found.value, answered);
      if (behind.idle !== undefined) {
        said.push(allIdle(about, name, behind.idle));
        continue;
      }
      let missing: Missing | undefined = behind.missing;
      // Usually the first group has a healthy target, and passes are not listed.
      if (!input.passes && behind.groups.some(({ found: group }) => isWell(group))) {
        said.push(PASSED);
        for (const dead of deadForwards(one, found.value, answered)) said.push(dead);
        continue;
      }
      let well: TargetGroup | undefined;
      let isAnswering = false;
      let isOpen = false;
      const targets: GroupTarget[] = [];
      const evidence: Evidence[] = [];
      for (const { id, found: group } of behind.groups) {
        if (group.is === 'unknown') missing ??= group.missing;
        else if (group.is === 'absent') evidence.push({ kind: 'target group', id, text: 'does not exist' });
        else {
          const state = stateOf(group.value);
          if (state === 'well') well ??= group.value;
          else if (state === 'unread') missing ??= healthMissing(region, id);
          else if (state === 'unknown') missing ??= wordMissing(id);
          else if (state === 'answering') isAnswering = true;
          if (failsOpen(region, group.value.targets ?? [])) isOpen = true;
          targets.push(...(group.value.targets ?? []));
          if (group.value.targets !== undefined) evidence.push(groupEvidence(group.value));
        }
      }
      if (well !== undefined) {
        const group = well;
        said.push(holds(input, about, 'HEALTHY', () => ({ params: { name }, evidence: [groupEvidence(group)] })));
        said.push(...deadForwards(one, found.value, answered));
      } else if (missing !== undefined)
        said.push(unsure(about, 'GROUP_HEALTH_NOT_READ', { name }, missing, { evidence }));
      else if (evidence.length > 0) {
        if (isAnswering) {
          said.push(
            fails(about, 'ANSWERING_UNHEALTHY', {
              params: {
                name,
                states: evidence.map(({ text }) => text),
                isOpen,
                groups: evidence.map(({ id }) => nameOfGroup(id)),
              },
              evidence,
              severity: 'warning',
            }),
          );
          // Calls that no target answers are a separate finding.
          for (const dead of deadForwards(one, found.value, answered)) {
            if (dead.severity !== 'warning') said.push(dead);
          }
        } else {
          const cause = causeFor(input, target);
          said.push(
            fails(about, 'NONE_HEALTHY', {
              params: {
                name,
                states: evidence.map(({ text }) => text),
                cause,
                isOpen,
                targets,
                groups: evidence.map(({ id }) => nameOfGroup(id)),
              },
              evidence:
                cause === undefined ? evidence : [...evidence, { kind: cause.kind, id: cause.id, text: cause.text }],
            }),
          );
        }
      }
    }
    return said;
  },
};

function isWell(group: Found<TargetGroup>): boolean {
  return group.is === 'found' && stateOf(group.value) === 'well';
}

function allIdle(about: About, name: string, ids: readonly string[]): Statement {
  return fails(about, 'WEIGHTS_ZERO', {
    params: { name, ids: ids.map(nameOfGroup) },
    evidence: ids.map((id): Evidence => ({ kind: 'target group', id, text: 'weight 0' })),
  });
}
