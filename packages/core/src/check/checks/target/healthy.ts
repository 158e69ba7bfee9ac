import type { GroupTarget, TargetGroup } from '../../../do/model/load-balancer.js';
import type { Found, Missing } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { areInTransition, noMembers, settling } from '../../path/balancers/registrars.js';
import type { NoMembers } from '../../path/reasons/target-health.js';
import { groupsAnswering, whatAnswers } from '../../path/balancers/what-answers.js';
import { causeFor } from '../path/outcomes.js';
import type { About } from '../../../do/findings/subject.js';
import { balancedTargets } from '../../path/balancers/balancers.js';
import { deadForwards, DEAD_FORWARDS_CODES } from './dead-forwards.js';
import { failsOpen } from '../../path/balancers/fail-open.js';
import { groupEvidence, healthMissing, nameOfGroup, stateOf, wordMissing } from '../../path/balancers/group-health.js';
import { defineCheck } from '../define-check.js';
import { type Say, COUNTED } from '../../../do/findings/say-text.js';
import { remedyByState } from '../../path/reasons/remedy-by-state.js';
import { becauseOf } from '../../path/reasons/reason.js';
import type { Outcome } from '../../../do/findings/check.js';

/** `target/healthy`. */
export const targetHealthy = defineCheck({
  id: 'target/healthy',
  severity: 'error',
  title: 'The load balancer has a healthy target',
  about:
    'A load balancer without any target returns 503 or drops the connection. If all targets of a group fail ' +
    'their health checks, that is an error: the health check is how the service verifies itself, and targets ' +
    'that do not answer it are not expected to answer calls. `unavailable` means that health checks are ' +
    'disabled, and counts as healthy. `unused` means that the target is in a zone that the load balancer is ' +
    'not in, or in a group that no listener uses. If rules of a listener forward, too, each rule that calls ' +
    'of the integration match needs a healthy target: these calls reach no other target. So does each group ' +
    'that receives a part of the calls by its weight. Rules that no call of the integration matches are not ' +
    'evaluated.',
  codes: [
    ...DEAD_FORWARDS_CODES,
    'HEALTH_NOT_READ',
    'HEALTHY',
    'GROUP_HEALTH_NOT_READ',
    'ANSWERING_UNHEALTHY',
    'NONE_HEALTHY',
    'WEIGHTS_ZERO',
  ],
  *run(input, say) {
    for (const one of balancedTargets(input)) {
      const { integration, target, about, backend, balancer } = one;
      const { region } = integration.link;
      const found = backend.listener;
      if (found.is !== 'found') continue;
      const name = balancer.name || balancer.id;
      const answered = whatAnswers(input, one, found.value);
      if (!('length' in answered)) {
        yield say.unknown(
          about,
          'HEALTH_NOT_READ',
          { name },
          answered,
          (p) => `calls reach a healthy target behind ${p.name}`,
        );
        continue;
      }
      const behind = groupsAnswering(one, found.value, answered);
      if (behind.idle !== undefined) {
        yield allIdle(say, about, name, behind.idle);
        continue;
      }
      let missing: Missing | undefined = behind.missing;
      // Usually the first group has a healthy target, and passes are not listed.
      if (!input.passes && behind.groups.some(({ found: group }) => isWell(group))) {
        yield COUNTED;
        yield* deadForwards(say, one, found.value, answered);
        continue;
      }
      let well: TargetGroup | undefined;
      let isAnswering = false;
      let isOpen = false;
      const targets: GroupTarget[] = [];
      let none: NoMembers | undefined;
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
          else missing ??= settling(region, id, group.value.targets ?? []);
          if (failsOpen(region, group.value.targets ?? [])) isOpen = true;
          targets.push(...(group.value.targets ?? []));
          if (state === 'dead' && areInTransition(group.value.targets ?? [])) none ??= noMembers(region, id);
          if (group.value.targets !== undefined) evidence.push(groupEvidence(group.value));
        }
      }
      if (well !== undefined) {
        const group = well;
        yield say.pass(
          about,
          'HEALTHY',
          () => ({ name }),
          (p) => ({ message: `${p.name} has a healthy target`, evidence: [groupEvidence(group)] }),
        );
        yield* deadForwards(say, one, found.value, answered);
      } else if (missing !== undefined)
        yield say.unknown(about, 'GROUP_HEALTH_NOT_READ', { name }, missing, (p) => ({
          whether: `${p.name} has a healthy target`,
          evidence,
        }));
      else if (evidence.length > 0) {
        if (isAnswering) {
          yield say.fail(
            about,
            'ANSWERING_UNHEALTHY',
            {
              name,
              states: evidence.map(({ text }) => text),
              isOpen,
              groups: evidence.map(({ id }) => nameOfGroup(id)),
            },
            (p) => ({
              message: `no target behind ${p.name} is healthy, although the targets answer: ${p.states.join('; ')}${p.isOpen ? `; ${p.name} forwards calls to all of them until one passes its health check` : ''}`,
              remedy: `Change the health check of ${p.groups.join(', ')} to accept the status code that its targets return, or to request a path for which they return an accepted one. The first target that passes receives all calls.`,
              evidence,
              severity: 'warning',
            }),
          );
          // Calls that no target answers are a separate finding.
          for (const dead of deadForwards(say, one, found.value, answered)) {
            if (dead.severity !== 'warning') yield dead;
          }
        } else {
          const cause = causeFor(input, target);
          yield say.fail(
            about,
            'NONE_HEALTHY',
            {
              name,
              states: evidence.map(({ text }) => text),
              cause,
              none,
              isOpen,
              targets,
              groups: evidence.map(({ id }) => nameOfGroup(id)),
            },
            (p) => {
              const because = p.cause && becauseOf(p.cause);
              const remedy = p.cause?.remedy ?? p.none?.remedy ?? remedyByState(p.groups.join(', '), p.targets);
              return {
                message: `no target behind ${p.name} is healthy: ${p.states.join('; ')}${because === undefined ? '' : `; health checks do not reach them: ${because}`}${p.none === undefined ? '' : `; ${p.none.because}`}${p.isOpen ? `; ${p.name} forwards calls to all of them until one passes its health check` : ''}`,
                remedy:
                  remedy ??
                  `Make a target of ${p.groups.join(', ')} pass its health check, or register one that passes it.`,
                params: {
                  name: p.name,
                  states: p.states,
                  hasCause: p.cause !== undefined,
                  because,
                  isOpen: p.isOpen,
                  remedy,
                  groups: p.groups,
                  registrar: p.none?.registrar,
                },
                evidence:
                  cause === undefined ? evidence : [...evidence, { kind: cause.kind, id: cause.id, text: cause.text }],
              };
            },
          );
        }
      }
    }
  },
});

function isWell(group: Found<TargetGroup>): boolean {
  return group.is === 'found' && stateOf(group.value) === 'well';
}

function allIdle(say: Say, about: About, name: string, ids: readonly string[]): Outcome {
  return say.fail(about, 'WEIGHTS_ZERO', { name, ids: ids.map(nameOfGroup) }, (p) => ({
    message: `${p.name} forwards calls to no target group: ${p.ids.join(' and ')} have the weight 0`,
    remedy: `Set the weight of ${p.ids.join(' or ')} to a value above 0.`,
    evidence: ids.map((id): Evidence => ({ kind: 'target group', id, text: 'weight 0' })),
  }));
}
